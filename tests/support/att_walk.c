/* att_walk.c - one random interview, told to every face; see the header */
#define _DEFAULT_SOURCE 1

#include "att_walk.h"

#include <dirent.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <attune/base/text.h>

#include "att_faced.h"
#include "att_test.h"

#define PATIENCE 30000 /* ms without a byte until a terminal counts as stuck */

static unsigned long long next_random(unsigned long long *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

/* ---- one answer, as each face takes it ---- */

typedef struct telling {
    att_buf json, typed, keys;
    att_answer answer;
} telling;

static void drop_telling(telling *t)
{
    att_buf_drop(&t->json);
    att_buf_drop(&t->typed);
    att_buf_drop(&t->keys);
}

static void tell_reason(telling *t, const att_option *option)
{
    att_buf_format(&t->json, "{\"reason\":\"%s\"}", att_reason_name(option->reason));
    att_buf_format(&t->typed, "%c", option->letter);
    att_buf_format(&t->keys, "%c\r", option->letter);
    t->answer = att_answer_of_reason(option->reason);
}

/* The same words for the box of every face. */
static void tell_words(telling *t, const char *words, bool is_number)
{
    att_buf_format(&t->json, is_number ? "%s" : "\"%s\"", words);
    att_buf_add(&t->typed, words);
    att_buf_format(&t->keys, "%s\r", words);
}

static void tell_one(telling *t, const att_view *view, unsigned long long pick)
{
    const att_option *option = &view->options[pick % view->n_choices];

    att_buf_format(&t->json, "%d", option->code);
    att_buf_format(&t->typed, "%d", option->number);
    att_buf_format(&t->keys, "%d\r", option->number);
    t->answer = att_answer_of_number(option->code);
}

/* Some of the choices, or one that excludes the others. */
static void tell_many(att_talk *talk, telling *t, const att_view *view,
                      unsigned long long *seed)
{
    int *codes = att_new_n(&talk->arena, int, view->n_choices);
    size_t lone = next_random(seed) % view->n_choices;
    bool is_alone = view->options[lone].is_exclusive;
    size_t n = 0;

    for (size_t i = 0; i < view->n_choices; i++) {
        const att_option *option = &view->options[i];
        bool is_marked = is_alone ? i == lone
                                  : !option->is_exclusive &&
                                        (i == lone || next_random(seed) % 3 == 0);

        if (is_marked) {
            att_buf_format(&t->json, "%s%d", n == 0 ? "[" : ",", option->code);
            att_buf_format(&t->typed, "%s%d", n == 0 ? "" : " ", option->number);
            att_buf_add(&t->keys, " ");
            codes[n++] = option->code;
        }
        att_buf_add(&t->keys, "\033OB");
    }
    att_buf_add(&t->json, "]");
    att_buf_add(&t->keys, "\r");
    t->answer = att_answer_of_codes(codes, n);
}

/* Two of the choices, the later one first. */
static void tell_rank(att_talk *talk, telling *t, const att_view *view,
                      unsigned long long *seed)
{
    size_t first = next_random(seed) % view->n_choices;
    size_t second = (first + 1) % view->n_choices;
    int *codes = att_new_n(&talk->arena, int, 2);

    codes[0] = view->options[first].code;
    codes[1] = view->options[second].code;
    if (view->n_choices == 1) {
        att_buf_format(&t->json, "[%d]", codes[0]);
        att_buf_format(&t->typed, "%d", view->options[first].number);
    } else {
        att_buf_format(&t->json, "[%d,%d]", codes[0], codes[1]);
        att_buf_format(&t->typed, "%d %d", view->options[first].number,
                       view->options[second].number);
    }
    for (size_t i = 0; i < view->n_choices; i++) {
        if (i == first || i == second) {
            att_buf_add(&t->keys, i == first ? "1" : "2");
        }
        att_buf_add(&t->keys, "\033OB");
    }
    att_buf_add(&t->keys, "\r");
    t->answer = att_answer_of_ranks(codes, view->n_choices == 1 ? 1 : 2);
}

static void tell_box(att_talk *talk, telling *t, const att_view *view, size_t item,
                     unsigned long long pick)
{
    const att_item *asked = &talk->instrument->items[item];
    double low = view->low == view->low ? view->low : 0;
    double high = view->high == view->high ? view->high : low + 60;
    unsigned long long span = (unsigned long long)(high - low) + 1;
    att_day day = view->has_last_day ? view->last_day : view->today;
    char date[ATT_DAY_SIZE];
    att_buf words = { 0 };
    att_offer offer;

    att_day_write(date, day);
    switch (view->shape) {
    case ATT_SHAPE_TEXT: att_buf_format(&words, "w %llu", pick % 100); break;
    case ATT_SHAPE_DATE: att_buf_add(&words, date); break;
    case ATT_SHAPE_TIME: att_buf_format(&words, "%02llu:30", pick % 24); break;
    case ATT_SHAPE_DATETIME:
        att_buf_format(&words, "%s %02llu:05", date, pick % 24);
        break;
    default: att_buf_format(&words, "%.0f", low + (double)(pick % span)); break;
    }
    tell_words(t, att_buf_text(&words),
               view->shape == ATT_SHAPE_NUMBER || view->shape == ATT_SHAPE_SLIDER);
    offer = att_sheet_offer(&talk->arena, att_session_sheet(talk->session), item);
    asked->kind->parse(&talk->arena, asked, &offer, att_buf_text(&words), &t->answer);
    if (view->is_long) {
        att_buf_add(&t->typed, "\n");
        t->keys.n--; /* Enter is a new line there */
        att_buf_add(&t->keys, "\033[6~");
    }
    att_buf_drop(&words);
}

static void tell(att_talk *talk, telling *t, const att_view *view, size_t item,
                 unsigned long long *seed)
{
    unsigned long long pick = next_random(seed);
    size_t n_reasons = view->n_options - view->n_choices;
    bool is_box = view->shape == ATT_SHAPE_TEXT;

    if (view->is_consent) {
        att_buf_add(&t->json, "true");
        att_buf_add(&t->typed, "1");
        att_buf_add(&t->keys, "1\r");
        t->answer = att_answer_of_number(1);
    } else if (n_reasons > 0 && !is_box && pick % 6 == 0) {
        tell_reason(t, &view->options[view->n_choices + pick % n_reasons]);
    } else if (view->shape == ATT_SHAPE_PICK_ONE) {
        tell_one(t, view, pick / 7);
    } else if (view->shape == ATT_SHAPE_PICK_MANY) {
        tell_many(talk, t, view, seed);
    } else if (view->shape == ATT_SHAPE_RANK) {
        tell_rank(talk, t, view, seed);
    } else {
        tell_box(talk, t, view, item, pick / 7);
    }
}

/* ---- the walk ---- */

/* Whether the question may be passed with Enter alone in every face. */
static bool is_passed(const att_view *view, unsigned long long *seed)
{
    bool is_list = view->n_choices > 60;

    return view->screen == ATT_SCREEN_QUESTION && view->required == ATT_REQUIRED_NO &&
           !view->is_consent && (is_list || next_random(seed) % 8 == 0);
}

static void pass(att_talk *talk, att_walk *walk, const att_view *view)
{
    att_event_kind kind = ATT_EVENT_SKIP;

    att_buf_add(&walk->typed, "\n");
    att_buf_add(&walk->keys, view->is_long ? "\033[6~" : "\r");
    assert_int_equal(att_talk_event(talk, kind, talk->instrument->items[view->item].id,
                                    (att_answer){ .kind = ATT_ANSWER_NONE }),
                     ATT_REFUSAL_NONE);
}

/* An answer that is warned about is given again, as each face has it. */
static bool is_taken(att_talk *talk, const char *id, telling *t)
{
    att_refusal_code code = att_talk_answer(talk, id, t->answer);

    if (code == ATT_REFUSAL_WARN) {
        const char *once = att_arena_text(&talk->arena, att_buf_text(&t->typed));

        att_buf_format(&t->typed, "\n%s", once);
        att_buf_add(&t->keys, "\r");
        code = att_talk_answer(talk, id, t->answer);
    }
    return code == ATT_REFUSAL_NONE;
}

static void answer(att_talk *talk, att_walk *walk, const att_view *view,
                   unsigned long long *seed)
{
    size_t item =
        view->screen == ATT_SCREEN_GRID ? view->rows[view->row].item : view->item;
    const char *id = talk->instrument->items[item].id;

    for (size_t i = 0; i < 40; i++) {
        telling t = { 0 };

        tell(talk, &t, view, item, seed);
        if (is_taken(talk, id, &t)) {
            att_buf_format(&walk->json, "%s\"%s\":%s", walk->json.n > 1 ? "," : "", id,
                           att_buf_text(&t.json));
            att_buf_format(&walk->typed, "%s\n", att_buf_text(&t.typed));
            att_buf_add(&walk->keys, att_buf_text(&t.keys));
            walk->n_answers++;
            drop_telling(&t);
            return;
        }
        drop_telling(&t);
    }
    fail_msg("no answer to \"%s\" was taken", id);
}

void att_walk_make(att_talk *talk, unsigned long long seed, att_walk *walk)
{
    att_buf_add(&walk->json, "{");
    att_buf_add(&walk->typed, "1\n");
    att_buf_add(&walk->keys, "1\r");
    att_talk_do(talk, ATT_EVENT_AGREE);
    for (;;) {
        att_view view = att_talk_view(talk);

        if (view.screen == ATT_SCREEN_REVIEW) {
            att_buf_add(&walk->typed, "f\n");
            att_buf_add(&walk->keys, "\033OF\r");
            assert_int_equal(att_talk_do(talk, ATT_EVENT_FINISH), ATT_REFUSAL_NONE);
        } else if (view.screen == ATT_SCREEN_NOTE) {
            att_buf_add(&walk->typed, "\n");
            att_buf_add(&walk->keys, "\r");
            att_talk_do(talk, ATT_EVENT_NEXT);
        } else if (view.screen == ATT_SCREEN_FINISHED) {
            break;
        } else if (is_passed(&view, &seed)) {
            pass(talk, walk, &view);
        } else {
            answer(talk, walk, &view, &seed);
        }
    }
    att_buf_add(&walk->json, "}");
    att_buf_add(&walk->keys, "\r");
}

void att_walk_drop(att_walk *walk)
{
    att_buf_drop(&walk->json);
    att_buf_drop(&walk->typed);
    att_buf_drop(&walk->keys);
}

/* ---- the full face, on a terminal ---- */

static att_code keep(void *data, const att_entry *entry, att_err *err)
{
    (void)data;
    (void)entry;
    (void)err;
    return ATT_OK;
}

static const char *receipt(void *data)
{
    (void)data;
    return "";
}

/* Runs the interview in a child and leaves its record in a file. */
static int run_child(att_talk *talk, const char *path)
{
    const att_face_opts opts = { .in = stdin, .out = stdout };
    const att_sink sink = { .keep = keep, .receipt = receipt };
    att_face_end end = { 0 };
    att_err err = { 0 };
    FILE *file = NULL;

    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    att_text_start();
    if (att_face_run(att_face_find("full"), &opts, talk->session, &sink, &end, &err) !=
        ATT_OK) {
        return 98;
    }
    file = fopen(path, "w");
    if (file == NULL) {
        return 97;
    }
    fputs(att_talk_record(&talk->arena, talk->session), file);
    return fclose(file) == 0 && end.status == ATT_STATUS_COMPLETE ? 0 : 96;
}

/* Presses the keys once the terminal listens (it has asked for pastes in brackets), and
 * reads what comes until the child is done. */
static void press(int fd, const att_buf *keys, att_buf *seen)
{
    size_t sent = 0;
    bool is_open = false;

    for (;;) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        char bytes[4096];
        ssize_t n;

        if (is_open && sent < keys->n) {
            p.events |= POLLOUT;
        }
        if (poll(&p, 1, PATIENCE) <= 0) {
            return;
        }
        if ((p.revents & (POLLIN | POLLHUP)) != 0) {
            n = read(fd, bytes, sizeof bytes);
            if (n <= 0) {
                return;
            }
            att_buf_add_n(seen, bytes, (size_t)n);
            is_open = is_open || strstr(att_buf_text(seen), "\033[?2004h") != NULL;
        }
        if ((p.revents & POLLOUT) != 0) {
            size_t most = keys->n - sent < 256 ? keys->n - sent : 256;

            n = write(fd, att_buf_text(keys) + sent, most);
            sent += n > 0 ? (size_t)n : 0;
        }
    }
}

