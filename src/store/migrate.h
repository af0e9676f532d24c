/* migrate.h - the study file's format, one numbered step at a time, only forward
 */
#ifndef ATTUNE_SRC_STORE_MIGRATE_H
#define ATTUNE_SRC_STORE_MIGRATE_H

#include "db.h"

/* Whether the file is behind the steps (then *out is true), or is no study (EINPUT), or
 * is newer than n steps (EINPUT, with the version that wrote it). */
att_code att_migrate_needed(att_db *db, size_t n, bool *out, att_err *err);

/* Runs the steps that are missing, each in a transaction of its own. A file that has
 * steps already is copied first, to PATH.format-N (N: the step it stands at). */
att_code att_migrate_run(att_db *db, const att_schema_step *steps, size_t n,
                         att_err *err);

#endif
