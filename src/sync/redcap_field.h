/* redcap_field.h - what a field of the project takes, and how a value is written for it
 *
 * Pure functions over the project's dictionary. Failures are EINPUT and name the field:
 * "the field \"recs_t1\" has no choice 6".
 */
#ifndef ATTUNE_SRC_SYNC_REDCAP_FIELD_H
#define ATTUNE_SRC_SYNC_REDCAP_FIELD_H

#include <attune/base/stamp.h>
#include <attune/sync/redcap.h>

const att_redcap_field *att_redcap_find(const att_redcap_project *project,
                                        const char *name);

/* Whether "1, One | 2, Two" has a code, exactly as written. */
bool att_redcap_has_code(const char *choices, const char *code);

/* The n-th code of choices, from 0, in arena; NULL past the last. */
char *att_redcap_code_at(att_arena *arena, const char *choices, size_t n);

bool att_redcap_is_checkbox(const att_redcap_field *field);

/* The column of a checkbox option: as the server names it; or by REDCap's rule when
 * the dictionary has the option. NULL when there is no such option. */
const char *att_redcap_column(att_arena *arena, const att_redcap_project *project,
                              const att_redcap_field *field, const char *code);

/* Text for a value, or NULL with *err. is_rounded: decimals that the field has not are
 * rounded off, not refused. */
const char *att_redcap_number(att_arena *arena, const att_redcap_field *field, double x,
                              bool is_rounded, att_err *err);
/* A time of day or a day with one ("14:30", "2026-09-14 14:30") fits the field whose
 * validation says so; where that has seconds, they are :00. */
const char *att_redcap_text(att_arena *arena, const att_redcap_field *field,
                            const char *text, att_err *err);
const char *att_redcap_day(att_arena *arena, const att_redcap_field *field, att_day day,
                           att_err *err);
/* An instant in local time, offset minutes ahead of UTC, where the field's validation
 * is a date or time; else in UTC as ISO 8601. */
const char *att_redcap_stamp(att_arena *arena, const att_redcap_field *field,
                             att_msec at, int offset, att_err *err);

#endif
