/* cmd_diff.c - attune diff: what changed between two versions of an instrument
 */
#include "commands.h"

#include <string.h>
#include <unistd.h>

#include <attune/base/file.h>
#include <attune/base/json.h>
#include <attune/base/text.h>
#include <attune/instrument/diff.h>
#include <attune/instrument/read.h>
#include <attune/store/instruments.h>
#include <attune/store/responses.h>

#include "bundled.h"
#include "load.h"

/* One of the two. */
typedef struct side {
    const char *name;
    att_json *json;
    att_instrument *instrument;
} side;

static bool is_file(const char *name)
{
    return strcmp(name, "-") == 0 || access(name, F_OK) == 0;
}

/* A file, else what the study has by this name, else a bundled one. */
static att_code read_bytes(att_call *call, att_store *store, const char *name,
                           att_bytes *out, att_err *err)
{
    att_err failure = { 0 };

    if (store != NULL && !is_file(name)) {
        if (att_instruments_bytes(call->arena, store, name, out, &failure) == ATT_OK) {
            return ATT_OK;
        }
        if (!att_bundled_is(name)) {
            *err = failure;
            return err->code;
        }
    }
    return att_bundled_bytes(call->arena, name, out, err);
}

/* False with *err when it cannot be read. */
static bool read_side(att_call *call, att_store *store, side *s, att_err *err)
{
    att_bytes bytes = { 0 };

    if (read_bytes(call, store, s->name, &bytes, err) != ATT_OK) {
        return false;
    }
    s->instrument =
        att_instrument_open_bytes(call->arena, s->name, bytes.bytes, bytes.n, err);
    if (s->instrument == NULL) {
        att_hint(err, "see all that is wrong: attune check %s", s->name);
        return false;
    }
    s->json = att_json_open_bytes(s->name, bytes.bytes, bytes.n, err);
    return s->json != NULL;
}

/* Sessions that are open on the old version; -1 without a study. */
static att_code count_open(att_call *call, att_store *store, const side *before,
                           long long *out, att_err *err)
{
    att_response_filter filter = { before->instrument->id, NULL, ATT_STATUS_OPEN,
                                   NULL };
    att_response *list = NULL;
    size_t n = 0;

    *out = -1;
    if (store == NULL) {
        return ATT_OK;
    }
    *out = 0;
    if (att_responses_list(call->arena, store, &filter, &list, &n, err) != ATT_OK) {
        return err->code;
    }
    for (size_t i = 0; i < n; i++) {
        *out += strcmp(list[i].digest, before->instrument->digest) == 0;
    }
    return ATT_OK;
}

/* ---- as JSON ---- */

