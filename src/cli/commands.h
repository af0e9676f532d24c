/* commands.h - each command, one a file: cmd_NAME.c
 */
#ifndef ATTUNE_CLI_COMMANDS_H
#define ATTUNE_CLI_COMMANDS_H

#include "command.h"

extern const att_command att_cmd_check, att_cmd_explain, att_cmd_run, att_cmd_resume;
extern const att_command att_cmd_init, att_cmd_add, att_cmd_set, att_cmd_export;
extern const att_command att_cmd_redcap, att_cmd_verify, att_cmd_score, att_cmd_analyze;
extern const att_command att_cmd_report, att_cmd_demo, att_cmd_doctor, att_cmd_help;
extern const att_command att_cmd_new, att_cmd_replay;
extern const att_command att_cmd_fmt, att_cmd_diff;
extern const att_command att_cmd_convert;
extern const att_command att_cmd_translate;
extern const att_command att_cmd_people;
extern const att_command att_cmd_simulate;
extern const att_command att_cmd_test, att_cmd_graph, att_cmd_show;

#endif
