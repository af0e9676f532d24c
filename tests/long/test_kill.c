/* Interviews that are killed: SIGKILL at random moments loses no answer that was
 * confirmed, leaves a study that verifies, and a session that goes on to its end and is
 * the same when it is replayed.
 *
 * A confirmed answer is one whose {"saved": ...} line came out of the program. The seed
 * of the moments is printed; ATTUNE_KILL_SEED sets it, ATTUNE_KILLS how many. */
#include "att_program.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <attune/base/number.h>
#include <attune/base/seal.h>
#include <attune/math/rng.h>
#include <attune/store/responses.h>
#include <attune/store/study.h>

#define N_ITEMS   21
#define N_ANSWERS 27 /* confirmed in a whole interview */
#define N_LINES   64

typedef struct tally {
    size_t n_kills, n_confirmed, n_unstarted, n_finished, n_unsaid, n_lost;
} tally;

static unsigned long long number_in_env(const char *name, unsigned long long otherwise)
{
    const char *text = getenv(name);
    long long number = 0;

    if (text == NULL || !att_number_read_whole(text, strlen(text), &number)) {
        return otherwise;
    }
    return (unsigned long long)number;
}

/* The events of one interview over ces: every fifth answer is taken back and given
 * anew, so that changed answers are confirmed too. */
static const char *make_script(att_place *place, size_t round)
{
    att_buf script = { 0 };
    const char *copy;

    for (size_t i = 0; i < N_ITEMS; i++) {
        size_t low = i < 18 ? 0 : 1;
        size_t value = low + (round + i) % (i < 18 ? 5 : 4);

        att_buf_format(&script, "{\"item\":\"ces%02zu\",\"answer\":%zu}\n", i + 1,
                       value);
        if (i % 5 == 4 && i + 1 < N_ITEMS) {
            att_buf_add(&script, "{\"back\":true}\n");
            att_buf_format(&script, "{\"item\":\"ces%02zu\",\"answer\":%zu}\n", i + 1,
                           value == low ? low + 1 : low);
        }
    }
    att_buf_add(&script, "{\"item\":\"ces22\",\"answer\":{\"reason\":\"refused\"}}\n"
                         "{\"item\":\"ces23\",\"answer\":\"quiet work\"}\n");
    copy = att_buf_copy(&place->arena, &script);
    att_buf_drop(&script);
    return copy;
}

static long long now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Reads lines until `most` answers are confirmed or the output ends; adds those to n. */
static size_t read_confirmed(att_place *place, att_child *child, const char **lines,
                             size_t n, size_t most)
{
    const char *line = "";

    while (n < most && att_child_line(place, child, &line)) {
        if (strncmp(line, "{\"saved\":", 9) == 0) {
            lines[n++] = line;
        }
    }
    return n;
}

/* Kills a while after the answer that was just confirmed. */
static void kill_after(const att_child *child, unsigned long long us)
{
    struct timespec left = { .tv_sec = (time_t)(us / 1000000),
                             .tv_nsec = (long)(us % 1000000) * 1000 };

    nanosleep(&left, NULL);
    kill(child->pid, SIGKILL);
}

/* The entry as the line that would have confirmed it. */
static const char *line_of(att_arena *arena, const att_entry *entry)
{
    att_buf line = { 0 };
    const char *copy;

    att_buf_format(&line, "{\"saved\":\"%s\",\"answer\":", entry->item);
    att_answer_write(&line, &entry->answer);
    att_buf_char(&line, '}');
    copy = att_buf_copy(arena, &line);
    att_buf_drop(&line);
    return copy;
}

/* The session that began last, read through the store; false when there is none of the
 * round, which then must have confirmed nothing. */
static bool read_session(att_place *place, const char *person, att_response *out)
{
    att_err err = { 0 };
    att_store *store =
        att_store_open(att_place_path(place, "s.attune"), ATT_OPEN_WRITE, &err);
    att_response_filter filter = { .person = person, .status = -1 };
    att_response *list = NULL;
    size_t n = 0;
    bool is_there;

    assert_ok(err.code, &err);
    assert_ok(att_responses_list(&place->arena, store, &filter, &list, &n, &err), &err);
    is_there = n > 0;
    if (is_there) {
        assert_ok(att_responses_read(&place->arena, store, list[0].id, out, &err),
                  &err);
    }
    att_store_close(store);
    return is_there;
}

/* Confirmed answers stand in the journal, in their order; at most one more, which was
 * kept when the program died before it could say so. */
static void compare_journal(att_place *place, const att_response *session,
                            const char *const *lines, size_t n, tally *sum)
{
    size_t k = 0;

    for (size_t i = 0; i < session->n_entries; i++) {
        const char *line;

        if (session->entries[i].act != ATT_ACT_ANSWER) {
            continue;
        }
        line = line_of(&place->arena, &session->entries[i]);
        if (k < n && strcmp(line, lines[k]) != 0) {
            print_error("confirmed %s, the journal has %s\n", lines[k], line);
            sum->n_lost += 1;
        }
        k++;
    }
    if (k < n) {
        print_error("%zu answers were confirmed, the journal has %zu\n", n, k);
        sum->n_lost += n - k;
    }
    if (k > n + 1) {
        fail_msg("%zu answers were confirmed, the journal has %zu", n, k);
    }
    sum->n_unsaid += k > n;
}

