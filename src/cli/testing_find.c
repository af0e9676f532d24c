/* testing_find.c - the instrument that tests are for: its version and its file
 */
#include "testing.h"

#include <dirent.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/json.h>
#include <attune/base/number.h>

/* Up to three numbers of "1.2.0"; how many there were, 0 when it is no version. */
static size_t read_version(const char *text, long long out[3])
{
    size_t n = 0;

    while (n < 3) {
        size_t length = strcspn(text, ".");

        if (!att_number_read_whole(text, length, &out[n])) {
            return 0;
        }
        n++;
        text += length;
        if (*text == '\0') {
            return n;
        }
        text++;
    }
    return 0;
}

bool att_trials_fits(const char *wanted, const char *version)
{
    const char *range = strchr(wanted, '@');
    bool is_caret = range != NULL && range[1] == '^';
    long long least[3] = { 0 };
    long long have[3] = { 0 };
    size_t n;
    size_t fixed;

    if (range == NULL) {
        return true;
    }
    n = read_version(range + (is_caret ? 2 : 1), least);
    if (n == 0 || read_version(version, have) != 3) {
        return false;
    }
    /* a caret keeps the first number that is not 0, and all before it */
    fixed = n;
    if (is_caret) {
        for (fixed = 1; fixed < n && least[fixed - 1] == 0; fixed++) {
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (have[i] != least[i]) {
            return i >= fixed && have[i] > least[i];
        }
    }
    return true;
}

/* Whether a file holds the instrument of that id; quietly false where it cannot. */
static bool holds(const char *path, const char *id, size_t n)
{
    att_err ignored = { 0 };
    att_json *json = att_json_open(path, &ignored);
    const json_t *root = json == NULL ? NULL : att_json_root(json);
    const char *have = json_string_value(json_object_get(root, "id"));
    bool is_it = json_object_get(root, "items") != NULL && have != NULL &&
                 strlen(have) == n && strncmp(have, id, n) == 0;

    att_json_close(json);
    return is_it;
}

/* ID.json in a folder, else the file there, first by name, that says it is ID. */
static const char *look_in(att_arena *arena, const char *folder, const char *id,
                           size_t n)
{
    const char *path = att_arena_format(arena, "%s%.*s.json", folder, (int)n, id);
    const char *best = NULL;
    const struct dirent *entry;
    DIR *dir;

    if (holds(path, id, n)) {
        return path;
    }
    dir = opendir(folder[0] == '\0' ? "." : folder);
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        size_t length = strlen(entry->d_name);

        if (length < 6 || strcmp(entry->d_name + length - 5, ".json") != 0) {
            continue;
        }
        path = att_arena_format(arena, "%s%s", folder, entry->d_name);
        if (holds(path, id, n) && (best == NULL || strcmp(path, best) < 0)) {
            best = path;
        }
    }
    if (dir != NULL) {
        closedir(dir);
    }
    return best;
}

/* The folder above one that ends in "/" or is "": "a/b/" is in "a/", "" in "../". */
static const char *above(att_arena *arena, const char *folder)
{
    size_t n = strlen(folder);
    const char *last = folder;

    if (n == 0 || strcmp(folder, "./") == 0) {
        return "../";
    }
    for (size_t i = 0; i + 1 < n; i++) {
        if (folder[i] == '/') {
            last = folder + i + 1;
        }
    }
    if (strcmp(last, "../") == 0 || strcmp(last, "./") == 0) {
        return att_arena_format(arena, "%s../", folder);
    }
    return att_arena_text_n(arena, folder, (size_t)(last - folder));
}

const char *att_trials_find(att_arena *arena, const att_trials *trials,
                            const char *given, att_err *err)
{
    const char *slash = strrchr(trials->path, '/');
    size_t n_folder = slash == NULL ? 0 : (size_t)(slash - trials->path) + 1;
    const char *folder = att_arena_text_n(arena, trials->path, n_folder);
    size_t n = strcspn(trials->instrument, "@");
    const char *path;

    if (given != NULL) {
        return given;
    }
    path = look_in(arena, folder, trials->instrument, n);
    if (path == NULL) {
        path = look_in(arena, above(arena, folder), trials->instrument, n);
    }
    if (path == NULL) {
        att_fail(
            err, ATT_ENOTFOUND,
            "no instrument \"%.*s\" stands beside the tests or in the folder above",
            (int)n, trials->instrument);
        att_hint(err, "name its file: --instrument FILE");
        att_at(err, trials->path, 0, 0, "/instrument");
    }
    return path;
}
