/* cmd_doctor.c - attune doctor: what could go wrong on this machine
 */
#include "commands.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/base/secret.h>
#include <attune/base/stamp.h>
#include <attune/face/face.h>
#include <attune/store/verify.h>

#include "findings.h"
#include "load.h"
#include "machine.h"

#define SPACE_LOW_MB 100

static void look_at_program(att_findings *findings, const att_store_facts *facts)
{
    att_arena *arena = findings->call->arena;

    if (facts == NULL) {
        att_findings_add(findings, ATT_FINDING_OK, "attune",
                         att_machine_versions(arena));
        return;
    }
    att_findings_add(findings, ATT_FINDING_OK, "attune",
                     att_arena_format(arena, "%s (journal %s, sync %s)",
                                      att_machine_versions(arena), facts->journal,
                                      facts->synchronous));
}

static const char *space_left(att_arena *arena, const char *path, bool *is_low)
{
    struct statvfs fs;
    unsigned long long mb;

    *is_low = false;
    if (statvfs(path, &fs) != 0) {
        return "free space unknown";
    }
    mb = (unsigned long long)fs.f_bavail * fs.f_frsize / 1000000u;
    *is_low = mb < SPACE_LOW_MB;
    return mb >= 1000 ? att_arena_format(arena, "%llu GB free", mb / 1000)
                      : att_arena_format(arena, "%llu MB free", mb);
}

static void look_at_file(att_findings *findings, const char *path, long long n_entries,
                         bool holds)
{
    att_arena *arena = findings->call->arena;
    bool is_network = att_machine_is_network(path);
    bool is_low = false;
    const char *space = space_left(arena, path, &is_low);
    struct stat st;
    unsigned mode = stat(path, &st) == 0 ? (unsigned)st.st_mode & 0777u : 0;
    att_buf entries = { 0 };
    bool is_open = (mode & 077u) != 0;
    att_finding how = !holds || is_network ? ATT_FINDING_FAIL
                      : is_low || is_open  ? ATT_FINDING_WARN
                                           : ATT_FINDING_OK;

    att_number_grouped(&entries, n_entries);
    att_findings_add(findings, how, path,
                     att_arena_format(arena, "%04o, %s, %s, %s entries%s", mode,
                                      is_network ? "network drive" : "local disk",
                                      space, att_buf_text(&entries),
                                      holds ? " hold" : " do not hold"));
    att_buf_drop(&entries);
    if (!holds) {
        att_findings_more(findings, "hint: see what is broken: attune verify");
    }
    if (is_network) {
        att_findings_more(findings, "hint: move the study to a disk of this machine");
    }
    if (is_open) {
        att_findings_more(findings,
                          att_arena_format(arena, "hint: chmod 600 %s", path));
    }
    if (is_low) {
        att_findings_more(findings, "hint: make room: answers need space on this disk");
    }
}

static void look_at_study(att_findings *findings, const char *path)
{
    att_err failure = { 0 };
    att_store_facts facts;
    att_verify verify = { 0 };
    att_store *store = att_store_open(path, ATT_OPEN_READ, &failure);

    if (store != NULL && att_store_facts_of(store, &facts, &failure) == ATT_OK &&
        att_verify_run(store, &verify, &failure) == ATT_OK) {
        look_at_program(findings, &facts);
        look_at_file(findings, path, verify.n_entries,
                     verify.database_holds && verify.chain_holds &&
                         verify.n_instruments_off == 0);
    } else {
        att_arena *arena = findings->call->arena;

        look_at_program(findings, NULL);
        att_findings_add(findings, ATT_FINDING_FAIL, path,
                         att_arena_text(arena, failure.message));
        if (failure.hint[0] != '\0') {
            att_findings_more(findings,
                              att_arena_format(arena, "hint: %s", failure.hint));
        }
    }
    att_store_close(store);
}

