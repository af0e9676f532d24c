#include "people.h"

/* Every record that the study holds, cell by cell, and not one more. */
static void assert_all_there(people *p)
{
    att_outbox_row *rows = NULL;
    att_compare_result compared;
    size_t n = 0;

    p->err = (att_err){ 0 };
    assert_ok(att_outbox_list(&p->arena, p->store, -1, &rows, &n, &p->err), &p->err);
    assert_int_equal(redcap_fake_n_records(&p->fake), n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(rows[i].state, ATT_OUTBOX_DONE);
        assert_int_equal(
            json_integer_value(json_object_get(p->fake.n_stored, rows[i].record)), 1);
    }
    assert_ok(att_sync_compare(&p->arena, p->store, &p->redcap, &compared, &p->err),
              &p->err);
    assert_int_equal(compared.n_equal, n);
    assert_int_equal(compared.n_differ + compared.n_missing, 0);
}

static void a_push_sends_each_response_once(void **state)
{
    people p;

    people_start(&p, DEMO);
    people_come(&p);
    assert_ok(people_push(&p), &p.err);
    assert_int_equal(p.result.n_sent, PEOPLE_RECORDS);
    assert_int_equal(p.result.n_unchanged + p.result.n_refused + p.result.n_conflict,
                     0);
    assert_int_equal(p.result.n_left, 0);
    assert_int_equal(p.fake.n_imports, 1);
    assert_all_there(&p);
    assert_ok(people_push(&p), &p.err);
    assert_int_equal(p.result.n_sent, 0);
    assert_int_equal(p.fake.n_imports, 1);
    assert_false(p.fake.was_overwrite);
    assert_false(p.fake.was_bad);
    people_end(&p);
}

static void cells_are_codes_reasons_and_what_describes_the_session(void **state)
{
    people p;
    const char *id = NULL;

    people_start(&p, DEMO);
    id = people_respond(&p, 2, "0007", "w1");
    assert_ok(people_push(&p), &p.err);
    assert_string_equal(redcap_fake_cell(&p.fake, "0007", "||", "recs_t2"), "-9");
    assert_string_equal(redcap_fake_cell(&p.fake, "0007", "||", "recs_complete"), "2");
    assert_string_equal(redcap_fake_cell(&p.fake, "0007", "||", "recs_attune_session"),
                        id);
    assert_string_equal(redcap_fake_cell(&p.fake, "0007", "||", "recs_attune_version"),
                        p.recs->version);
    assert_string_equal(redcap_fake_cell(&p.fake, "0007", "||", "recs_attune_role"),
                        "PT");
    assert_string_equal(redcap_fake_cell(&p.fake, "0007", "||", "recs_attune_started"),
                        "2026-09-02 07:14:07"); /* NOON, 120 minutes behind UTC */
    assert_string_equal(rc_text(p.fake.project->groups, "0007"), "north");
    for (size_t i = 0; i < p.recs->n_items; i++) {
        char wanted[12];

        if (!att_item_is_question(&p.recs->items[i]) ||
            p.recs->items[i].is_identifying ||
            strcmp(p.recs->items[i].id, "recs_t2") == 0) {
            continue;
        }
        snprintf(wanted, sizeof wanted, "%d", people_says(2, i));
        assert_string_equal(
            redcap_fake_cell(&p.fake, "0007", "||", p.recs->items[i].id), wanted);
    }
    people_end(&p);
}

static void a_batch_is_no_larger_than_asked_and_a_limit_holds(void **state)
{
    people p;

    people_start(&p, DEMO);
    people_come(&p);
    p.opts.batch = 2;
    p.opts.limit = 3;
    assert_ok(people_push(&p), &p.err);
    assert_int_equal(p.result.n_sent, 3);
    assert_int_equal(p.result.n_left, 4);
    assert_int_equal(p.fake.most_records, 2);
    p.opts.limit = 0;
    assert_ok(people_push(&p), &p.err);
    assert_int_equal(p.result.n_sent, 4);
    assert_all_there(&p);
    people_end(&p);
}

static void a_second_answer_of_one_person_waits_for_a_decision(void **state)
{
    people p;

    people_start(&p, DEMO);
    people_respond(&p, 1, "N-1", "w1");
    people_respond(&p, 2, "N-1", "w1");
    assert_fails(people_push(&p), ATT_ECONFLICT, &p.err, "1 record needs you");
    assert_int_equal(p.result.n_sent, 1);
    assert_int_equal(p.result.n_conflict, 1);
    assert_contains(p.result.issues[0].why, "conflict: session");
    people_end(&p);
}

