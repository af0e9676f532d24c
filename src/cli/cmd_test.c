/* cmd_test.c - attune test: tests beside instruments, and how much they would notice
 */
#include "commands.h"

#include <glob.h>
#include <string.h>
#include <unistd.h>

#include <attune/base/file.h>
#include <attune/base/json.h>
#include <attune/base/text.h>
#include <attune/instrument/read.h>

#include "testing.h"
#include "trying.h"

/* What one test file came to. */
typedef struct tested {
    const att_trials *trials;
    const char *path; /* of the instrument */
    const att_instrument *instrument;
    att_miss **misses; /* [trials->n] */
    size_t *n_misses;  /* [trials->n] */
} tested;

typedef struct sums {
    size_t n_passed, n_failed;
} sums;

/* ---- which files ---- */

/* The files named, or those that lie where tests lie. */
static att_code find_files(att_call *call, const char *const **out, size_t *n,
                           att_err *err)
{
    static const char *const places[] = { "tests/*.json", "instruments/tests/*.json" };
    const char **files;
    glob_t found;

    *out = call->args;
    *n = call->n_args;
    for (size_t i = 0; *n == 0 && i < sizeof places / sizeof *places; i++) {
        if (glob(places[i], 0, NULL, &found) == 0) {
            files = att_new_n(call->arena, const char *, found.gl_pathc);
            for (; *n < found.gl_pathc; *n += 1) {
                files[*n] = att_arena_text(call->arena, found.gl_pathv[*n]);
            }
            *out = files;
        }
        globfree(&found);
    }
    if (*n == 0) {
        att_fail(err, ATT_ENOTFOUND,
                 "no file was named, and there are none in \"%s\" "
                 "or \"%s\"",
                 "tests", "instruments/tests");
        return att_hint(err, "see \"attune help test\"");
    }
    return ATT_OK;
}

/* ---- running ---- */

static att_code read_one(att_call *call, const char *file, tested *out, att_err *err)
{
    out->trials = att_trials_open(call->arena, file, err);
    if (out->trials == NULL) {
        return err->code;
    }
    out->path = att_trials_find(call->arena, out->trials,
                                att_option_get(call, "instrument"), err);
    if (out->path == NULL) {
        return err->code;
    }
    out->instrument = att_instrument_open(call->arena, out->path, err);
    if (out->instrument == NULL) {
        return att_hint(err, "see all that is wrong: attune check %s", out->path);
    }
    if (strncmp(out->trials->instrument, out->instrument->id,
                strlen(out->instrument->id)) != 0 ||
        strcspn(out->trials->instrument, "@") != strlen(out->instrument->id) ||
        !att_trials_fits(out->trials->instrument, out->instrument->version)) {
        att_fail(err, ATT_EINPUT, "the tests want \"%s\"; \"%s\" holds %s %s",
                 out->trials->instrument, out->path, out->instrument->id,
                 out->instrument->version);
        att_hint(err, "write tests for this version, or name another file: "
                      "--instrument FILE");
        return att_at(err, file, 0, 0, "/instrument");
    }
    return ATT_OK;
}

static void run_one(att_call *call, tested *one, sums *all)
{
    size_t n = one->trials->n;

    one->misses = att_new_n(call->arena, att_miss *, n);
    one->n_misses = att_new_n(call->arena, size_t, n);
    for (size_t i = 0; i < n; i++) {
        one->misses[i] = att_trial_run(call->arena, one->instrument,
                                       &one->trials->list[i], &one->n_misses[i]);
        if (one->n_misses[i] == 0) {
            all->n_passed += 1;
        } else {
            all->n_failed += 1;
        }
    }
}

/* ---- telling ---- */

static void write_miss(att_buf *out, const att_miss *miss)
{
    att_buf_add(out, "      ");
    att_text_tame(out, miss->what);
    att_buf_add(out, ": expected ");
    att_text_tame(out, miss->wanted[0] == '\0' ? "nothing" : miss->wanted);
    att_buf_add(out, ", got ");
    att_text_tame(out, miss->got[0] == '\0' ? "nothing" : miss->got);
    att_buf_char(out, '\n');
}

static void write_text(att_call *call, const tested *files, size_t n)
{
    att_style style = att_style_for(STDOUT_FILENO, call->color);

    for (size_t f = 0; f < n; f++) {
        for (size_t i = 0; i < files[f].trials->n; i++) {
            const att_trial *trial = &files[f].trials->list[i];
            bool is_passed = files[f].n_misses[i] == 0;
            att_role role = is_passed ? ATT_ROLE_GOOD : ATT_ROLE_ALERT;

            att_buf_format(call->out, "%s%s%s  %s: ", att_style_on(style, role),
                           is_passed ? "pass" : "FAIL", att_style_off(style, role),
                           files[f].instrument->id);
            att_text_tame(call->out, trial->name);
            att_buf_char(call->out, '\n');
            if (!is_passed) {
                att_buf_format(call->out, "      at %s:%u\n", files[f].trials->path,
                               trial->line);
            }
            for (size_t k = 0; k < files[f].n_misses[i]; k++) {
                write_miss(call->out, &files[f].misses[i][k]);
            }
        }
    }
}

