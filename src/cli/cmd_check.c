/* cmd_check.c - attune check: all that is wrong with instruments
 */
#include "commands.h"

#include <math.h>
#include <string.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/face/words.h>
#include <attune/instrument/check.h>

#include "sarif.h"

/* What went on with one file. */
typedef struct checked {
    const char *path;
    att_issues issues;
    att_paths paths;   /* with --paths; of no items when there are errors */
    att_grades grades; /* with --style; of no languages when there are errors */
} checked;

static att_code check_file(att_call *call, checked *file, att_err *err)
{
    att_check_opts opts = { 0 };

    file->issues.arena = call->arena;
    opts.spoken = att_words_spoken(&opts.n_spoken);
    opts.paths = att_option_get(call, "paths") != NULL ? &file->paths : NULL;
    opts.grades = att_option_get(call, "style") != NULL ? &file->grades : NULL;
    return att_instrument_check_file(call->arena, file->path, &opts, &file->issues,
                                     err);
}

static void write_finding(att_json_out *out, const att_issue *issue)
{
    att_json_object(out);
    att_json_put_string(out, "rule", issue->rule);
    att_json_put_string(out, "severity",
                        issue->severity == ATT_SEVERITY_ERROR ? "error" : "warning");
    att_json_put_string(out, "message", issue->what.message);
    att_json_put_string(out, "hint", issue->what.hint);
    att_json_put_whole(out, "line", (long long)issue->what.where.line);
    att_json_put_whole(out, "column", (long long)issue->what.where.column);
    att_json_put_string(out, "pointer", issue->what.where.pointer);
    att_json_end_object(out);
}

static void write_paths_json(att_json_out *out, const att_paths *paths)
{
    att_json_key(out, "paths");
    att_json_object(out);
    att_json_put_whole(out, "questions_least", (long long)paths->least);
    att_json_put_number(out, "questions_typical", paths->typical);
    att_json_put_whole(out, "questions_most", (long long)paths->most);
    att_json_put_bool(out, "is_exact", paths->is_exact);
    if (paths->minutes[1] > 0) {
        att_json_put_number(out, "minutes_least", paths->minutes[0]);
        att_json_put_number(out, "minutes_typical", paths->minutes[1]);
        att_json_put_number(out, "minutes_most", paths->minutes[2]);
    }
    att_json_put_whole(out, "conditions", (long long)paths->n_conditions);
    att_json_put_whole(out, "groups", (long long)paths->n_groups);
    att_json_put_whole(out, "ways", (long long)paths->n_ways);
    att_json_key(out, "not_proved");
    att_json_list(out);
    for (size_t i = 0; i < paths->n_conditions; i++) {
        if (!paths->conditions[i].is_proved) {
            att_json_object(out);
            att_json_put_string(out, "pointer", paths->conditions[i].pointer);
            att_json_put_string(out, "why", paths->conditions[i].why);
            att_json_end_object(out);
        }
    }
    att_json_end_list(out);
    att_json_key(out, "scores");
    att_json_list(out);
    for (size_t i = 0; i < paths->n_scores; i++) {
        const att_score_reach *reach = &paths->scores[i];

        att_json_object(out);
        att_json_put_string(out, "id", reach->id);
        att_json_put_whole(out, "items_least", (long long)reach->least);
        att_json_put_whole(out, "items_most", (long long)reach->most);
        if (reach->has_range) {
            att_json_put_number(out, "low", reach->low);
            att_json_put_number(out, "high", reach->high);
        }
        att_json_end_object(out);
    }
    att_json_end_list(out);
    att_json_end_object(out);
}

static void write_grades_json(att_json_out *out, const att_grades *grades)
{
    att_json_key(out, "reading_grades");
    att_json_object(out);
    for (size_t i = 0; i < grades->n; i++) {
        att_json_put_number(out, grades->tag[i], grades->grade[i]);
    }
    att_json_end_object(out);
}