static void two_waves_do_not_share_a_record_of_a_classic_project(void **state)
{
    people p;

    people_start(&p, DEMO);
    people_respond(&p, 1, "N-1", "w1");
    people_respond(&p, 1, "N-1", "w2");
    assert_fails(people_push(&p), ATT_ECONFLICT, &p.err, "");
    assert_int_equal(p.result.n_sent, 1);
    assert_contains(p.result.issues[0].why, "of wave \"w1\" goes there already");
    assert_fails(people_push(&p), ATT_ECONFLICT, &p.err, "");
    assert_int_equal(p.result.n_conflict, 1);
    people_end(&p);
}

static void what_the_server_holds_otherwise_is_kept(void **state)
{
    people p;

    people_start(&p, DEMO);
    people_come(&p);
    redcap_fake_put(&p.fake, "N-0003", "||", "recs_c1", "7");
    assert_fails(people_push(&p), ATT_ECONFLICT, &p.err, "1 record needs you");
    assert_int_equal(p.result.n_sent, PEOPLE_RECORDS - 1);
    assert_int_equal(p.result.n_conflict, 1);
    assert_string_equal(p.result.issues[0].record, "N-0003");
    assert_string_equal(p.result.issues[0].field, "recs_c1");
    assert_string_equal(p.result.issues[0].why,
                        "conflict: the server holds 7, and keeps it");
    assert_string_equal(redcap_fake_cell(&p.fake, "N-0003", "||", "recs_c1"), "7");
    assert_string_equal(redcap_fake_cell(&p.fake, "N-0003", "||", "recs_t1"), "");
    /* Once it is taken away there, the next push sends. */
    redcap_fake_put(&p.fake, "N-0003", "||", "recs_c1", "");
    assert_ok(people_push(&p), &p.err);
    assert_int_equal(p.result.n_sent, 1);
    assert_all_there(&p);
    people_end(&p);
}

static void a_record_that_the_server_refuses_does_not_hold_up_the_rest(void **state)
{
    people p;
    json_t *locks = json_pack("[{s:s,s:s}]", "record", "N-0002", "form", "recs");

    people_start(&p, DEMO);
    people_come(&p);
    json_object_set_new(p.fake.project->root, "locked", locks);
    assert_fails(people_push(&p), ATT_EINPUT, &p.err, "1 record needs you");
    assert_int_equal(p.result.n_sent, PEOPLE_RECORDS - 1);
    assert_int_equal(p.result.n_refused, 1);
    assert_string_equal(p.result.issues[0].record, "N-0002");
    assert_string_equal(p.result.issues[0].field, "recs_r1");
    assert_contains(p.result.issues[0].why, "refused: This field is on a form that is "
                                            "locked");
    json_object_del(p.fake.project->root, "locked");
    assert_ok(people_push(&p), &p.err);
    assert_all_there(&p);
    people_end(&p);
}

/* A transport that refuses an import that holds one record, without naming it. */
typedef struct nameless {
    att_http *inner;
    const char *record;
} nameless;

static att_code send_nameless(void *data, att_arena *arena, const att_request *request,
                              att_reply *out, att_err *err)
{
    nameless *it = data;

    for (size_t i = 0; i < request->n_fields; i++) {
        if (strcmp(request->fields[i].name, "data") == 0 &&
            strstr(request->fields[i].value, it->record) != NULL) {
            static const char body[] = "{\"error\":\"Something is wrong\"}";

            *out = (att_reply){ .outcome = ATT_NET_REFUSED,
                                .status = 400,
                                .body = body,
                                .n = sizeof body - 1,
                                .content_type = "",
                                .location = "",
                                .says = "" };
            return ATT_OK;
        }
    }
    return it->inner->send(it->inner->data, arena, request, out, err);
}

static long n_waited; /* ms that the push under test has waited */

static void count_wait(long ms)
{
    n_waited += ms;
}

static void a_pause_follows_each_import_but_the_last(void **state)
{
    people p;

    people_start(&p, DEMO);
    people_come(&p);
    p.opts.batch = 3;
    p.opts.pause_ms = 0; /* as people push: 500 */
    p.opts.wait = count_wait;
    n_waited = 0;
    assert_ok(people_push(&p), &p.err);
    assert_int_equal(p.fake.n_imports, 3);
    assert_int_equal(n_waited, 2 * 500);
    /* And as long as the server asks. */
    people_respond(&p, 9, "N-9", "w1");
    p.fake.fail_at = p.fake.n_requests + 1;
    p.fake.fault = rc_fault_find("429");
    n_waited = 0;
    assert_ok(people_push(&p), &p.err);
    assert_int_equal(n_waited, 7000);
    people_end(&p);
}

