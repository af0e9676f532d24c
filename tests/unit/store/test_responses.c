/* test_responses.c - interviews in, interviews out
 */
#include "small.h"

static void what_was_begun_and_appended_is_read_back(void **state)
{
    small s;
    att_response r;
    att_entry text = small_act(ATT_ACT_ANSWER);

    small_start(&s);
    text.item = "t2";
    text.answer = att_answer_of_text("say \"hello\"\n\xC3\xA9");
    small_begin(&s, ID_A, "N-1");
    small_append(&s, ID_A, small_answer("t1", 4));
    small_append(&s, ID_A, text);
    small_reopen(&s);
    assert_ok(att_responses_read(&s.arena, s.store, ID_A, &r, &s.err), &s.err);
    assert_string_equal(r.id, ID_A);
    assert_string_equal(r.instrument, "small");
    assert_string_equal(r.version, "1.0.0");
    assert_string_equal(r.digest, s.digest);
    assert_string_equal(r.person, "N-1");
    assert_string_equal(r.role, "family");
    assert_string_equal(r.site, "north");
    assert_string_equal(r.wave, "t1");
    assert_string_equal(r.language, "en");
    assert_true(r.seed == 9007199254740991ULL);
    assert_int_equal(r.today, 20698);
    assert_int_equal(r.offset, -120);
    assert_true(r.started == NOON);
    assert_true(r.finished == 0);
    assert_int_equal(r.status, ATT_STATUS_OPEN);
    assert_false(r.is_simulated);
    assert_int_equal(r.n_entries, 3);
    assert_int_equal(r.entries[0].act, ATT_ACT_START);
    assert_int_equal(r.entries[1].act, ATT_ACT_ANSWER);
    assert_string_equal(r.entries[1].item, "t1");
    assert_near(r.entries[1].answer.number, 4, 0);
    assert_true(r.entries[1].at == NOON + 1000);
    assert_true(r.entries[1].mono == 1000);
    assert_string_equal(r.entries[1].actor, "respondent");
    assert_string_equal(r.entries[2].answer.text, "say \"hello\"\n\xC3\xA9");
    small_end(&s);
}

static void finish_and_decline_close_a_response(void **state)
{
    small s;
    att_response r;

    small_start(&s);
    small_begin(&s, ID_A, "");
    small_append(&s, ID_A, small_act(ATT_ACT_FINISH));
    small_begin(&s, ID_B, "");
    small_append(&s, ID_B, small_act(ATT_ACT_DECLINE));
    assert_ok(att_responses_read(&s.arena, s.store, ID_A, &r, &s.err), &s.err);
    assert_int_equal(r.status, ATT_STATUS_COMPLETE);
    assert_true(r.finished == NOON + 1000);
    assert_string_equal(r.person, "");
    assert_ok(att_responses_read(&s.arena, s.store, ID_B, &r, &s.err), &s.err);
    assert_int_equal(r.status, ATT_STATUS_DECLINED);
    assert_fails(small_try_append(&s, ID_A, small_answer("t1", 1)), ATT_EUSAGE, &s.err,
                 "is complete; nothing can be added");
    s.err = (att_err){ 0 };
    assert_fails(small_try_append(&s, ID_B, small_answer("t1", 1)), ATT_EUSAGE, &s.err,
                 "is declined");
    small_holds(&s);
    small_end(&s);
}

static void an_unknown_session_or_instrument_is_not_found(void **state)
{
    small s;
    att_response header;
    att_entry start = small_act(ATT_ACT_START);
    char head[ATT_DIGEST_HEX];

    small_start(&s);
    assert_fails(small_try_append(&s, ID_A, small_answer("t1", 1)), ATT_ENOTFOUND,
                 &s.err, "no session");
    s.err = (att_err){ 0 };
    assert_fails(att_responses_head(s.store, ID_A, head, &s.err), ATT_ENOTFOUND, &s.err,
                 "no session");
    s.err = (att_err){ 0 };
    header = small_header(&s, ID_A, "");
    header.version = "9.9.9";
    assert_fails(att_responses_begin(s.store, &header, &start, &s.err), ATT_ENOTFOUND,
                 &s.err, "instrument \"small\" 9.9.9");
    s.err = (att_err){ 0 };
    header = small_header(&s, ID_A, "");
    start.act = ATT_ACT_AGREE;
    assert_fails(att_responses_begin(s.store, &header, &start, &s.err), ATT_EBUG,
                 &s.err, "does not begin");
    assert_int_equal(small_verify(&s).n_entries, 0);
    small_end(&s);
}