static void write_json(att_buf *buf, const checked *files, size_t n)
{
    att_json_out out = att_json_begin(buf, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-check/1");
    att_json_key(&out, "files");
    att_json_list(&out);
    for (size_t i = 0; i < n; i++) {
        att_json_object(&out);
        att_json_put_string(&out, "path", files[i].path);
        att_json_put_whole(&out, "errors", (long long)files[i].issues.n_errors);
        att_json_put_whole(&out, "warnings", (long long)files[i].issues.n_warnings);
        att_json_key(&out, "findings");
        att_json_list(&out);
        for (size_t k = 0; k < files[i].issues.n; k++) {
            write_finding(&out, &files[i].issues.list[k]);
        }
        att_json_end_list(&out);
        if (files[i].paths.n_items > 0) {
            write_paths_json(&out, &files[i].paths);
        }
        if (files[i].grades.n > 0) {
            write_grades_json(&out, &files[i].grades);
        }
        att_json_end_object(&out);
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

static const char *count_text(att_arena *arena, size_t n, const char *noun)
{
    return att_arena_format(arena, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}

/* "4 to 7, typically 5.5" */
static void write_span(att_buf *out, double least, double typical, double most,
                       int digits)
{
    att_number_fixed(out, least, digits);
    att_buf_add(out, " to ");
    att_number_fixed(out, most, digits);
    att_buf_add(out, ", typically ");
    att_number_fixed(out, typical, 1);
}

static void write_scores(att_buf *out, const att_paths *paths)
{
    for (size_t i = 0; i < paths->n_scores; i++) {
        const att_score_reach *reach = &paths->scores[i];

        att_buf_format(out, "  score %s: ", reach->id);
        if (reach->has_range) {
            att_number_write(out, reach->low);
            att_buf_add(out, " to ");
            att_number_write(out, reach->high);
            att_buf_add(out, "; ");
        }
        if (reach->least == reach->most) {
            att_buf_format(out, "%zu items asked\n", reach->most);
        } else {
            att_buf_format(out, "%zu to %zu items asked\n", reach->least, reach->most);
        }
    }
}

static void write_paths(att_buf *out, const checked *file)
{
    const att_paths *paths = &file->paths;

    att_text_tame(out, file->path);
    att_buf_add(out, ": questions on one way: ");
    write_span(out, (double)paths->least, paths->typical, (double)paths->most, 0);
    att_buf_add(out, paths->is_exact ? "\n" : " (bounds)\n");
    if (paths->minutes[1] > 0) {
        att_buf_add(out, "  minutes: ");
        write_span(out, paths->minutes[0], paths->minutes[1], paths->minutes[2], 1);
        att_buf_char(out, '\n');
    }
    att_buf_format(out, "  conditions proved: %zu of %zu; groups: %zu; ways tried: ",
                   paths->n_conditions - paths->n_unproved, paths->n_conditions,
                   paths->n_groups);
    att_number_grouped(out, (long long)paths->n_ways);
    att_buf_char(out, '\n');
    for (size_t i = 0; i < paths->n_conditions; i++) {
        if (!paths->conditions[i].is_proved) {
            att_buf_add(out, "  not proved: ");
            att_text_tame(out, paths->conditions[i].pointer);
            att_buf_format(out, ": %s\n", paths->conditions[i].why);
        }
    }
    write_scores(out, paths);
}

/* "pulse.json: questions read at grade 5.1 (en)" */
static void write_grades(att_buf *out, const checked *file)
{
    const char *between = ": questions read at grade ";
    bool is_any = false;

    for (size_t i = 0; i < file->grades.n; i++) {
        if (isnan(file->grades.grade[i])) {
            continue;
        }
        if (!is_any) {
            att_text_tame(out, file->path);
        }
        att_buf_add(out, between);
        att_number_fixed(out, file->grades.grade[i], 1);
        att_buf_add(out, " (");
        att_text_tame(out, file->grades.tag[i]);
        att_buf_char(out, ')');
        between = ", ";
        is_any = true;
    }
    att_buf_add(out, is_any ? "\n" : "");
}

static void write_text(att_call *call, const checked *files, size_t n)
{
    size_t n_errors = 0;
    size_t n_warnings = 0;
    const char *first = NULL;

    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < files[i].issues.n; k++) {
            att_issue_write(call->out, &files[i].issues.list[k]);
            first = first == NULL ? files[i].issues.list[k].rule : first;
        }
        if (files[i].paths.n_items > 0) {
            write_paths(call->out, &files[i]);
        }
        write_grades(call->out, &files[i]);
        n_errors += files[i].issues.n_errors;
        n_warnings += files[i].issues.n_warnings;
    }
    att_buf_format(call->out, "%s, %s in %s.",
                   count_text(call->arena, n_errors, "error"),
                   count_text(call->arena, n_warnings, "warning"),
                   count_text(call->arena, n, "file"));
    if (first != NULL) {
        att_buf_format(call->out, " \"attune explain %s\" says more about a rule.",
                       first);
    }
    att_buf_char(call->out, '\n');
}

static void write_sarif(att_call *call, const checked *files, size_t n)
{
    const att_issues **issues = att_new_n(call->arena, const att_issues *, n);

    for (size_t i = 0; i < n; i++) {
        issues[i] = &files[i].issues;
    }
    att_sarif_write(call->out, ATT_VERSION, issues, n);
}

static int run_check(att_call *call, att_err *err)
{
    checked *files = att_new_n(call->arena, checked, call->n_args);
    const char *format = att_option_get(call, "format");
    bool is_clean = true;

    for (size_t i = 0; i < call->n_args; i++) {
        files[i].path = call->args[i];
        if (check_file(call, &files[i], err) != ATT_OK) {
            return att_code_exit_status(err->code);
        }
        is_clean = is_clean && files[i].issues.n_errors == 0;
    }
    if (format == NULL) {
        format = call->is_json ? "json" : "text";
    }
    if (strcmp(format, "sarif") == 0) {
        write_sarif(call, files, call->n_args);
    } else if (strcmp(format, "json") == 0) {
        write_json(call->out, files, call->n_args);
    } else {
        write_text(call, files, call->n_args);
    }
    return is_clean ? 0 : 1;
}

static const att_flag options[] = {
    { "format", 0, "FORMAT",
      "text (default), json, or sarif for editors and code hosts", "text json sarif" },
    { "paths", 0, NULL,
      "try every way through: what is never asked, how many questions", NULL },
    { "style", 0, NULL, "say what could be said more plainly, and the reading grade",
      NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_check = {
    .name = "check",
    .group = ATT_GROUP_WRITE,
    .about = "Says all that is wrong with an instrument, and where.",
    .examples =
        "  attune check my.json\n"
        "  attune check instruments/*.json --json\n"
        "  attune check my.json --paths           try every way through it\n"
        "  attune check my.json --style           reading grade, double questions\n"
        "  attune check my.json --format sarif >my.sarif\n",
    .usage = "FILE... [options]",
    .options = options,
    .min_args = 1,
    .max_args = (size_t)-1,
    .is_json = true,
    .run = run_check,
};