/* The record that the full face leaves, in talk's arena; the test fails when it ends
 * otherwise than complete. */
static const char *record_of_full(att_talk *talk, const att_buf *keys)
{
    struct winsize size = { .ws_row = 24, .ws_col = 80 };
    char *folder = att_test_folder();
    char *path = att_test_join(folder, "record");
    att_buf seen = { 0 };
    const char *record;
    char *bytes;
    int status = 0, fd = -1;
    pid_t pid = forkpty(&fd, NULL, NULL, &size);

    assert_true(pid >= 0);
    if (pid == 0) {
        _exit(run_child(talk, path));
    }
    press(fd, keys, &seen);
    close(fd);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (status != 0) {
        fail_msg("the full face ended with 0x%x after %zu bytes; the last:\n%s",
                 (unsigned)status, seen.n,
                 att_buf_text(&seen) + (seen.n > 2000 ? seen.n - 2000 : 0));
    }
    bytes = att_test_read(path, NULL);
    record = att_arena_text(&talk->arena, bytes);
    test_free(bytes);
    test_free(path);
    att_test_folder_drop(folder);
    att_buf_drop(&seen);
    return record;
}

/* ---- all together ---- */

static void assert_record(const char *face, const char *found, const char *wanted,
                          const att_walk *walk)
{
    if (strcmp(found, wanted) != 0) {
        fail_msg("the %s face kept\n%s\nand not\n%s\nanswers: %s\ntyped:\n%s\nkeys: %s",
                 face, found, wanted, att_buf_text(&walk->json),
                 att_buf_text(&walk->typed), att_buf_text(&walk->keys));
    }
}

