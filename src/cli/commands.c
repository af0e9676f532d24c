/* commands.c - the list of commands
 */
#include "commands.h"

/* clang-format off */
const att_command *const att_commands[] = {
    &att_cmd_new,
    &att_cmd_check,
    &att_cmd_explain,
    &att_cmd_test,
    &att_cmd_show,
    &att_cmd_graph,
    &att_cmd_fmt,
    &att_cmd_diff,
    &att_cmd_convert,
    &att_cmd_translate,
    &att_cmd_run,
    &att_cmd_resume,
    &att_cmd_simulate,
    &att_cmd_init,
    &att_cmd_add,
    &att_cmd_set,
    &att_cmd_people,
    &att_cmd_replay,
    &att_cmd_export,
    &att_cmd_redcap,
    &att_cmd_verify,
    &att_cmd_score,
    &att_cmd_analyze,
    &att_cmd_report,
    &att_cmd_demo,
    &att_cmd_doctor,
    &att_cmd_help,
    NULL,
};
/* clang-format on */
