# attune - asks people questions, keeps their answers, says how good the questions are
#
# One Makefile, not recursive. It knows three things: the rooms and what each may use
# (from .ci/floors), the foreign libraries of each room, and how a file becomes an
# object. All else is found by wildcard. `make help` lists the targets.
#
#   make BUILD=debug          another way to build: release debug asan clang cover fuzz
#   make check-room ROOM=face only that room, whatever state the others are in
#   make V=1                  show the commands
#   make WERROR=1             a warning is an error (check and CI do this)

VERSION := 0.1.0
PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= release
JOBS    ?= 2

SHELL := /bin/bash
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(JOBS)
endif

V ?= 0
Q := $(if $(filter 1,$(V)),,@)
say = $(if $(filter 1,$(V)),,@printf '  %-7s %s\n' $(1) $(2))

OUT := build/$(BUILD)
GEN := build/gen

# ---- how to compile ---------------------------------------------------------------

ifeq ($(origin CC),default)
CC := $(if $(filter clang fuzz,$(BUILD)),clang,gcc)
endif
AR := ar

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
        -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings -Wformat=2 \
        -Wundef -Wvla

SANITIZE := -fno-sanitize-recover=all -fno-omit-frame-pointer

HOW_release := -O2 -g
HOW_clang   := -O2 -g
HOW_debug   := -Og -g3
HOW_cover   := -O0 -g --coverage
HOW_asan    := -O1 -g -fsanitize=address,undefined $(SANITIZE)
HOW_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined $(SANITIZE)
ifeq ($(HOW_$(BUILD)),)
$(error BUILD=$(BUILD) is not one of: release debug asan clang cover fuzz)
endif

ATT_CFLAGS := -std=c17 -D_XOPEN_SOURCE=700 $(HOW_$(BUILD)) -ffp-contract=off -fno-common \
              $(WARN) $(if $(filter 1,$(WERROR)),-Werror) -DATT_VERSION='"$(VERSION)"' \
              -Iinclude
ATT_LDFLAGS := $(filter --coverage -fsanitize=%,$(HOW_$(BUILD))) -Wl,--as-needed

# Tests name their state parameter and seldom use it; headers they may reach.
TEST_CFLAGS := -Wno-unused-parameter -I. -Itests/support

# ---- rooms and their foreign libraries ----------------------------------------------

# "room:needed", floor by floor from the top, so that a linker finds what it needs.
ARROWS := $(shell awk -F'|' -f tools/arrows.awk .ci/floors)
ROOMS  := $(patsubst room:%,%,$(filter room:%,$(ARROWS)))

# Names for pkg-config (its -I become -isystem), and what to link. GSL's own --libs is
# not used: it brings -lgslcblas, which takes every cblas_ call away from OpenBLAS.
PKG_base  := jansson libsodium
LIBS_base := -ljansson -lunistring -lsodium
PKG_instrument := jansson
LIBS_instrument := -ljansson
PKG_math  := gsl openblas lapacke
LIBS_math := -lgsl -lopenblas -llapacke -lpthread
PKG_store := sqlite3
LIBS_store := -lsqlite3
PKG_data  := jansson
LIBS_data := -ljansson
PKG_face  := jansson fribidi
LIBS_face := -lncursesw -ltinfo -ljansson -lfribidi
PKG_sync  := jansson libcurl
LIBS_sync := -lcurl -ljansson
PKG_cli   := jansson
LIBS_cli  := -ljansson
PKG_test  := cmocka vterm libmicrohttpd
LIBS_test := -lcmocka -lvterm -lutil

# Asked only when something is compiled, so that a bare machine gets as far as set-up.
SYSTEM_DIRS := /usr/include /usr/include/$(shell uname -m)-linux-gnu
isystem = $(if $(1),$(addprefix -isystem ,$(filter-out $(SYSTEM_DIRS),\
          $(patsubst -I%,%,$(shell pkg-config --cflags-only-I $(1))))))
libdirs = $(if $(1),$(shell pkg-config --libs-only-L $(1)))

# ---- set-up: what is missing is installed before anything is compiled ----------------

# Looked at again only when the list of installed packages has changed.
SETUP := build/setup.stamp
DPKG_STATUS := $(wildcard /var/lib/dpkg/status)
$(SETUP): tools/setup.sh $(DPKG_STATUS)
	@mkdir -p $(@D)
	$(if $(ATTUNE_NO_SETUP),,@tools/setup.sh)
	@touch $@