static void a_session_is_found_by_its_last_characters(void **state)
{
    small s;
    att_response r;

    small_start(&s);
    small_begin(&s, ID_A, "");
    small_begin(&s, ID_B, "");
    small_begin(&s, "01j6ysvd5n7k3m9qh2r4t6w8y0zccccabbbb", "");
    assert_ok(att_responses_read(&s.arena, s.store, "aaaa", &r, &s.err), &s.err);
    assert_string_equal(r.id, ID_A);
    assert_fails(att_responses_read(&s.arena, s.store, "bbbb", &r, &s.err),
                 ATT_ECONFLICT, &s.err, "several sessions end in \"bbbb\"");
    s.err = (att_err){ 0 };
    assert_ok(att_responses_read(&s.arena, s.store, "aaaabbbb", &r, &s.err), &s.err);
    assert_string_equal(r.id, ID_B);
    assert_fails(att_responses_read(&s.arena, s.store, "aaa", &r, &s.err),
                 ATT_ENOTFOUND, &s.err, "");
    s.err = (att_err){ 0 };
    assert_fails(att_responses_read(&s.arena, s.store, "zzzz", &r, &s.err),
                 ATT_ENOTFOUND, &s.err, "no session \"zzzz\"");
    small_end(&s);
}

static void a_whole_response_is_added_in_one_transaction(void **state)
{
    small s;
    att_response r = { 0 };
    att_response back;
    att_entry entries[4];

    small_start(&s);
    entries[0] = small_act(ATT_ACT_START);
    entries[1] = small_answer("t1", 7);
    entries[1].actor = "simulation";
    entries[2] = small_act(ATT_ACT_READ);
    entries[3] = small_act(ATT_ACT_FINISH);
    r = small_header(&s, ID_A, "N-1");
    r.is_simulated = true;
    r.entries = entries;
    r.n_entries = 4;
    assert_ok(att_responses_add(s.store, &r, &s.err), &s.err);
    assert_ok(att_responses_read(&s.arena, s.store, ID_A, &back, &s.err), &s.err);
    assert_true(back.is_simulated);
    assert_int_equal(back.n_entries, 4);
    assert_int_equal(back.status, ATT_STATUS_COMPLETE);
    r.id = ID_B;
    entries[1] = small_act(ATT_ACT_FINISH);
    assert_fails(att_responses_add(s.store, &r, &s.err), ATT_EBUG, &s.err,
                 "goes on after its end");
    assert_int_equal(small_verify(&s).n_entries, 4); /* nothing of it is there */
    small_holds(&s);
    small_end(&s);
}

static void headers_are_listed_by_start_and_filtered(void **state)
{
    struct {
        const char *label;
        att_response_filter filter;
        size_t n;
        const char *first;
    } cases[] = {
        { "all", { NULL, NULL, -1, NULL }, 3, ID_B },
        { "person", { NULL, "N-1", -1, NULL }, 1, ID_A },
        { "status", { NULL, NULL, ATT_STATUS_OPEN, NULL }, 2, ID_B },
        { "instrument", { "small", NULL, -1, NULL }, 3, ID_B },
        { "no instrument", { "smal", NULL, -1, NULL }, 0, "" },
        { "wave", { NULL, NULL, -1, "t1" }, 3, ID_B },
        { "all at once", { "small", "N-1", ATT_STATUS_COMPLETE, "t1" }, 1, ID_A },
    };
    small s;
    att_response header;
    att_entry start = small_act(ATT_ACT_START);

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 3);
    header = small_header(&s, ID_B, "N-2");
    header.started = NOON - 5000; /* begun before, noted later */
    assert_ok(att_responses_begin(s.store, &header, &start, &s.err), &s.err);
    small_begin(&s, ID_C, "");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_response *list;
        size_t n;

        assert_ok(
            att_responses_list(&s.arena, s.store, &cases[i].filter, &list, &n, &s.err),
            &s.err);
        if (n != cases[i].n) {
            fail_msg("%s: %zu rows", cases[i].label, n);
        }
        if (n > 0) {
            assert_string_equal(list[0].id, cases[i].first);
        }
    }
    small_end(&s);
}

typedef struct seen {
    size_t n, n_entries, n_names;
    size_t stop_after;
    att_store *store;
} seen;

static att_code look(void *data, att_arena *arena, const att_response *response,
                     att_err *err)
{
    seen *s = data;

    s->n++;
    s->n_entries += response->n_entries;
    for (size_t i = 0; i < response->n_entries; i++) {
        const att_entry *entry = &response->entries[i];

        if (strcmp(entry->item, "name") == 0) { /* that one was given, not which */
            assert_string_equal(entry->answer.text, "...");
            s->n_names++;
        }
    }
    if (s->store != NULL) { /* what is written while looking disturbs nothing */
        att_entry more = small_answer("t1", 9);

        assert_ok(att_responses_append(s->store, response->id, &more, err), err);
    }
    return s->n == s->stop_after ? att_fail(err, ATT_ELIMIT, "enough") : ATT_OK;
}