static void write_lists(att_json_out *out, const att_diff *diff)
{
    att_json_key(out, "changes");
    att_json_list(out);
    for (size_t i = 0; i < diff->n_changes; i++) {
        att_json_object(out);
        att_json_put_string(out, "class", att_change_name(diff->changes[i].class_));
        att_json_put_string(out, "pointer", diff->changes[i].pointer);
        att_json_put_string(out, "message", diff->changes[i].message);
        att_json_end_object(out);
    }
    att_json_end_list(out);
    att_json_key(out, "stale_translations");
    att_json_list(out);
    for (size_t i = 0; i < diff->n_stale; i++) {
        att_json_object(out);
        att_json_put_string(out, "pointer", diff->stale[i].pointer);
        att_json_put_string(out, "language", diff->stale[i].language);
        att_json_end_object(out);
    }
    att_json_end_list(out);
    att_json_key(out, "redcap_columns");
    att_json_list(out);
    for (size_t i = 0; i < diff->n_columns; i++) {
        char how = diff->columns[i].how;

        att_json_object(out);
        att_json_put_string(out, "column", diff->columns[i].column);
        att_json_put_string(out, "change",
                            how == '+'   ? "new"
                            : how == '-' ? "gone"
                                         : "another");
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

static void write_json(att_buf *buf, const side s[2], const att_diff *diff,
                       long long n_open)
{
    att_json_out out = att_json_begin(buf, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-diff/1");
    att_json_put_string(&out, "instrument", s[1].instrument->id);
    att_json_put_string(&out, "from", s[0].instrument->version);
    att_json_put_string(&out, "to", s[1].instrument->version);
    att_json_put_string(&out, "class", att_change_name(diff->needed));
    att_json_put_string(&out, "bump_needed", att_change_bump(diff->needed));
    att_json_put_string(&out, "bump_made",
                        diff->is_lower ? "lower" : att_change_bump(diff->made));
    att_json_put_bool(&out, "is_enough", diff->is_enough);
    att_json_put_string(&out, "least_version", diff->least);
    write_lists(&out, diff);
    att_json_key(&out, "open_sessions");
    if (n_open < 0) {
        att_json_null(&out);
    } else {
        att_json_whole(&out, n_open);
    }
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

/* ---- as text ---- */

static void write_changes(att_call *call, const att_diff *diff)
{
    att_buf *out = call->out;

    for (size_t i = 0; i < diff->n_changes; i++) {
        att_buf_format(out, "%-9s  ", att_change_name(diff->changes[i].class_));
        att_text_tame(out, diff->changes[i].message);
        att_buf_add(out, "  ");
        att_text_tame(out, diff->changes[i].pointer);
        att_buf_char(out, '\n');
    }
    if (diff->n_stale > 0) {
        att_buf_add(out, "\nTranslations that did not follow:\n");
    }
    for (size_t i = 0; i < diff->n_stale; i++) {
        att_buf_format(out, "  %s  ", diff->stale[i].language);
        att_text_tame(out, diff->stale[i].pointer);
        att_buf_char(out, '\n');
    }
    if (diff->n_columns > 0) {
        att_buf_add(out, "\nColumns in REDCap (+ new, - gone, ~ another meaning):\n");
    }
    for (size_t i = 0; i < diff->n_columns; i++) {
        att_buf_format(out, "  %c %s\n", diff->columns[i].how, diff->columns[i].column);
    }
}

static void write_verdict(att_call *call, const side s[2], const att_diff *diff)
{
    const char *from = s[0].instrument->version;
    const char *to = s[1].instrument->version;
    att_buf *out = call->out;

    if (diff->n_changes == 0) {
        if (strcmp(from, to) == 0) {
            att_buf_format(out, "Both are %s, and the same.\n", from);
        } else {
            att_buf_format(out, "From %s to %s only the version is new.\n", from, to);
        }
        return;
    }
    if (diff->is_lower) {
        att_buf_format(out, "The version goes back from %s to %s", from, to);
    } else if (diff->made == ATT_CHANGE_NONE) {
        att_buf_format(out, "The version is %s in both", from);
    } else {
        att_buf_format(out, "From %s to %s is a %s step", from, to,
                       att_change_bump(diff->made));
    }
    att_buf_format(out, "; the changes ask for a %s one",
                   att_change_bump(diff->needed));
    if (!diff->is_enough) {
        att_buf_format(out, ", %s or higher", diff->least);
    }
    att_buf_add(out, ".\n");
}

static void write_text(att_call *call, const side s[2], const att_diff *diff,
                       long long n_open)
{
    att_buf *out = call->out;

    write_changes(call, diff);
    if (diff->n_changes > 0) {
        att_buf_char(out, '\n');
    }
    att_buf_format(out, "Open sessions finish on the version that they began with");
    if (n_open >= 0) {
        att_buf_format(out, "; %lld %s open on %s", n_open, n_open == 1 ? "is" : "are",
                       s[0].instrument->version);
    }
    att_buf_add(out, ".\n");
    write_verdict(call, s, diff);
}

/* The exit status, or -1 with *err. */
static int compare(att_call *call, att_store *store, side s[2], att_err *err)
{
    att_version before, after;
    long long n_open = -1;
    att_diff diff;

    if (!read_side(call, store, &s[0], err) || !read_side(call, store, &s[1], err) ||
        count_open(call, store, &s[0], &n_open, err) != ATT_OK) {
        return -1;
    }
    before = (att_version){ s[0].json, s[0].instrument };
    after = (att_version){ s[1].json, s[1].instrument };
    diff = att_instrument_diff(call->arena, &before, &after);
    if (call->is_json) {
        write_json(call->out, s, &diff, n_open);
    } else {
        write_text(call, s, &diff, n_open);
    }
    return diff.is_enough ? 0 : 1;
}

static int run_diff(att_call *call, att_err *err)
{
    side s[2] = { { .name = call->args[0] }, { .name = call->args[1] } };
    att_store *store = NULL;
    int status;

    if (att_load_path_here(call) != NULL) {
        store = att_load_store(call, ATT_OPEN_READ, err);
        if (store == NULL) {
            return att_code_exit_status(err->code);
        }
    }
    status = compare(call, store, s, err);
    att_json_close(s[0].json);
    att_json_close(s[1].json);
    att_store_close(store);
    return status >= 0 ? status : att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "study", 0, "FILE", "where ids are looked up (default: as for \"run\")", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_diff = {
    .name = "diff",
    .group = ATT_GROUP_WRITE,
    .about = "Says what changed between two versions of an instrument, and how much.",
    .examples = "  attune diff old.json new.json\n"
                "  attune diff pulse@1.0.0 pulse.json --study net.attune\n",
    .usage = "OLD NEW [options]",
    .options = options,
    .min_args = 2,
    .max_args = 2,
    .is_json = true,
    .run = run_diff,
};