# A change of flags rebuilds: the file's date moves only when its text does.
FLAGS := $(OUT)/flags
FLAGS_TEXT = $(CC) $(filter-out -Werror,$(ATT_CFLAGS)) $(CFLAGS) $(CPPFLAGS)
$(FLAGS): FORCE
	@mkdir -p $(@D)
	@echo "$(subst ",,$(FLAGS_TEXT))" | cmp -s - $@ || echo "$(subst ",,$(FLAGS_TEXT))" >$@
# Where the program looks for installed instruments concerns the roof alone.
PREFIX_FLAG := $(OUT)/prefix
$(PREFIX_FLAG): FORCE
	@mkdir -p $(@D)
	@echo "$(PREFIX)" | cmp -s - $@ || echo "$(PREFIX)" >$@
FORCE:

# Objects and programs appear whole under their name or not at all, so that two makes
# in one folder do not read each other's halves. (gcov wants the true name.)
AIM := $(if $(filter cover,$(BUILD)),,.$$$$)
settle = $(if $(AIM),&& mv -f $@$(AIM) $@ || { rm -f $@$(AIM) $@$(AIM).d; exit 1; })
settle_d = $(if $(AIM),&& mv -f $@$(AIM).d $@.d)

# $(call compile,extra flags)
define compile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ATT_CFLAGS) $(1) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MT $@ -MF $@$(AIM).d \
	    -c -o $@$(AIM) $< $(settle_d) $(settle)
endef

# $(call link,libraries)
define link
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(ATT_LDFLAGS) $(LDFLAGS) -o $@$(AIM) $(filter %.o %.a,$^) $(1) -lm $(settle)
endef

define archive
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@.$$$$ && $(AR) rcs $@.$$$$ $(filter %.o,$^) && mv -f $@.$$$$ $@
endef

# ---- generated sources: build/gen/ROOM, on the include path of that room only ---------