static void write_trial(att_json_out *out, const tested *file, size_t i)
{
    att_json_object(out);
    att_json_put_string(out, "name", file->trials->list[i].name);
    att_json_put_whole(out, "line", (long long)file->trials->list[i].line);
    att_json_put_bool(out, "passed", file->n_misses[i] == 0);
    att_json_key(out, "failures");
    att_json_list(out);
    for (size_t k = 0; k < file->n_misses[i]; k++) {
        const att_miss *miss = &file->misses[i][k];

        att_json_object(out);
        att_json_put_string(out, "what", miss->what);
        att_json_put_string(out, "expected", miss->wanted);
        att_json_put_string(out, "got", miss->got);
        att_json_end_object(out);
    }
    att_json_end_list(out);
    att_json_end_object(out);
}

static void write_json(att_call *call, const tested *files, size_t n, const sums *all,
                       const att_tried *tried)
{
    att_json_out out = att_json_begin(call->out, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-test/1");
    att_json_put_whole(&out, "passed", (long long)all->n_passed);
    att_json_put_whole(&out, "failed", (long long)all->n_failed);
    att_json_key(&out, "files");
    att_json_list(&out);
    for (size_t f = 0; f < n; f++) {
        att_json_object(&out);
        att_json_put_string(&out, "path", files[f].trials->path);
        att_json_put_string(&out, "instrument", files[f].instrument->id);
        att_json_put_string(&out, "version", files[f].instrument->version);
        att_json_key(&out, "tests");
        att_json_list(&out);
        for (size_t i = 0; i < files[f].trials->n; i++) {
            write_trial(&out, &files[f], i);
        }
        att_json_end_list(&out);
        att_json_end_object(&out);
    }
    att_json_end_list(&out);
    if (tried != NULL) {
        att_json_key(&out, "faults");
        att_tried_json(&out, tried);
    }
    att_json_end_object(&out);
    att_buf_char(call->out, '\n');
}

/* ---- faults ---- */

/* Faults in each instrument once, with the tests of all files that are for it. */
static att_code try_faults(att_call *call, const tested *files, size_t n,
                           att_tried *tried, att_err *err)
{
    for (size_t f = 0; f < n; f++) {
        const att_trials **trials = att_new_n(call->arena, const att_trials *, n);
        size_t n_trials = 0;
        bool is_first = true;

        for (size_t k = 0; k < n; k++) {
            if (strcmp(files[k].path, files[f].path) == 0) {
                is_first = is_first && k >= f;
                trials[n_trials++] = files[k].trials;
            }
        }
        if (is_first) {
            ATT_TRY(att_tried_add(tried, files[f].path, trials, n_trials, err));
        }
    }
    return ATT_OK;
}

static int run_test(att_call *call, att_err *err)
{
    const char *const *paths = NULL;
    bool is_mutate = att_option_get(call, "mutate") != NULL;
    att_tried tried = { .arena = call->arena, .seed = 1 };
    sums all = { 0 };
    tested *files;
    size_t n = 0;

    if (att_option_seed(call, &tried.seed, err) != ATT_OK ||
        find_files(call, &paths, &n, err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    files = att_new_n(call->arena, tested, n);
    for (size_t i = 0; i < n; i++) {
        if (read_one(call, paths[i], &files[i], err) != ATT_OK) {
            return att_code_exit_status(err->code);
        }
        run_one(call, &files[i], &all);
    }
    is_mutate = is_mutate && all.n_failed == 0;
    if (is_mutate && try_faults(call, files, n, &tried, err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    if (call->is_json) {
        write_json(call, files, n, &all, is_mutate ? &tried : NULL);
    } else {
        if (is_mutate) {
            att_tried_write(call->out, &tried);
        } else {
            write_text(call, files, n);
        }
        att_buf_format(call->out, "%zu passed, %zu failed\n", all.n_passed,
                       all.n_failed);
    }
    return all.n_failed == 0 ? 0 : 1;
}

static const att_flag options[] = {
    { "instrument", 'i', "FILE", "the instrument (default: by id, beside or above)",
      NULL },
    { "mutate", 0, NULL, "make faults in it and count those that are noticed", NULL },
    { "seed", 0, "N", "of the faults (default: 1)", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_test = {
    .name = "test",
    .group = ATT_GROUP_WRITE,
    .about = "Runs the tests that stand beside instruments.",
    .examples = "  attune test tests/my.json\n"
                "  attune test --mutate            how much would the tests notice?\n",
    .usage = "[FILE...] [options]",
    .options = options,
    .max_args = (size_t)-1,
    .is_json = true,
    .run = run_test,
};
