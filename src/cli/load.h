/* load.h - from a study file to what the commands work on
 */
#ifndef ATTUNE_CLI_LOAD_H
#define ATTUNE_CLI_LOAD_H

#include <attune/data/assemble.h>
#include <attune/instrument/sheet.h>
#include <attune/store/study.h>

#include "command.h"

/* The study's path: --study, else $ATTUNE_STUDY, else the one *.attune in this folder.
 * NULL with EUSAGE when there is none, or more than one. */
const char *att_load_path(const att_call *call, att_err *err);

/* The same for a command that can do without a study: NULL and no error when none was
 * named and there is not exactly one here. */
const char *att_load_path_here(const att_call *call);

att_store *att_load_store(const att_call *call, att_open_mode mode, att_err *err);

/* All responses to one instrument, with every version they were made with. */
typedef struct att_load {
    const att_instrument *instrument;      /* the newest version */
    const att_instrument *const *versions; /* [n_versions] in order of adding */
    size_t n_versions;
    att_setting *settings;
    size_t n_settings;
    const att_frame *frame;
    bool is_simulated; /* some of them were invented */
    size_t n_finished;
} att_load;

att_code att_load_frame(att_arena *arena, att_store *store, const char *instrument,
                        const att_assemble_opts *opts, att_load *out, att_err *err);

/* Each response to an instrument (NULL: to any) with the version it was made with. */
typedef att_code (*att_load_visit)(void *data, att_arena *arena,
                                   const att_instrument *instrument,
                                   const att_response *response, att_err *err);
att_code att_load_each(att_arena *arena, att_store *store, const char *instrument,
                       att_load_visit visit, void *data, att_err *err);

/* The name of the program and its version: "attune 0.1.0". */
const char *att_program(void);

#endif
