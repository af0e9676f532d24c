/* cmd_init.c - attune init: make a study file
 */
#include "commands.h"

#include <attune/base/json.h>
#include <attune/base/stamp.h>
#include <attune/store/study.h>

static int run_init(att_call *call, att_err *err)
{
    const char *path = call->args[0];
    att_store *store = att_store_make(path, att_stamp_now(), err);
    att_json_out out;

    if (store == NULL) {
        return att_code_exit_status(err->code);
    }
    att_store_close(store);
    if (call->is_json) {
        out = att_json_begin(call->out, true);
        att_json_object(&out);
        att_json_put_string(&out, "format", "attune-init/1");
        att_json_put_string(&out, "study", path);
        att_json_end_object(&out);
        att_buf_char(call->out, '\n');
        return 0;
    }
    if (call->is_quiet) {
        return 0;
    }
    att_buf_format(call->out,
                   "Made the study \"%s\". Only you can read it.\n\n"
                   "Next: attune add recs --study %s\n",
                   path, path);
    return 0;
}

static const att_flag options[] = { { NULL, 0, NULL, NULL, NULL } };

const att_command att_cmd_init = {
    .name = "init",
    .group = ATT_GROUP_KEEP,
    .about = "Makes a study: one file that keeps instruments and answers.",
    .examples = "  attune init network.attune\n",
    .usage = "STUDY",
    .options = options,
    .min_args = 1,
    .max_args = 1,
    .is_json = true,
    .run = run_init,
};
