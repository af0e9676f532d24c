/* cmd_new.c - attune new: an instrument to begin with, or one that rates another
 */
#include "commands.h"

#include <string.h>
#include <unistd.h>

#include <attune/base/file.h>
#include <attune/base/json.h>
#include <attune/instrument/cvr.h>
#include <attune/instrument/pretty.h>
#include <attune/instrument/read.h>

#include "bundled.h"

#define FILE_MODE 0644

/* What an author changes first, with a note at each place. JSON has no comments: keys
 * that begin with "x-" are never read. */
static const char starter[] =
    "{\"format\":\"instrument/1\",\"id\":\"my-instrument\",\"version\":\"1.0.0\","
    "\"x-note\":\"Keys that begin with x- are yours: they are never read. Change the id "
    "first; raise the version with each change that people see.\","
    "\"title\":\"My instrument\","
    "\"purpose\":\"Say in one sentence what this survey asks about.\","
    "\"recall\":\"past 4 weeks\",\"minutes\":2,"
    "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\",\"x-note\":\"Another "
    "language is another entry; its texts stand beside the first: { en, es }.\"}]},"
    "\"provenance\":{\"licence\":\"CC0-1.0\",\"status\":\"draft\",\"x-note\":\"The "
    "licence of your words, by its SPDX name, or: permission required.\"},"
    "\"missing\":{\"codes\":[{\"code\":-8,\"reason\":\"refused\",\"offer\":true,"
    "\"text\":\"Prefer not to say\"}]},"
    "\"choices\":{\"agree\":[{\"code\":1,\"text\":\"Disagree\"},{\"code\":2,\"text\":"
    "\"Not sure\"},{\"code\":3,\"text\":\"Agree\"},{\"missing\":\"not_applicable\","
    "\"text\":\"Does not apply\"}]},"
    "\"items\":["
    "{\"id\":\"intro\",\"kind\":\"note\",\"text\":\"Please think of the past 4 weeks.\"},"
    "{\"id\":\"mine_1\",\"kind\":\"one\",\"choices\":\"agree\",\"text\":\"People listened "
    "to me.\",\"x-note\":\"Ids are names in REDCap, SPSS and Stata as they stand: at most "
    "26 characters.\"},"
    "{\"id\":\"mine_2\",\"kind\":\"one\",\"choices\":\"agree\",\"text\":\"I felt welcome.\"},"
    "{\"id\":\"mine_3\",\"kind\":\"one\",\"choices\":\"agree\",\"text\":\"I was left "
    "out.\"},"
    "{\"id\":\"mine_why\",\"kind\":\"text\",\"show\":\"mine_2 = 1\",\"text\":\"What was in "
    "the way?\\nPlease do not give names or other private details.\",\"x-note\":\"show is "
    "a condition: this is asked only of those who did not feel welcome.\"}],"
    "\"scales\":[{\"id\":\"belonging\",\"title\":\"Belonging\",\"model\":\"reflective\","
    "\"items\":[\"mine_1\",\"mine_2\",\"mine_3\"],\"reverse\":[\"mine_3\"],\"min_valid\":2,"
    "\"x-note\":\"The mean of the answers, mine_3 turned round, when two or more are "
    "there.\"}]}";

static att_code write_starter(att_buf *out, att_err *err)
{
    att_json *json = att_json_open_bytes("starter", starter, sizeof starter - 1, err);

    if (json == NULL) {
        return err->code;
    }
    att_pretty_write(out, json);
    att_json_close(json);
    return ATT_OK;
}

static att_code write_form(att_call *call, const char *name, att_buf *out, att_err *err)
{
    bool is_lay = att_option_get(call, "lay") != NULL;
    att_bytes bytes = { 0 };
    att_instrument *of;

    ATT_TRY(att_bundled_bytes(call->arena, name, &bytes, err));
    of = att_instrument_open_bytes(call->arena, name, bytes.bytes, bytes.n, err);
    if (of == NULL) {
        return att_hint(err, "see all that is wrong: attune check %s", name);
    }
    return att_cvr_write(out, of, is_lay, err);
}

/* To a file that is not there yet, or to standard output. */
static att_code put(att_call *call, const att_buf *text, att_err *err)
{
    const char *path = att_option_get(call, "output");

    if (path == NULL || strcmp(path, "-") == 0) {
        att_buf_add_n(call->out, att_buf_text(text), text->n);
        return ATT_OK;
    }
    if (access(path, F_OK) == 0) {
        att_fail(err, ATT_EUSAGE, "\"%s\" is there already", path);
        return att_hint(err, "name another file");
    }
    ATT_TRY(att_file_write(path, att_buf_text(text), text->n, FILE_MODE, err));
    if (call->is_json) {
        att_json_out out = att_json_begin(call->out, true);

        att_json_object(&out);
        att_json_put_string(&out, "format", "attune-new/1");
        att_json_put_string(&out, "path", path);
        att_json_end_object(&out);
        att_buf_char(call->out, '\n');
        return ATT_OK;
    }
    att_buf_format(call->out,
                   "Wrote %s\n\nNext: attune check %s\n      attune run %s\n", path,
                   path, path);
    return ATT_OK;
}

static int run_new(att_call *call, att_err *err)
{
    const char *rated = att_option_get(call, "cvr");
    att_buf text = { 0 };
    att_code code;

    if (rated == NULL && att_option_get(call, "lay") != NULL) {
        att_fail(err, ATT_EUSAGE, "--lay stands here without --cvr");
        att_hint(err, "attune new --cvr recs --lay");
        return att_code_exit_status(err->code);
    }
    code =
        rated != NULL ? write_form(call, rated, &text, err) : write_starter(&text, err);
    if (code == ATT_OK) {
        put(call, &text, err);
    }
    att_buf_drop(&text);
    return att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "cvr", 0, "INSTRUMENT", "a form on which experts rate its lines", NULL },
    { "lay", 0, NULL, "with --cvr: for people who are no experts", NULL },
    { "output", 'o', "FILE", "where to; it must not be there yet", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_new = {
    .name = "new",
    .group = ATT_GROUP_WRITE,
    .about = "Writes an instrument to begin with, or a form that rates another.",
    .examples = "  attune new -o my.json                a starter with notes\n"
                "  attune new --cvr recs -o rate.json   experts rate each line\n",
    .usage = "[options]",
    .options = options,
    .is_json = true,
    .run = run_new,
};