static void go_on_to_the_end(att_place *place, const char *person, bool was_there)
{
    att_response session = { 0 };
    att_run run = att_program_run(place, "verify --quiet");

    assert_status(run, 0);
    assert_lacks(run.out, "FAIL");
    if (!was_there) {
        return;
    }
    read_session(place, person, &session);
    if (session.status == ATT_STATUS_OPEN) {
        run = att_program_runf(place, "resume %s --answers rest.json", session.id);
        assert_status(run, 0);
        assert_contains(run.out, "\"status\":\"complete\"");
    }
    run = att_program_runf(place, "replay %s", session.id);
    assert_status(run, 0);
    assert_lacks(run.err, "no record of their screens");
}

/* The same once more after the session has gone on to its end. */
static void compare_end(att_place *place, const char *person, const char *const *lines,
                        size_t n, tally *sum)
{
    att_response session = { 0 };

    if (n == 0 || !read_session(place, person, &session)) {
        return;
    }
    assert_int_equal(session.status, ATT_STATUS_COMPLETE);
    for (size_t k = 0, i = 0; i < session.n_entries && k < n; i++) {
        if (session.entries[i].act == ATT_ACT_ANSWER) {
            sum->n_lost +=
                strcmp(line_of(&place->arena, &session.entries[i]), lines[k++]) != 0;
        }
    }
}

/* The moment: after so many confirmed answers, and then up to two answers' time. */
static void one_round(att_place *place, size_t round, unsigned long long answer_us,
                      att_rng *rng, tally *sum)
{
    size_t most = (size_t)att_rng_below(rng, N_ANSWERS);
    const char *person = att_arena_format(&place->arena, "P%zu", round);
    const char *words =
        att_arena_format(&place->arena, "run ces --answers - --person %s", person);
    const char *lines[N_LINES];
    att_response session = { 0 };
    att_child child = att_child_start(place, NULL, words);
    bool is_there;
    size_t n;

    att_child_say(&child, make_script(place, round));
    n = read_confirmed(place, &child, lines, 0, most);
    kill_after(&child, att_rng_below(rng, 2 * answer_us + 1));
    n = read_confirmed(place, &child, lines, n, N_LINES);
    att_child_end(&child);
    is_there = read_session(place, person, &session);
    if (!is_there && n > 0) {
        sum->n_lost += n;
    }
    if (is_there) {
        compare_journal(place, &session, lines, n, sum);
    }
    go_on_to_the_end(place, person, is_there);
    compare_end(place, person, lines, n, sum);
    sum->n_kills += 1;
    sum->n_confirmed += n;
    sum->n_unstarted += !is_there;
    sum->n_finished += session.status == ATT_STATUS_COMPLETE;
}

/* How long a whole interview takes, for the scale of the moments. */
static long long whole_interview(att_place *place)
{
    long long longest = 0;

    for (size_t i = 0; i < 3; i++) {
        long long began = now_us();
        att_run run = att_program_run_with(
            place, &(att_run_opts){ .input = make_script(place, i) },
            att_arena_format(&place->arena, "run ces --answers - --person W%zu", i));

        assert_status(run, 0);
        assert_contains(run.out, "\"status\":\"complete\"");
        longest = now_us() - began > longest ? now_us() - began : longest;
    }
    return longest;
}

static void no_confirmed_answer_is_lost_by_sigkill(void **state)
{
    att_place *place = *state;
    unsigned long long seed = number_in_env("ATTUNE_KILL_SEED", att_random_seed());
    size_t n_kills = (size_t)number_in_env("ATTUNE_KILLS", 300);
    att_rng rng = att_rng_make(seed, 0);
    unsigned long long answer_us;
    tally sum = { 0 };

    print_message("seed %llu\n", seed);
    att_place_study(place, "ces");
    att_place_write(place, "rest.json", "{\"ces23\":\"the rest\"}");
    answer_us = (unsigned long long)whole_interview(place) / N_ANSWERS;
    for (size_t i = 0; i < n_kills; i++) {
        att_arena_mark mark = att_arena_mark_now(&place->arena);

        one_round(place, i, answer_us, &rng, &sum);
        att_arena_rewind(&place->arena, mark);
    }
    print_message("%zu kills, %zu answers confirmed, %zu lost; %zu kept but not yet "
                  "said, %zu before anything was kept, %zu after the end\n",
                  sum.n_kills, sum.n_confirmed, sum.n_lost, sum.n_unsaid,
                  sum.n_unstarted, sum.n_finished);
    assert_int_equal(sum.n_lost, 0);
    assert_true(sum.n_confirmed > n_kills);
    assert_true(sum.n_unstarted + sum.n_finished < n_kills / 4);
}

ATT_TEST_MAIN(att_program_test(no_confirmed_answer_is_lost_by_sigkill))