SQL_SCHEMA := $(sort $(wildcard src/store/schema/*.sql))
SQL_QUERIES := $(sort $(wildcard src/store/*.sql))
INSTRUMENTS := $(sort $(wildcard instruments/*.json))
REPORT_CSS := $(wildcard reports/style.css)

GENH_store := $(if $(SQL_SCHEMA)$(SQL_QUERIES),$(GEN)/store/store_sql.h)
GENH_cli := $(GEN)/cli/bundle.h
GENH_report := $(if $(REPORT_CSS),$(GEN)/report/bundle.h)

# Written beside, then moved if the bytes differ: a new date alone recompiles nothing, and
# two makes do not read each other's halves. $(call renew,OUT,COMMAND that makes its OUT)
define renew
	@mkdir -p $(@D)/.$$$$ && $(2) && for x in h c; do \
	    cmp -s $(@D)/.$$$$/$(1).$$x $(@D)/$(1).$$x || \
	    { $(if $(filter 1,$(V)),:,printf '  %-7s %s\n' GEN $(@D)/$(1).$$x); mv -f $(@D)/.$$$$/$(1).$$x $(@D)/; }; \
	    done && rm -rf $(@D)/.$$$$ && touch $@ || { rm -rf $(@D)/.$$$$; exit 1; }
endef

$(GEN)/store/stamp: tools/sql.awk $(SQL_SCHEMA) $(SQL_QUERIES) src/store | $(SETUP)
	$(call renew,store_sql,awk -v out=$(@D)/.$$$$/store_sql -f tools/sql.awk $(SQL_SCHEMA) $(SQL_QUERIES))
$(GEN)/store/store_sql.h $(GEN)/store/store_sql.c: $(GEN)/store/stamp ;

$(GEN)/cli/stamp: tools/embed.sh $(INSTRUMENTS) instruments | $(SETUP)
	$(call renew,bundle,tools/embed.sh files $(@D)/.$$$$/bundle $(INSTRUMENTS))
$(GEN)/cli/bundle.h $(GEN)/cli/bundle.c: $(GEN)/cli/stamp ;

$(GEN)/report/stamp: tools/embed.sh $(REPORT_CSS) | $(SETUP)
	$(call renew,bundle,tools/embed.sh text $(@D)/.$$$$/bundle att_report_css $(REPORT_CSS))
$(GEN)/report/bundle.h $(GEN)/report/bundle.c: $(GEN)/report/stamp ;

# ---- the rooms: objects, one archive, and tests that link only what the room may use ----

TESTLIB := $(OUT)/libatt-test.a

# Installed instruments are looked for there; the program also carries them inside.
EXTRA_cli := -DATT_SHARE_DIR='"$(PREFIX)/share/attune"'
FLAGS_cli := $(PREFIX_FLAG)

# $(call room,NAME)
define room
SRC_$(1) := $$(filter-out src/cli/main.c,$$(sort $$(wildcard src/$(1)/*.c)))
OBJ_$(1) := $$(SRC_$(1):%.c=$(OUT)/%.o) $$(GENH_$(1):$(GEN)/%.h=$(OUT)/gen/%.o)
ARC_$(1) := $(OUT)/libatt-$(1).a
INC_$(1)  = -Isrc/$(1) -I$(GEN)/$(1) $$(call isystem,$$(PKG_$(1)))
NEEDS_$(1) := $(patsubst $(1):%,%,$(filter $(1):%,$(ARROWS)))

$$(ARC_$(1)): $$(OBJ_$(1)) $$(wildcard src/$(1)) | $(SETUP)
	$$(archive)
$(OUT)/src/$(1)/%.o: src/$(1)/%.c $(FLAGS) $$(FLAGS_$(1)) | $$(GENH_$(1)) $(SETUP)
	$$(call compile,$$(INC_$(1)) $$(EXTRA_$(1)))
$(OUT)/gen/$(1)/%.o: $(GEN)/$(1)/%.c $(FLAGS) | $(SETUP)
	$$(call compile,$$(INC_$(1)))

TESTS_$(1) := $$(patsubst %.c,$(OUT)/%,$$(sort $$(wildcard tests/unit/$(1)/test_*.c)))
$(OUT)/tests/unit/$(1)/%.o: tests/unit/$(1)/%.c $(FLAGS) | $$(GENH_$(1)) $(SETUP)
	$$(call compile,$(TEST_CFLAGS) $$(INC_$(1)) $$(call isystem,$$(PKG_test)))
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

# What a room's tests and programs link: its archive, those below it, their libraries.
closure = $(filter $(1) $(foreach r,$(1),$(NEEDS_$(r))),$(ROOMS))
archives_of = $(foreach r,$(call closure,$(1)),$(ARC_$(r)))
libs_of = $(foreach r,$(call closure,$(1)),$(LIBS_$(r)))
pkgs_of = $(sort $(foreach r,$(call closure,$(1)),$(PKG_$(r))))

# $(call unit_tests,NAME)
define unit_tests
$$(TESTS_$(1)): %: %.o $(TESTLIB) $$(call archives_of,$(1))
	$$(call link,$$(call libdirs,$$(call pkgs_of,$(1))) $(LIBS_test) $$(call libs_of,$(1)))
endef
$(foreach r,$(ROOMS),$(eval $(call unit_tests,$(r))))

ALL_ARC := $(call archives_of,cli)
ALL_LIBS = $(call libdirs,$(call pkgs_of,cli)) $(call libs_of,cli)

# ---- programs and other tests -----------------------------------------------------------

PROGRAM := $(if $(wildcard src/cli/main.c),$(OUT)/attune)
SERVER := $(if $(wildcard tests/server/*.c),$(OUT)/redcap-test-server)
LIBRARY := $(OUT)/libattune.a
E2E := $(patsubst %.c,$(OUT)/%,$(sort $(wildcard tests/e2e/test_*.c)))
LONG := $(patsubst %.c,$(OUT)/%,$(sort $(wildcard tests/long/test_*.c)))
BENCH := $(patsubst %.c,$(OUT)/%,$(sort $(wildcard bench/bench_*.c)))
UNIT := $(foreach r,$(ROOMS),$(TESTS_$(r)))

$(OUT)/attune: $(OUT)/src/cli/main.o $(ALL_ARC)
	$(call link,$(ALL_LIBS))

# The library is every room but the roof, as one archive for other programs.
$(LIBRARY): $(foreach r,$(filter-out cli,$(ROOMS)),$(OBJ_$(r)))
	$(archive)

SUPPORT_SRC := $(filter-out tests/support/fuzz_main.c,$(sort $(wildcard tests/support/*.c)))
$(TESTLIB): $(SUPPORT_SRC:%.c=$(OUT)/%.o) tests/support
	$(archive)

$(OUT)/redcap-test-server: $(patsubst %.c,$(OUT)/%.o,$(sort $(wildcard tests/server/*.c))) $(ARC_base)
	$(call link,-lmicrohttpd $(LIBS_base))

$(E2E) $(LONG): %: %.o $(TESTLIB) $(ALL_ARC)
	$(call link,$(ALL_LIBS) $(LIBS_test))

$(OUT)/bench/repeat: $(OUT)/bench/repeat.o $(OUT)/bench/bench.o
	$(call link,)
$(BENCH): %: %.o $(OUT)/bench/bench.o $(OUT)/bench/make_large.o $(ALL_ARC)
	$(call link,$(ALL_LIBS))

# What belongs to no room may look at everything.
$(OUT)/tests/%.o: tests/%.c $(FLAGS) | $(SETUP)
	$(call compile,$(TEST_CFLAGS) $(call isystem,$(PKG_test) jansson))
$(OUT)/bench/%.o: bench/%.c $(FLAGS) | $(SETUP)
	$(call compile,-I. -Ibench)
$(OUT)/fuzz/%.o: fuzz/%.c $(FLAGS) | $(SETUP)
	$(call compile,$(TEST_CFLAGS) -Wno-missing-prototypes)

# ---- fuzzers: one source, with clang's engine (BUILD=fuzz) or as a replay of its corpus ----

# "json:base": which rooms fuzz_json.c needs, from `/* rooms: ... */` or its includes.
FUZZ_SRC := $(sort $(wildcard fuzz/fuzz_*.c))
FUZZ_NEEDS := $(if $(FUZZ_SRC),$(shell awk '\
    FNR == 1 { noun = FILENAME; sub(/^.*fuzz_/, "", noun); sub(/\.c$$/, "", noun) } \
    match($$0, /rooms:[ a-z]*/) { n = split(substr($$0, RSTART + 6, RLENGTH - 6), w, " "); \
        for (i = 1; i <= n; i++) { print noun ":" w[i] } } \
    match($$0, /(attune|src)\/[a-z]+\//) { r = substr($$0, RSTART, RLENGTH - 1); sub(/^.*\//, "", r); \
        print noun ":" r }' $(FUZZ_SRC)))
FUZZERS := $(patsubst %.c,$(OUT)/%,$(FUZZ_SRC))

# $(call fuzzer,NOUN)
define fuzzer
FUZZ_ROOMS_$(1) := $(sort $(patsubst $(1):%,%,$(filter $(1):%,$(FUZZ_NEEDS))))
$(OUT)/fuzz/fuzz_$(1): $(OUT)/fuzz/fuzz_$(1).o \
        $(if $(filter fuzz,$(BUILD)),,$(OUT)/tests/support/fuzz_main.o) \
        $$(call archives_of,$$(FUZZ_ROOMS_$(1)))
	$$(call link,$(if $(filter fuzz,$(BUILD)),-fsanitize=fuzzer) \
	    $$(call libdirs,$$(call pkgs_of,$$(FUZZ_ROOMS_$(1)))) $$(call libs_of,$$(FUZZ_ROOMS_$(1))))
endef
$(foreach f,$(FUZZ_SRC:fuzz/fuzz_%.c=%),$(eval $(call fuzzer,$(f))))

# ---- targets: build ------------------------------------------------------------------------

.PHONY: all tests demo check check-room check-long check-asan check-valgrind check-docs check-tools \
        coverage lint format floors lengths headers linkage fuzz fuzz-run fuzz-replay bench \
        deb golden man install install-program install-library uninstall dist clean help FORCE

all: $(PROGRAM) $(LIBRARY) ## build the program and the library

tests: $(PROGRAM) $(SERVER) $(UNIT) $(E2E) $(FUZZERS) ## build all tests, run none

demo: $(PROGRAM) $(SERVER) ## build, then run the main job without questions
	@ATTUNE=$(CURDIR)/$(OUT)/attune ATTUNE_SERVER=$(CURDIR)/$(OUT)/redcap-test-server \
	    tools/demo.sh

# ---- targets: check ------------------------------------------------------------------------

TEST_ENV := ATTUNE_TESTS=$(CURDIR)/tests ATTUNE_TESTDIR=$(CURDIR)/tests \
            ATTUNE=$(CURDIR)/$(OUT)/attune ATTUNE_SERVER=$(CURDIR)/$(OUT)/redcap-test-server
RUN_TESTS := $(TEST_ENV) tools/run-tests.sh -j $(JOBS) -l $(OUT)/log

check: ## build without a warning and run all tests (5 minutes at most)
	@$(MAKE) --no-print-directory WERROR=1 tests
	+@$(RUN_TESTS) -m check-tools -m floors -m headers -m linkage -m fuzz-replay $(UNIT) $(E2E)

check-room: $(TESTS_$(ROOM)) $(ARC_$(ROOM)) $(if $(filter cli,$(ROOM)),$(PROGRAM)) \
            $(if $(filter cli sync,$(ROOM)),$(SERVER))
check-room: ## build and test one room: ROOM=name
	@$(if $(filter $(ROOM),$(ROOMS)),:,echo "make check-room ROOM=one of: $(ROOMS)" >&2; exit 2)
	@$(RUN_TESTS) -v $(TESTS_$(ROOM))

check-long: $(PROGRAM) $(SERVER) $(LONG) ## run the tests that take minutes (20 at most)
	@$(RUN_TESTS) -t 1200 $(LONG)

check-asan: ## all tests with address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory BUILD=asan WERROR=1 tests
	+@$(MAKE) --no-print-directory BUILD=asan run-tests

.PHONY: run-tests
run-tests:
	+@$(RUN_TESTS) -t 600 -m fuzz-replay $(UNIT) $(E2E)

check-tools: $(SETUP) ## the scripts that judge the code are judged
	@tests/tools/test.sh

check-valgrind: ## the unit tests under valgrind
	@$(MAKE) --no-print-directory BUILD=debug $(UNIT:$(OUT)/%=build/debug/%)
	@$(TEST_ENV) tools/run-tests.sh -j $(JOBS) -l build/debug/log-valgrind -t 900 \
	    -w 'valgrind -q --error-exitcode=97 --leak-check=full --errors-for-leak-kinds=definite' \
	    $(UNIT:$(OUT)/%=build/debug/%)

check-docs: $(PROGRAM) $(SERVER) ## run the examples of README.md and the manual
	@ATTUNE=$(CURDIR)/$(OUT)/attune tools/check-docs.sh README.md docs/TUTORIAL.md $(sort $(wildcard man/*.[15]))

golden: tests ## rewrite tests/golden from what the program now says
	@ATTUNE_GOLDEN=write $(RUN_TESTS) $(UNIT) $(E2E)

coverage: ## which lines the tests reach
	@$(MAKE) --no-print-directory BUILD=cover tests
	@find build/cover -name '*.gcda' -delete
	@$(MAKE) --no-print-directory BUILD=cover run-tests
	@tools/coverage.sh build/cover

# ---- targets: what the house asks ------------------------------------------------------------

C_FILES = $(shell find src include tests fuzz bench -name '*.[ch]' | LC_ALL=C sort)

lint: $(SETUP) $(GENH_store) $(GENH_cli) $(GENH_report) ## format, banned calls, clang-tidy, cppcheck, shellcheck, mandoc
	@JOBS=$(JOBS) tools/lint.sh

format: ## let clang-format have its way
	@clang-format -i $(C_FILES)

floors: ## no #include runs up or sideways
	@awk -f tools/floors.awk .ci/floors $$(find src include -name '*.[ch]' | LC_ALL=C sort)

lengths: ## the longest files and functions: where to look, not a gate
	@awk -f tools/lengths.awk $(C_FILES)

headers: $(SETUP) ## each public header compiles alone, with gcc and clang
	@CFLAGS="$(filter-out -D%,$(ATT_CFLAGS)) -D_XOPEN_SOURCE=700 -Werror" tools/headers.sh

linkage: $(PROGRAM) ## the program uses OpenBLAS and never GSL's own BLAS
	@tools/linkage.sh $(PROGRAM)

# ---- targets: fuzz and measure ---------------------------------------------------------------

SECONDS ?= 60
fuzz: ## run one fuzzer with clang: F=json SECONDS=60
	@$(if $(wildcard fuzz/fuzz_$(F).c),:,echo "make fuzz F=one of: $(FUZZ_SRC:fuzz/fuzz_%.c=%)" >&2; exit 2)
	@$(MAKE) --no-print-directory BUILD=fuzz fuzz-run F=$(F) SECONDS=$(SECONDS)

fuzz-run: $(OUT)/fuzz/fuzz_$(F)
	@mkdir -p fuzz/corpus/$(F) build/fuzz/found/$(F)
	$< -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
	    -artifact_prefix=build/fuzz/found/ build/fuzz/found/$(F) fuzz/corpus/$(F)

fuzz-replay: $(FUZZERS) ## run every fuzzer over its corpus
	@tools/fuzz-replay.sh $(FUZZERS)

bench: $(PROGRAM) $(BENCH) $(OUT)/bench/repeat ## measure what has a goal; prints medians
	@ATTUNE=$(CURDIR)/$(OUT)/attune REPEAT=$(CURDIR)/$(OUT)/bench/repeat \
	    ATTUNE_TESTS=$(CURDIR)/tests tools/bench.sh $(BENCH) $(sort $(wildcard bench/bench_*.sh))

# ---- targets: install and ship -----------------------------------------------------------------

bindir := $(DESTDIR)$(PREFIX)/bin
libdir := $(DESTDIR)$(PREFIX)/lib
incdir := $(DESTDIR)$(PREFIX)/include
mandir := $(DESTDIR)$(PREFIX)/share/man
sharedir := $(DESTDIR)$(PREFIX)/share/attune
MAN1 := $(sort $(wildcard man/*.1))
MAN5 := $(sort $(wildcard man/*.5))

man: ## check the manual and render it to build/man
	@mkdir -p build/man
	@mandoc -T lint -W warning $(MAN1) $(MAN5)
	@$(foreach m,$(MAN1) $(MAN5),mandoc -T utf8 $(m) | col -b >build/man/$(notdir $(m)).txt;)

install: install-program install-library ## install below PREFIX (/usr/local), DESTDIR first

install-program: $(PROGRAM)
	install -d $(bindir) $(sharedir)/instruments $(sharedir)/reports $(mandir)/man1 $(mandir)/man5
	install -m 755 $(OUT)/attune $(bindir)/attune
	$(if $(INSTRUMENTS),install -m 644 $(INSTRUMENTS) $(sharedir)/instruments)
	$(if $(REPORT_CSS),install -m 644 $(REPORT_CSS) $(sharedir)/reports)
	$(if $(MAN1),install -m 644 $(MAN1) $(mandir)/man1)
	$(if $(MAN5),install -m 644 $(MAN5) $(mandir)/man5)

install-library: $(LIBRARY)
	install -d $(libdir)/pkgconfig $(incdir)
	install -m 644 $(LIBRARY) $(libdir)/libattune.a
	(cd include && find attune -name '*.h' -exec install -D -m 644 {} $(abspath $(incdir))/{} \;)
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBS@|$(strip $(ALL_LIBS))|' \
	    tools/attune.pc.in >$(libdir)/pkgconfig/attune.pc

uninstall: ## take away what install put there
	rm -f $(bindir)/attune $(libdir)/libattune.a $(libdir)/pkgconfig/attune.pc
	rm -f $(addprefix $(mandir)/man1/,$(notdir $(MAN1))) $(addprefix $(mandir)/man5/,$(notdir $(MAN5)))
	rm -rf $(incdir)/attune $(sharedir)

deb: $(SETUP) ## build/attune_VERSION_ARCH.deb
	@rm -rf build/deb
	@$(MAKE) --no-print-directory BUILD=$(BUILD) PREFIX=/usr DESTDIR=build/deb install-program >/dev/null
	@tools/deb.sh build/deb $(VERSION) build

dist: ## build/attune-VERSION.tar.gz from the last commit
	@mkdir -p build
	@git archive --format=tar --prefix=attune-$(VERSION)/ HEAD | gzip -n9 >build/attune-$(VERSION).tar.gz
	@echo build/attune-$(VERSION).tar.gz

clean: ## remove all that was built
	rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' Makefile

-include $(shell [ -d $(OUT) ] && find $(OUT) -name '*.o.d')
