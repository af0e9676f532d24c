/* people.h - a study of a few people for the tests of sync
 *
 * What:  a folder, a study in it with the bundled instrument recs, and finished
 *        responses whose answers follow from the person's number, so that a test can
 *        say what the server should hold.
 */
#ifndef ATTUNE_TESTS_SYNC_PEOPLE_H
#define ATTUNE_TESTS_SYNC_PEOPLE_H

#include <stdio.h>
#include <string.h>

#include <att_test.h>
#include <redcap_fake.h>

#include <attune/instrument/read.h>
#include <attune/store/instruments.h>
#include <attune/store/outbox.h>
#include <attune/store/responses.h>
#include <attune/store/study.h>
#include <attune/sync/sync.h>

#define NOON 1788340447221LL /* 2026-09-02T09:14:07.221Z */
#define DEMO "server/demo-project.json"

typedef struct people {
    char *folder, *path;
    att_arena arena;
    att_store *store;
    const att_instrument *recs;
    att_err err;
    redcap_fake fake;
    att_secret token; /* its text is static: never dropped */
    att_redcap redcap;
    att_push_opts opts;
    att_push_result result;
} people;

static inline void people_no_wait(long ms)
{
    (void)ms;
}

static inline att_msec people_now(void)
{
    return NOON + 3600000;
}

static inline const att_instrument *people_add(people *p, const char *path)
{
    size_t n = 0;
    char *bytes = att_test_read(path, &n);
    bool is_new = false;
    const att_instrument *instrument =
        att_instrument_open_bytes(&p->arena, path, bytes, n, &p->err);

    assert_ok(p->err.code, &p->err);
    assert_ok(
        att_instruments_add(p->store, instrument, bytes, n, NOON, &is_new, &p->err),
        &p->err);
    test_free(bytes);
    return instrument;
}

/* A study and a server, both empty but for instrument and dictionary. */
static inline void people_start(people *p, const char *project)
{
    static char token[] = REDCAP_FAKE_TOKEN;

    memset(p, 0, sizeof *p);
    p->folder = att_test_folder();
    p->path = att_test_join(p->folder, "demo.attune");
    p->store = att_store_make(p->path, NOON, &p->err);
    assert_ok(p->err.code, &p->err);
    p->recs = people_add(p, "../instruments/recs.json");
    redcap_fake_open(&p->fake, project);
    p->token = (att_secret){ token, sizeof token - 1 };
    p->redcap =
        (att_redcap){ &p->fake.http, "https://redcap.example.org/api/", &p->token };
    p->opts =
        (att_push_opts){ .pause_ms = -1, .now = people_now, .wait = people_no_wait };
}

static inline void people_end(people *p)
{
    att_store_close(p->store);
    redcap_fake_close(&p->fake);
    att_arena_drop(&p->arena);
    att_test_folder_drop(p->folder);
    test_free(p->path);
}

static inline void people_reopen(people *p)
{
    att_store_close(p->store);
    p->err = (att_err){ 0 };
    p->store = att_store_open(p->path, ATT_OPEN_WRITE, &p->err);
    assert_ok(p->err.code, &p->err);
}

/* What person k says to item i of recs: 1 to 4, which every item but none takes. */
static inline int people_says(size_t k, size_t i)
{
    return (int)((k + i) % 4) + 1;
}

/* A finished response of recs; the item "recs_t2" is skipped, "recs_r2" is a name. */
static inline const char *people_respond(people *p, size_t k, const char *person,
                                         const char *wave)
{
    att_entry *entries = att_new_n(&p->arena, att_entry, p->recs->n_items + 2);
    char *id = att_arena_alloc(&p->arena, ATT_ID_SIZE);
    att_response response = { .id = id,
                              .instrument = "recs",
                              .version = p->recs->version,
                              .digest = p->recs->digest,
                              .person = person,
                              .role = "PT",
                              .site = "North",
                              .wave = wave,
                              .language = "en",
                              .seed = 1,
                              .today = 20698,
                              .offset = -120,
                              .started = NOON,
                              .finished = NOON + 60000,
                              .status = ATT_STATUS_COMPLETE,
                              .entries = entries };
    size_t n = 0;

    att_id_make(id, NOON + (att_msec)k);
    entries[n++] = (att_entry){
        .act = ATT_ACT_START, .item = "", .actor = "respondent", .at = NOON
    };
    for (size_t i = 0; i < p->recs->n_items; i++) {
        const att_item *item = &p->recs->items[i];

        if (!att_item_is_question(item)) {
            continue;
        }
        entries[n] = (att_entry){ .act = ATT_ACT_ANSWER,
                                  .item = item->id,
                                  .answer = att_answer_of_number(people_says(k, i)),
                                  .is_identifying = item->is_identifying,
                                  .actor = "respondent",
                                  .at = NOON + 1000 };
        if (item->is_identifying) {
            entries[n].answer = att_answer_of_text("Doctor Canary");
        } else if (strcmp(item->id, "recs_t2") == 0) {
            entries[n].answer = att_answer_of_reason(ATT_REASON_SKIPPED);
        }
        n++;
    }
    entries[n++] = (att_entry){
        .act = ATT_ACT_FINISH, .item = "", .actor = "respondent", .at = NOON + 60000
    };
    response.n_entries = n;
    assert_ok(att_responses_add(p->store, &response, &p->err), &p->err);
    return id;
}

/* Six people with a code and one without; n_records on the server when all is sent. */
enum { PEOPLE = 6, PEOPLE_RECORDS = 7 };

static inline void people_come(people *p)
{
    for (size_t k = 0; k < PEOPLE; k++) {
        people_respond(p, k, att_arena_format(&p->arena, "N-%04zu", k), "w1");
    }
    people_respond(p, PEOPLE, "", "w1");
}

static inline att_code people_push(people *p)
{
    p->err = (att_err){ 0 };
    return att_sync_push(&p->arena, p->store, &p->redcap, &p->opts, &p->result,
                         &p->err);
}

static inline size_t people_count(people *p, att_outbox_state state)
{
    att_outbox_count count;
    att_err err = { 0 };

    assert_ok(att_outbox_count_all(p->store, &count, &err), &err);
    return count.n[state];
}

#endif
