/* cmd_verify.c - attune verify: does the study hold together?
 */
#include "commands.h"

#include <string.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/store/verify.h>

#include "findings.h"
#include "load.h"

static void write_json(att_buf *buf, const att_verify *v, const char *path)
{
    att_json_out out = att_json_begin(buf, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-verify/1");
    att_json_put_string(&out, "study", path);
    att_json_put_bool(&out, "database_holds", v->database_holds);
    att_json_put_string(&out, "database_says", v->database_says);
    att_json_put_bool(&out, "journal_holds", v->chain_holds);
    att_json_put_whole(&out, "entries", v->n_entries);
    att_json_put_whole(&out, "broken_at", v->broken_at);
    att_json_put_string(&out, "broken_how", v->broken_how);
    att_json_put_string(&out, "session", v->session);
    att_json_put_string(&out, "item", v->item);
    att_json_put_string(&out, "at", v->at);
    att_json_put_whole(&out, "instruments_changed", v->n_instruments_off);
    att_json_put_string(&out, "head", v->head);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

static const char *grouped(att_arena *arena, long long n)
{
    att_buf text = { 0 };
    char *copy;

    att_number_grouped(&text, n);
    copy = att_buf_copy(arena, &text);
    att_buf_drop(&text);
    return copy;
}

static void tell_chain(att_call *call, att_findings *findings, const att_verify *v)
{
    const char *all = grouped(call->arena, v->n_entries);
    const char *at = grouped(call->arena, v->broken_at);

    if (v->chain_holds) {
        att_findings_add(
            findings, ATT_FINDING_OK, "journal",
            att_arena_format(call->arena, "%s entries hold; head %.8s", all, v->head));
        return;
    }
    if (v->broken_at == 0) {
        att_findings_add(findings, ATT_FINDING_FAIL, "journal", v->broken_how);
    } else {
        att_findings_add(
            findings, ATT_FINDING_FAIL, "journal",
            att_arena_format(call->arena, "entry %s of %s %s", at, all, v->broken_how));
    }
    if (v->session[0] != '\0') {
        att_findings_more(
            findings,
            att_arena_format(call->arena, "session %s%s%s, %s",
                             v->session + strlen(v->session) - ATT_ID_SHORT,
                             v->item[0] != '\0' ? ", item " : "", v->item, v->at));
    }
    if (v->broken_at > 1) {
        att_findings_more(findings,
                          att_arena_format(call->arena,
                                           "entries 1 to %s hold; %s breaks the chain",
                                           grouped(call->arena, v->broken_at - 1), at));
    }
    att_findings_more(findings, "hint: copy the file away, then compare: attune verify "
                                "--study BACKUP");
}

static int run_verify(att_call *call, att_err *err)
{
    att_store *store = att_load_store(call, ATT_OPEN_READ, err);
    att_findings findings = { .call = call };
    att_verify v = { 0 };

    if (store == NULL) {
        return att_code_exit_status(err->code);
    }
    if (att_verify_run(store, &v, err) != ATT_OK) {
        att_store_close(store);
        return att_code_exit_status(err->code);
    }
    if (call->is_json) {
        write_json(call->out, &v, att_store_path(store));
    } else {
        att_findings_add(
            &findings, v.database_holds ? ATT_FINDING_OK : ATT_FINDING_FAIL, "database",
            v.database_holds ? "integrity and foreign keys"
                             : att_arena_text(call->arena, v.database_says));
        tell_chain(call, &findings, &v);
        if (v.n_instruments_off > 0) {
            att_findings_add(&findings, ATT_FINDING_FAIL, "instruments",
                             att_arena_format(call->arena,
                                              "%lld do not match their digest",
                                              v.n_instruments_off));
        }
        att_findings_end(&findings);
    }
    att_store_close(store);
    return v.database_holds && v.chain_holds && v.n_instruments_off == 0 ? 0 : 1;
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_verify = {
    .name = "verify",
    .group = ATT_GROUP_KEEP,
    .about = "Says whether a study holds together: database, journal, instruments.",
    .examples = "  attune verify --study net.attune\n",
    .usage = "[options]",
    .options = options,
    .is_json = true,
    .run = run_verify,
};