/* A transport that looks into the study while an import is under way. */
typedef struct onlooker {
    people *p;
    size_t n_unknown, n_pending;
} onlooker;

static att_code send_watched(void *data, att_arena *arena, const att_request *request,
                             att_reply *out, att_err *err)
{
    onlooker *it = data;

    if (request->is_write) {
        it->n_unknown = people_count(it->p, ATT_OUTBOX_UNKNOWN);
        it->n_pending = people_count(it->p, ATT_OUTBOX_PENDING);
    }
    return it->p->fake.http.send(it->p->fake.http.data, arena, request, out, err);
}

static void rows_are_unknown_on_disk_before_their_request_leaves(void **state)
{
    people p;
    onlooker it = { &p, 0, 0 };
    att_http http = { .data = &it, .send = send_watched };

    people_start(&p, DEMO);
    people_come(&p);
    p.redcap.http = &http;
    p.opts.batch = 4;
    p.opts.limit = 4;
    assert_ok(people_push(&p), &p.err);
    assert_int_equal(it.n_unknown, 4);
    assert_int_equal(it.n_pending, PEOPLE_RECORDS - 4);
    people_end(&p);
}

static void a_refusal_without_names_is_found_by_halves(void **state)
{
    people p;
    nameless it = { NULL, "N-0004" };
    att_http http = { .data = &it, .send = send_nameless };

    people_start(&p, DEMO);
    people_come(&p);
    it.inner = &p.fake.http;
    p.redcap.http = &http;
    assert_fails(people_push(&p), ATT_EINPUT, &p.err, "");
    assert_int_equal(p.result.n_sent, PEOPLE_RECORDS - 1);
    assert_int_equal(p.result.n_refused, 1);
    assert_string_equal(p.result.issues[0].record, "N-0004");
    assert_string_equal(p.result.issues[0].why, "refused: Something is wrong");
    people_end(&p);
}

static void a_field_that_is_gone_is_named_and_nothing_is_sent(void **state)
{
    people p;
    json_t *metadata = NULL;
    json_t *kept = NULL; /* the server's fields point into it */
    size_t i = 0;

    people_start(&p, DEMO);
    people_respond(&p, 1, "N-1", "w1");
    metadata = rc_project_list(p.fake.project, "metadata");
    while (strcmp(rc_text(json_array_get(metadata, i), "field_name"), "recs_t1") != 0) {
        i++;
    }
    kept = json_incref(json_array_get(metadata, i));
    json_array_remove(metadata, i);
    assert_fails(people_push(&p), ATT_EINPUT, &p.err, "1 record needs you");
    assert_int_equal(p.fake.n_imports, 0);
    assert_string_equal(p.result.issues[0].why,
                        "refused: the project has no field \"recs_t1\"");
    assert_int_equal(people_count(&p, ATT_OUTBOX_REFUSED), 1);
    people_end(&p);
    json_decref(kept);
}

static void a_batch_too_large_is_halved(void **state)
{
    people p;

    people_start(&p, DEMO);
    people_come(&p);
    p.fake.fault = rc_fault_find("413");
    p.fake.fail_at = 7; /* version, project, metadata, names, dag, look, import */
    assert_ok(people_push(&p), &p.err);
    assert_int_equal(p.fake.most_records, 4);
    assert_all_there(&p);
    people_end(&p);
}

static void a_refused_token_stops_at_once(void **state)
{
    people p;

    people_start(&p, DEMO);
    people_come(&p);
    p.fake.fault = rc_fault_find("403");
    p.fake.fail_at = 1;
    assert_fails(people_push(&p), ATT_EAUTH, &p.err,
                 "the token was refused by redcap.example.org");
    assert_string_equal(p.err.hint, "ask for a new one");
    assert_int_equal(p.fake.n_requests, 1);
    p.fake.fail_at = p.fake.n_requests + 7;
    assert_fails(people_push(&p), ATT_EAUTH, &p.err, "the token was refused");
    assert_int_equal(people_count(&p, ATT_OUTBOX_PENDING), PEOPLE_RECORDS);
    people_end(&p);
}

