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
ifeq ($(filter -j% --jobserver%,$(MAKEFLAGS)),)
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
ATT_LDFLAGS := $(filter --coverage -fsanitize=address%,$(HOW_$(BUILD))) -Wl,--as-needed

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
PKG_face  := jansson
LIBS_face := -lncursesw -ltinfo -ljansson
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

$(GEN)/store/store_sql.h $(GEN)/store/store_sql.c &: tools/sql.awk $(SQL_SCHEMA) $(SQL_QUERIES) src/store
	@mkdir -p $(@D)
	$(call say,GEN,$(GEN)/store/store_sql.c)
	$(Q)awk -v out=$(GEN)/store/store_sql -f tools/sql.awk $(SQL_SCHEMA) $(SQL_QUERIES)

$(GEN)/cli/bundle.h $(GEN)/cli/bundle.c &: tools/embed.sh $(INSTRUMENTS) instruments
	@mkdir -p $(@D)
	$(call say,GEN,$(GEN)/cli/bundle.c)
	$(Q)tools/embed.sh files $(GEN)/cli/bundle $(INSTRUMENTS)

$(GEN)/report/bundle.h $(GEN)/report/bundle.c &: tools/embed.sh $(REPORT_CSS)
	@mkdir -p $(@D)
	$(call say,GEN,$(GEN)/report/bundle.c)
	$(Q)tools/embed.sh text $(GEN)/report/bundle att_report_css $(REPORT_CSS)

# ---- the rooms: objects, one archive, and tests that link only what the room may use ----

TESTLIB := $(OUT)/libatt-test.a

# $(call room,NAME)
define room
SRC_$(1) := $$(filter-out src/cli/main.c,$$(sort $$(wildcard src/$(1)/*.c)))
OBJ_$(1) := $$(SRC_$(1):%.c=$(OUT)/%.o) $$(GENH_$(1):$(GEN)/%.h=$(OUT)/gen/%.o)
ARC_$(1) := $(OUT)/libatt-$(1).a
INC_$(1)  = -Isrc/$(1) -I$(GEN)/$(1) $$(call isystem,$$(PKG_$(1)))
NEEDS_$(1) := $(patsubst $(1):%,%,$(filter $(1):%,$(ARROWS)))

$$(ARC_$(1)): $$(OBJ_$(1)) $$(wildcard src/$(1))
	$$(archive)
$(OUT)/src/$(1)/%.o: src/$(1)/%.c $(FLAGS) | $$(GENH_$(1)) $(SETUP)
	$$(call compile,$$(INC_$(1)) $$(EXTRA_$(1)))
$(OUT)/gen/$(1)/%.o: $(GEN)/$(1)/%.c $(FLAGS) | $(SETUP)
	$$(call compile,$$(INC_$(1)))

TESTS_$(1) := $$(patsubst %.c,$(OUT)/%,$$(sort $$(wildcard tests/unit/$(1)/test_*.c)))
$(OUT)/tests/unit/$(1)/%.o: tests/unit/$(1)/%.c $(FLAGS) | $$(GENH_$(1)) $(SETUP)
	$$(call compile,$(TEST_CFLAGS) $$(INC_$(1)) $$(call isystem,$$(PKG_test)))
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

# What a room's tests and programs link: its archive, those below it, their libraries.
archives_of = $(foreach r,$(1) $(NEEDS_$(1)),$(ARC_$(r)))
libs_of = $(foreach r,$(1) $(NEEDS_$(1)),$(LIBS_$(r)))
pkgs_of = $(sort $(foreach r,$(1) $(NEEDS_$(1)),$(PKG_$(r))))

# $(call unit_tests,NAME)
define unit_tests
$$(TESTS_$(1)): %: %.o $(TESTLIB) $$(call archives_of,$(1))
	$$(call link,$$(call libdirs,$$(call pkgs_of,$(1))) $(LIBS_test) $$(call libs_of,$(1)))
endef
$(foreach r,$(ROOMS),$(eval $(call unit_tests,$(r))))

# Installed instruments are looked for there; the program also carries them inside.
EXTRA_cli = -DATT_SHARE_DIR='"$(PREFIX)/share/attune"'

ALL_ARC := $(call archives_of,cli)
ALL_LIBS = $(call libdirs,$(call pkgs_of,cli)) $(call libs_of,cli)

# ---- programs and other tests -----------------------------------------------------------

PROGRAM := $(if $(wildcard src/cli/main.c),$(OUT)/attune)
SERVER := $(if $(wildcard tests/server/*.c),$(OUT)/redcap-test-server)
E2E := $(patsubst %.c,$(OUT)/%,$(sort $(wildcard tests/e2e/test_*.c)))
LONG := $(patsubst %.c,$(OUT)/%,$(sort $(wildcard tests/long/test_*.c)))
UNIT := $(foreach r,$(ROOMS),$(TESTS_$(r)))

$(OUT)/attune: $(OUT)/src/cli/main.o $(ALL_ARC)
	$(call link,$(ALL_LIBS))

SUPPORT_SRC := $(filter-out tests/support/fuzz_main.c,$(sort $(wildcard tests/support/*.c)))
$(TESTLIB): $(SUPPORT_SRC:%.c=$(OUT)/%.o) tests/support
	$(archive)

$(OUT)/redcap-test-server: $(patsubst %.c,$(OUT)/%.o,$(sort $(wildcard tests/server/*.c))) $(ARC_base)
	$(call link,-lmicrohttpd $(LIBS_base))

$(E2E) $(LONG): %: %.o $(TESTLIB) $(ALL_ARC)
	$(call link,$(ALL_LIBS) $(LIBS_test))

# Tests that belong to no room may look at everything.
$(OUT)/tests/%.o: tests/%.c $(FLAGS) | $(SETUP)
	$(call compile,$(TEST_CFLAGS) $(call isystem,$(PKG_test) jansson))

# ---- targets ----------------------------------------------------------------------------

.PHONY: all check-room
all: $(PROGRAM) $(ALL_ARC) ## build the program and the library

RUN_ENV = ATTUNE_TESTS=$(CURDIR)/tests ATTUNE_TESTDIR=$(CURDIR)/tests \
          ATTUNE=$(CURDIR)/$(OUT)/attune ATTUNE_SERVER=$(CURDIR)/$(OUT)/redcap-test-server

check-room: $(TESTS_$(ROOM)) $(ARC_$(ROOM)) ## build and test one room: ROOM=name
	@$(if $(filter $(ROOM),$(ROOMS)),:,echo "make check-room ROOM=one of: $(ROOMS)" >&2; exit 2)
	@$(RUN_ENV) tools/run-tests.sh -v -l $(OUT)/log $(TESTS_$(ROOM))

-include $(shell [ -d $(OUT) ] && find $(OUT) -name '*.o.d')
