/* small.h - a small study for the tests of the store
 *
 * What:  a folder, a study in it, an instrument of three items (one identifying), and
 *        responses with an answer each. Times are invented: 2026-09-02T09:14:07.221Z and
 *        so many ms later.
 */
#ifndef ATTUNE_TESTS_STORE_SMALL_H
#define ATTUNE_TESTS_STORE_SMALL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <att_test.h>
#include <attune/instrument/read.h>
#include <attune/store/instruments.h>
#include <attune/store/outbox.h>
#include <attune/store/responses.h>
#include <attune/store/study.h>
#include <attune/store/verify.h>

#include "store.h"

#define NOON 1788340447221LL /* 2026-09-02T09:14:07.221Z */

typedef struct small {
    char *folder;
    char *path;
    att_arena arena;
    att_store *store;
    att_err err;
    const char *digest; /* of the instrument */
} small;

/* The text of the instrument, with id and version. */
static inline const char *small_text(small *s, const char *id, const char *version)
{
    return att_arena_format(
        &s->arena,
        "{\"format\":\"instrument/1\",\"id\":\"%s\",\"version\":\"%s\","
        "\"title\":{\"en\":\"A small one\"},"
        "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"
        "\"provenance\":{\"authors\":[{\"name\":\"attune\"}],\"licence\":\"CC0-1.0\","
        "\"status\":\"draft\"},\"items\":[{\"id\":\"p\",\"kind\":\"page\",\"items\":["
        "{\"id\":\"t1\",\"kind\":\"integer\",\"text\":{\"en\":\"How many?\"},"
        "\"min\":0,\"max\":100000},"
        "{\"id\":\"t2\",\"kind\":\"text\",\"text\":{\"en\":\"What else?\"}},"
        "{\"id\":\"name\",\"kind\":\"text\",\"identifying\":true,"
        "\"text\":{\"en\":\"Your name?\"}}]}]}",
        id, version);
}

/* Adds an instrument; its digest. */
static inline const char *small_add(small *s, const char *id, const char *version)
{
    const char *text = small_text(s, id, version);
    att_instrument *instrument =
        att_instrument_open_bytes(&s->arena, id, text, strlen(text), &s->err);
    bool is_new = false;

    if (instrument == NULL) {
        print_error("%s\n%s\n", s->err.message, s->err.where.pointer);
    }
    assert_non_null(instrument);
    assert_ok(att_instruments_add(s->store, instrument, text, strlen(text), NOON,
                                  &is_new, &s->err),
              &s->err);
    return instrument->digest;
}

static inline void small_start(small *s)
{
    memset(s, 0, sizeof *s);
    s->folder = att_test_folder();
    s->path = att_test_join(s->folder, "demo.attune");
    s->store = att_store_make(s->path, NOON, &s->err);
    assert_ok(s->err.code, &s->err);
    assert_non_null(s->store);
    s->digest = small_add(s, "small", "1.0.0");
}

static inline void small_end(small *s)
{
    att_store_close(s->store);
    att_arena_drop(&s->arena);
    att_test_folder_drop(s->folder);
    test_free(s->path);
}

static inline void small_reopen(small *s)
{
    att_store_close(s->store);
    s->store = att_store_open(s->path, ATT_OPEN_WRITE, &s->err);
    assert_ok(s->err.code, &s->err);
}

static inline att_entry small_act(att_act act)
{
    return (att_entry){
        .act = act, .item = "", .actor = "respondent", .at = NOON + 1000, .mono = 1000
    };
}

static inline att_entry small_answer(const char *item, double number)
{
    att_entry entry = small_act(ATT_ACT_ANSWER);

    entry.item = item;
    entry.answer = att_answer_of_number(number);
    return entry;
}

static inline att_response small_header(small *s, const char *id, const char *person)
{
    return (att_response){ .id = id,
                           .instrument = "small",
                           .version = "1.0.0",
                           .digest = s->digest,
                           .person = person,
                           .role = "family",
                           .site = "north",
                           .wave = "t1",
                           .language = "en",
                           .seed = 9007199254740991ULL, /* 2^53 - 1, the greatest */
                           .today = 20698,
                           .offset = -120,
                           .started = NOON };
}

static inline att_code small_try_begin(small *s, const char *id, const char *person)
{
    att_response header = small_header(s, id, person);
    att_entry start = small_act(ATT_ACT_START);

    start.at = NOON;
    start.mono = 0;
    return att_responses_begin(s->store, &header, &start, &s->err);
}

static inline void small_begin(small *s, const char *id, const char *person)
{
    assert_ok(small_try_begin(s, id, person), &s->err);
}

static inline att_code small_try_append(small *s, const char *id, att_entry entry)
{
    return att_responses_append(s->store, id, &entry, &s->err);
}

static inline void small_append(small *s, const char *id, att_entry entry)
{
    assert_ok(small_try_append(s, id, entry), &s->err);
}

/* A response from start to finish with t1 = number and a name. */
static inline void small_whole(small *s, const char *id, const char *person,
                               double number)
{
    att_entry name = small_act(ATT_ACT_ANSWER);

    name.item = "name";
    name.answer = att_answer_of_text("Ana");
    name.is_identifying = true;
    small_begin(s, id, person);
    small_append(s, id, small_answer("t1", number));
    small_append(s, id, name);
    small_append(s, id, small_act(ATT_ACT_FINISH));
}

static inline att_verify small_verify(small *s)
{
    att_verify v;

    assert_ok(att_verify_run(s->store, &v, &s->err), &s->err);
    return v;
}

static inline void small_holds(small *s)
{
    att_verify v = small_verify(s);

    assert_string_equal(v.database_says, "");
    assert_string_equal(v.broken_how, "");
    assert_true(v.database_holds);
    assert_true(v.chain_holds);
    assert_int_equal(v.n_instruments_off, 0);
}

#define ID_A "01j6ysvd5n7k3m9qh2r4t6w8y0zaaaaaaaaa"
#define ID_B "01j6ysvd5n7k3m9qh2r4t6w8y0zaaaaabbbb"
#define ID_C "01j6ysvd5n7k3m9qh2r4t6w8y0zaaaaacccc"

#endif