static void a_server_that_stays_away_leaves_all_for_later(void **state)
{
    people p;

    people_start(&p, DEMO);
    people_come(&p);
    p.fake.fault = rc_fault_find("503");
    p.fake.fail_at = 7;
    p.fake.fails_on = true;
    assert_fails(people_push(&p), ATT_ENET, &p.err, "Down for maintenance");
    assert_int_equal(people_count(&p, ATT_OUTBOX_UNKNOWN), PEOPLE_RECORDS);
    assert_int_equal(p.result.n_left, PEOPLE_RECORDS);
    p.fake.fail_at = 0;
    assert_ok(people_push(&p), &p.err);
    assert_all_there(&p);
    people_end(&p);
}

/* ---- whatever fails, wherever: at the end the server holds what the study holds ---- */

typedef struct trouble {
    const char *name;
    redcap_mishap mishap;
    const rc_fault *fault;
} trouble;

static size_t troubles(trouble *out)
{
    size_t n = 0;

    out[n++] = (trouble){ "unsent", REDCAP_MISHAP_UNSENT, NULL };
    out[n++] = (trouble){ "death", REDCAP_MISHAP_DEATH, NULL };
    out[n++] = (trouble){ "death after", REDCAP_MISHAP_DEATH_AFTER, NULL };
    for (size_t i = 0; i < rc_n_faults; i++) {
        out[n++] = (trouble){ rc_faults[i].name, REDCAP_MISHAP_NONE, &rc_faults[i] };
    }
    return n;
}

/* Fails the k-th request, then pushes until all is done. False when there were fewer
 * requests than that. */
static bool survive(people *p, const char *study, const trouble *what, size_t k)
{
    size_t n = 0;
    char *bytes = att_test_read(study, &n);
    bool was_reached = false;

    att_store_close(p->store);
    p->store = NULL;
    att_test_write(p->path, bytes, n);
    test_free(bytes);
    redcap_fake_close(&p->fake);
    redcap_fake_open(&p->fake, DEMO);
    people_reopen(p);
    p->fake.fail_at = k;
    p->fake.fault = what->fault;
    p->fake.mishap = what->mishap;
    people_push(p);
    was_reached = p->fake.n_requests >= k;
    p->fake.fail_at = 0;
    people_reopen(p);
    assert_ok(people_push(p), &p->err);
    assert_all_there(p);
    return was_reached;
}

static void whatever_fails_nothing_is_lost_and_nothing_sent_twice(void **state)
{
    people p;
    trouble all[64];
    size_t n = troubles(all);
    size_t n_runs = 0;
    char *template = NULL;
    char *bytes = NULL;
    size_t n_bytes = 0;

    people_start(&p, DEMO);
    people_come(&p);
    p.opts.batch = 4;
    template = att_test_join(p.folder, "template");
    bytes = att_test_read(p.path, &n_bytes);
    att_test_write(template, bytes, n_bytes);
    test_free(bytes);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 1;; k++) {
            att_arena_mark mark = att_arena_mark_now(&p.arena);
            bool was_reached = survive(&p, template, &all[i], k);

            att_arena_rewind(&p.arena, mark);
            n_runs++;
            if (!was_reached) {
                break;
            }
            assert_in_range(k, 1, 40);
        }
    }
    print_message("%zu runs of %zu sorts of trouble\n", n_runs, n);
    assert_true(n_runs > n * 8);
    test_free(template);
    people_end(&p);
}

ATT_TEST_MAIN(
    cmocka_unit_test(a_push_sends_each_response_once),
    cmocka_unit_test(cells_are_codes_reasons_and_what_describes_the_session),
    cmocka_unit_test(a_batch_is_no_larger_than_asked_and_a_limit_holds),
    cmocka_unit_test(a_second_answer_of_one_person_waits_for_a_decision),
    cmocka_unit_test(two_waves_do_not_share_a_record_of_a_classic_project),
    cmocka_unit_test(what_the_server_holds_otherwise_is_kept),
    cmocka_unit_test(a_record_that_the_server_refuses_does_not_hold_up_the_rest),
    cmocka_unit_test(rows_are_unknown_on_disk_before_their_request_leaves),
    cmocka_unit_test(a_pause_follows_each_import_but_the_last),
    cmocka_unit_test(a_refusal_without_names_is_found_by_halves),
    cmocka_unit_test(a_field_that_is_gone_is_named_and_nothing_is_sent),
    cmocka_unit_test(a_batch_too_large_is_halved),
    cmocka_unit_test(a_refused_token_stops_at_once),
    cmocka_unit_test(a_server_that_stays_away_leaves_all_for_later),
    cmocka_unit_test(whatever_fails_nothing_is_lost_and_nothing_sent_twice))