static void each_visits_all_and_leaves_identities_out(void **state)
{
    small s;
    seen all = { 0 };
    seen some = { .stop_after = 70 };

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 3);
    for (int i = 0; i < 130; i++) { /* more than two pages */
        const char *id =
            att_arena_format(&s.arena, "01j6ysvd5n7k3m9qh2r4t6w8y0z%09d", i);
        att_response header = small_header(&s, id, "");
        att_entry entries[2] = { small_act(ATT_ACT_START), small_answer("t1", i) };

        header.entries = entries;
        header.n_entries = 2;
        assert_ok(att_responses_add(s.store, &header, &s.err), &s.err);
    }
    assert_ok(att_responses_each(s.store, NULL, look, &all, &s.err), &s.err);
    assert_int_equal(all.n, 131);
    assert_int_equal(all.n_entries, 4 + 260);
    assert_int_equal(all.n_names, 1);
    assert_fails(att_responses_each(s.store, NULL, look, &some, &s.err), ATT_ELIMIT,
                 &s.err, "enough");
    assert_int_equal(some.n, 70);
    small_end(&s);
}

static void a_visitor_may_write(void **state)
{
    small s;
    seen all = { 0 };

    small_start(&s);
    small_begin(&s, ID_A, "");
    small_begin(&s, ID_B, "");
    all.store = s.store;
    assert_ok(att_responses_each(s.store, NULL, look, &all, &s.err), &s.err);
    assert_int_equal(all.n, 2);
    assert_int_equal(small_verify(&s).n_entries, 4);
    small_holds(&s);
    small_end(&s);
}

static void identifying_answers_are_read_with_their_session(void **state)
{
    small s;
    att_response r;

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 3);
    assert_ok(att_responses_read(&s.arena, s.store, ID_A, &r, &s.err), &s.err);
    assert_int_equal(r.n_entries, 4);
    assert_true(r.entries[2].is_identifying);
    assert_string_equal(r.entries[2].answer.text, "Ana");
    assert_false(r.entries[1].is_identifying);
    small_end(&s);
}

static void the_head_moves_with_each_entry_of_the_response(void **state)
{
    small s;
    char first[ATT_DIGEST_HEX], second[ATT_DIGEST_HEX], other[ATT_DIGEST_HEX];

    small_start(&s);
    small_begin(&s, ID_A, "");
    assert_ok(att_responses_head(s.store, ID_A, first, &s.err), &s.err);
    small_append(&s, ID_A, small_answer("t1", 1));
    assert_ok(att_responses_head(s.store, ID_A, second, &s.err), &s.err);
    assert_string_not_equal(first, second);
    assert_int_equal(strlen(second), 64);
    small_begin(&s, ID_B, "");
    assert_ok(att_responses_head(s.store, ID_A, other, &s.err), &s.err);
    assert_string_equal(second, other);
    small_end(&s);
}

static void an_id_that_is_there_is_refused_and_changes_nothing(void **state)
{
    small s;

    small_start(&s);
    small_begin(&s, ID_A, "");
    assert_fails(small_try_begin(&s, ID_A, ""), ATT_ESTORE, &s.err, "UNIQUE");
    small_holds(&s);
    small_end(&s);
}

static void what_was_known_is_sealed_with_the_start(void **state)
{
    small s;
    att_response r;
    att_known known[] = {
        { "", "age", { .kind = ATT_ANSWER_NUMBER, .number = 12 } },
        { "T0", "t2", { .kind = ATT_ANSWER_TEXT, .text = "a \"b\"" } },
    };
    att_entry start = small_act(ATT_ACT_START);
    att_response header;

    small_start(&s);
    header = small_header(&s, ID_A, "N-1");
    header.known = known;
    header.n_known = 2;
    start.at = NOON;
    assert_ok(att_responses_begin(s.store, &header, &start, &s.err), &s.err);
    small_append(&s, ID_A, small_answer("t1", 4));
    small_reopen(&s);
    assert_ok(att_responses_read(&s.arena, s.store, ID_A, &r, &s.err), &s.err);
    assert_int_equal(r.n_known, 2);
    assert_near(att_known_find(r.known, 2, "", "age")->number, 12, 0);
    assert_string_equal(att_known_find(r.known, 2, "T0", "t2")->text, "a \"b\"");
    small_holds(&s);
    small_end(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(what_was_known_is_sealed_with_the_start),
              cmocka_unit_test(what_was_begun_and_appended_is_read_back),
              cmocka_unit_test(finish_and_decline_close_a_response),
              cmocka_unit_test(an_unknown_session_or_instrument_is_not_found),
              cmocka_unit_test(a_session_is_found_by_its_last_characters),
              cmocka_unit_test(a_whole_response_is_added_in_one_transaction),
              cmocka_unit_test(headers_are_listed_by_start_and_filtered),
              cmocka_unit_test(each_visits_all_and_leaves_identities_out),
              cmocka_unit_test(a_visitor_may_write),
              cmocka_unit_test(identifying_answers_are_read_with_their_session),
              cmocka_unit_test(the_head_moves_with_each_entry_of_the_response),
              cmocka_unit_test(an_id_that_is_there_is_refused_and_changes_nothing))