static void look_at_folder(att_findings *findings)
{
    bool is_low = false;
    const char *space = space_left(findings->call->arena, ".", &is_low);
    bool is_writable = access(".", W_OK) == 0;

    att_findings_add(findings,
                     !is_writable ? ATT_FINDING_FAIL
                     : is_low     ? ATT_FINDING_WARN
                                  : ATT_FINDING_OK,
                     "this folder",
                     att_arena_format(findings->call->arena, "%s, %s, no study here",
                                      is_writable ? "writable" : "cannot be written",
                                      space));
    if (!is_writable) {
        att_findings_more(findings, "hint: go to a folder of your own");
    }
}

static void look_at_terminal(att_findings *findings)
{
    att_arena *arena = findings->call->arena;
    const char *term = getenv("TERM");
    const att_face *face = att_face_choose();

    att_findings_add(
        findings, ATT_FINDING_OK, "terminal",
        att_arena_format(arena, "%s%s; surveys show in the %s face",
                         term != NULL && term[0] != '\0' ? "TERM is " : "",
                         term != NULL && term[0] != '\0' ? term : "TERM is not set",
                         face->name));
}

static void look_at_locale(att_findings *findings)
{
    const char *coding = nl_langinfo(CODESET);

    if (strcmp(coding, "UTF-8") == 0) {
        att_findings_add(findings, ATT_FINDING_OK, "locale", "UTF-8");
        return;
    }
    att_findings_add(findings, ATT_FINDING_WARN, "locale",
                     att_arena_format(findings->call->arena,
                                      "the locale's letters are %s, not UTF-8: others "
                                      "show as \"?\"",
                                      coding));
    att_findings_more(findings, "hint: export LC_ALL=C.UTF-8");
}

static void look_at_clock(att_findings *findings)
{
    char stamp[ATT_STAMP_SIZE];
    att_msec now = att_stamp_now();
    bool is_odd = now < att_day_of(2025, 1, 1) * 86400000LL;

    att_stamp_write(stamp, now);
    att_findings_add(findings, is_odd ? ATT_FINDING_WARN : ATT_FINDING_OK, "clock",
                     att_arena_format(findings->call->arena, "%s UTC%s", stamp,
                                      is_odd ? ", which looks wrong" : ""));
    if (is_odd) {
        att_findings_more(findings, "hint: set the clock; answers carry its time");
    }
}

static void look_at_token(att_findings *findings)
{
    const char *path = att_option_get(findings->call, "token-file");
    att_arena *arena = findings->call->arena;
    att_secret token = { 0 };
    att_err failure = { 0 };

    if (path == NULL) {
        return;
    }
    if (att_secret_read_file(&token, path, &failure) == ATT_OK) {
        att_findings_add(findings, ATT_FINDING_OK, "token file",
                         "only you can read it");
    } else {
        att_findings_add(findings, ATT_FINDING_FAIL, "token file",
                         att_arena_text(arena, failure.message));
        if (failure.hint[0] != '\0') {
            att_findings_more(findings,
                              att_arena_format(arena, "hint: %s", failure.hint));
        }
    }
    att_secret_drop(&token);
}

static int run_doctor(att_call *call, att_err *err)
{
    const char *path = att_load_path_here(call);
    att_findings findings = { .call = call };

    (void)err;
    if (path != NULL) {
        look_at_study(&findings, path);
    } else {
        look_at_program(&findings, NULL);
        look_at_folder(&findings);
    }
    look_at_terminal(&findings);
    look_at_locale(&findings);
    look_at_clock(&findings);
    look_at_token(&findings);
    return att_findings_end(&findings);
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { "token-file", 0, "FILE", "look at this token file too", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_doctor = {
    .name = "doctor",
    .group = ATT_GROUP_HELP,
    .about = "Looks at this machine and the study: what could go wrong here.",
    .examples = "  attune doctor\n"
                "  attune doctor --study net.attune --token-file redcap.token --json\n",
    .usage = "[options]",
    .options = options,
    .is_json = true,
    .run = run_doctor,
};
