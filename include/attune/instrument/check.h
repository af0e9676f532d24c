/* check.h - all that is wrong with an instrument, at once: a table of rules
 */
#ifndef ATTUNE_INSTRUMENT_CHECK_H
#define ATTUNE_INSTRUMENT_CHECK_H

#include <attune/base/file.h>
#include <attune/base/issue.h>
#include <attune/base/json.h>
#include <attune/instrument/instrument.h>
#include <attune/instrument/paths.h>

typedef struct att_rule {
    const char *code; /* "L034" */
    att_severity severity;
    const char *title;  /* "a choice code is in the missing range" */
    const char *why;    /* a paragraph */
    const char *before; /* an example that breaks it, one line of JSON */
    const char *after;  /* the same, mended */
} att_rule;

extern const att_rule att_rules[];
extern const size_t att_n_rules;
const att_rule *att_rule_find(const char *code);

/* How hard the questions of an instrument are to read, in each language. */
typedef struct att_grades {
    size_t n;                           /* languages */
    const char *tag[ATT_LANGUAGES_MAX]; /* [n] in the instrument's arena */
    double grade[ATT_LANGUAGES_MAX]; /* [n] of school; NaN: too few words, or no formula
                                           (reading.h) */
} att_grades;

typedef struct att_check_opts {
    const char *const *spoken; /* [n_spoken] languages that the faces have words for */
    size_t n_spoken;
    att_paths *paths;   /* NULL: ways are not looked at; else filled, and what is wrong
                         with them found (rules from L201 on) */
    att_grades *grades; /* NULL: style is not looked at; else filled, and what reads
                           badly found (rules from L301 on) */
} att_check_opts;

/* Reads an instrument and runs every rule over it: what the reader finds (errors), and
 * what can be read but is suspect. Findings are sorted. The model, or NULL when it has
 * errors; its digest is left empty, since to work it out takes as long as to check. */
att_instrument *att_instrument_check(att_arena *arena, att_json *json,
                                     const att_check_opts *opts, att_issues *issues);

/* The same for bytes that may not be JSON at all: that is a finding too, L001, or L002
 * over a limit, with the source line where there is one. */
att_instrument *att_instrument_check_bytes(att_arena *arena, const char *name,
                                           const att_bytes *bytes,
                                           const att_check_opts *opts,
                                           att_issues *issues);

/* The same for a file; "-" is standard input. Fails only when the file cannot be read
 * (it is not there, is a folder, the disk fails); one over the limit is a finding. */
att_code att_instrument_check_file(att_arena *arena, const char *path,
                                   const att_check_opts *opts, att_issues *issues,
                                   att_err *err);

#endif
