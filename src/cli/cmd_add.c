/* cmd_add.c - attune add: store instruments in a study
 */
#include "commands.h"

#include <attune/base/json.h>

#include "bundled.h"
#include "load.h"

static void tell_added(att_call *call, att_json_out *out,
                       const att_instrument *instrument, bool is_new)
{
    if (call->is_json) {
        att_json_object(out);
        att_json_put_string(out, "id", instrument->id);
        att_json_put_string(out, "version", instrument->version);
        att_json_put_string(out, "digest", instrument->digest);
        att_json_put_bool(out, "is_new", is_new);
        att_json_end_object(out);
        return;
    }
    att_buf_format(call->out, "%s %s %s (digest %.12s)\n",
                   is_new ? "Added" : "Already there:", instrument->id,
                   instrument->version, instrument->digest);
}

static int run_add(att_call *call, att_err *err)
{
    att_store *store = att_load_store(call, ATT_OPEN_WRITE, err);
    att_json_out out = att_json_begin(call->out, true);
    const att_instrument *last = NULL;

    if (store == NULL) {
        return att_code_exit_status(err->code);
    }
    if (call->is_json) {
        att_json_object(&out);
        att_json_put_string(&out, "format", "attune-add/1");
        att_json_key(&out, "instruments");
        att_json_list(&out);
    }
    for (size_t i = 0; i < call->n_args && err->code == ATT_OK; i++) {
        bool is_new = false;

        last = att_bundled_add(call, store, call->args[i], &is_new, err);
        if (last != NULL) {
            tell_added(call, &out, last, is_new);
        }
    }
    if (call->is_json) {
        att_json_end_list(&out);
        att_json_end_object(&out);
        att_buf_char(call->out, '\n');
    } else if (last != NULL) {
        att_buf_format(call->out, "\nNext: attune run %s --study %s\n", last->id,
                       att_store_path(store));
    }
    att_store_close(store);
    return att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_add = {
    .name = "add",
    .group = ATT_GROUP_KEEP,
    .about = "Stores instruments in a study, each version once.",
    .examples =
        "  attune add my.json --study net.attune\n"
        "  attune add profile recs pulse          those that come with attune\n",
    .usage = "FILE... [options]",
    .options = options,
    .min_args = 1,
    .max_args = (size_t)-1,
    .is_json = true,
    .run = run_add,
};