static void compare_plain(const char *name, const char *typed, const char *answers,
                          att_talk *talk, const char *wanted, const att_walk *walk)
{
    att_faced run = att_faced_run(att_face_find(name), talk, typed, answers);

    assert_ok(run.code, &run.err);
    if (run.end.status != ATT_STATUS_COMPLETE) {
        fail_msg("the %s face did not finish:\n%s", name, run.out);
    }
    assert_false(run.has_escape);
    assert_record(name, att_talk_record(&talk->arena, talk->session), wanted, walk);
    att_faced_drop(&run);
}

size_t att_walk_compare(const char *path, const char *language, const char *role,
                        unsigned long long seed)
{
    att_talk *plain = att_talk_open_seeded(path, language, role, seed);
    att_talk *lines = att_talk_open_seeded(path, language, role, seed);
    att_talk *script = att_talk_open_seeded(path, language, role, seed);
    att_talk *full = att_talk_open_seeded(path, language, role, seed);
    char *folder = att_test_folder();
    char *answers = att_test_join(folder, "answers.json");
    att_walk walk = { 0 };
    const char *wanted;
    size_t n;

    att_walk_make(plain, seed, &walk);
    att_test_write(answers, att_buf_text(&walk.json), walk.json.n);
    wanted = att_talk_record(&plain->arena, plain->session);
    compare_plain("script", "", answers, script, wanted, &walk);
    compare_plain("line", att_buf_text(&walk.typed), NULL, lines, wanted, &walk);
    assert_record("full", record_of_full(full, &walk.keys), wanted, &walk);
    n = walk.n_answers;
    att_walk_drop(&walk);
    test_free(answers);
    att_test_folder_drop(folder);
    att_talk_close(plain);
    att_talk_close(lines);
    att_talk_close(script);
    att_talk_close(full);
    return n;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *att_walk_bundled(att_arena *arena)
{
    const char **paths = att_new_n(arena, const char *, 65);
    DIR *folder = opendir(att_test_path("../instruments"));
    struct dirent *entry;
    size_t n = 0;

    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        size_t length = strlen(entry->d_name);

        if (length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0) {
            assert_true(n < 64);
            paths[n++] = att_arena_format(arena, "../instruments/%s", entry->d_name);
        }
    }
    closedir(folder);
    assert_true(n > 0);
    qsort(paths, n, sizeof *paths, compare_names);
    paths[n] = NULL;
    return paths;
}
