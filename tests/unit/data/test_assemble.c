/* Responses to frame: which columns, which values, which reasons. */
#include "frames.h"

/* page: pick (1..5, n r), many (1..3), age, mail (identifying), note, why (text), when
 * (day); late is asked when pick = 5. Scale s over a b -c. */
static void make_instrument(att_small *s)
{
    size_t page;
    size_t late;

    att_small_start(s, 20);
    page = att_small_item(s, "page", "page", ATT_NONE);
    s->items[att_small_item(s, "pick", "one", page)].choices =
        att_small_set(s, 1, 5, "nr");
    s->items[att_small_item(s, "many", "many", page)].choices =
        att_small_set(s, 1, 3, "");
    s->items[att_small_item(s, "age", "integer", page)].has_min = true;
    s->items[att_small_item(s, "mail", "text", page)].is_identifying = true;
    (void)att_small_item(s, "hello", "note", page);
    (void)att_small_item(s, "why", "text", page);
    (void)att_small_item(s, "when", "date", page);
    (void)att_small_item(s, "glide", "vas", page);
    late = att_small_item(s, "late", "integer", page);
    s->items[late].show = att_small_expr(s, "pick = 5");
    (void)att_small_items(s, "a b c", "one");
    (void)att_small_scale(s, "trust", "a b -c", 1, 5, 2);
    (void)att_small_derive(s, "older", "age + 1");
    att_small_done(s);
}

static att_frame *assemble(att_small *s, const att_response *responses, size_t n,
                           const att_assemble_opts *opts)
{
    att_assembly *assembly = att_assemble_begin(&s->arena, opts);

    att_assemble_instrument(assembly, &s->instrument, NULL, 0);
    for (size_t i = 0; i < n; i++) {
        att_assemble_response(assembly, &s->instrument, &responses[i]);
    }
    return att_assemble_end(assembly);
}

static void columns_stand_in_the_order_of_the_instrument(void **state)
{
    static const char *const names[] = { "pick",  "many___1",  "many___2", "many___3",
                                         "age",   "why",       "when",     "glide",
                                         "late",  "a",         "b",        "c",
                                         "trust", "trust_100", "older" };
    static const att_column_kind kinds[] = {
        ATT_COLUMN_CODE,   ATT_COLUMN_MARK,   ATT_COLUMN_MARK,  ATT_COLUMN_MARK,
        ATT_COLUMN_NUMBER, ATT_COLUMN_TEXT,   ATT_COLUMN_DAY,   ATT_COLUMN_NUMBER,
        ATT_COLUMN_NUMBER, ATT_COLUMN_CODE,   ATT_COLUMN_CODE,  ATT_COLUMN_CODE,
        ATT_COLUMN_NUMBER, ATT_COLUMN_NUMBER, ATT_COLUMN_NUMBER
    };
    att_small s;
    att_frame *frame;

    make_instrument(&s);
    frame = assemble(&s, NULL, 0, &(att_assemble_opts){ .with_scores = true });
    assert_int_equal(frame->n_rows, 0);
    assert_int_equal(frame->n_columns, 15);
    for (size_t j = 0; j < 15; j++) {
        assert_string_equal(frame->columns[j].name, names[j]);
        assert_int_equal(frame->columns[j].kind, kinds[j]);
        assert_int_equal(att_frame_column(frame, names[j]), j);
    }
    assert_near(frame->columns[0].low, 1, 0);
    assert_near(frame->columns[0].high, 5, 0);
    assert_int_equal(frame->columns[0].n_codes, 5); /* reasons are no codes */
    assert_string_equal(frame->columns[0].code_labels[4], "c5");
    assert_string_equal(frame->columns[2].item, "many");
    assert_near(frame->columns[7].high, 100, 0);
    assert_near(frame->columns[4].high, NAN, 0);
    assert_int_equal(att_frame_column(frame, "mail"), ATT_NONE);
    frame = assemble(&s, NULL, 0, &(att_assemble_opts){ .with_identifying = true });
    assert_int_equal(frame->n_columns, 13);
    assert_int_not_equal(att_frame_column(frame, "mail"), ATT_NONE);
    att_small_drop(&s);
}

static void cells_hold_what_counts_or_why_not(void **state)
{
    static const int marks[] = { 1, 3 };
    const att_entry entries[] = {
        frames_entry("pick", att_answer_of_number(5)),
        frames_entry("late", att_answer_of_number(7)),
        frames_entry("pick", att_answer_of_number(4)), /* hides late again */
        frames_entry("many", att_answer_of_codes(marks, 2)),
        frames_entry("age", att_answer_of_reason(ATT_REASON_REFUSED)),
        frames_entry("why", att_answer_of_text("because")),
        frames_entry("when", att_answer_of_day(20000)),
        frames_entry("glide", att_answer_of_text("an older program wrote this")),
        frames_entry("a", att_answer_of_number(4)),
        frames_entry("b", att_answer_of_reason(ATT_REASON_SKIPPED)),
        frames_entry("c", att_answer_of_number(1)),
    };
    att_small s;
    att_response response;
    att_frame *frame;

    make_instrument(&s);
    response = frames_response(&s.instrument, ATT_STATUS_COMPLETE, entries,
                               sizeof entries / sizeof *entries);
    frame = assemble(&s, &response, 1, &(att_assemble_opts){ .with_scores = true });
    assert_int_equal(frame->n_rows, 1);
    assert_near(frames_x(frame, 0, "pick"), 4, 0);
    assert_string_equal(frames_reason(frame, 0, "pick"), "");
    assert_near(frames_x(frame, 0, "many___1"), 1, 0);
    assert_near(frames_x(frame, 0, "many___2"), 0, 0);
    assert_near(frames_x(frame, 0, "many___3"), 1, 0);
    assert_near(frames_x(frame, 0, "age"), NAN, 0);
    assert_string_equal(frames_reason(frame, 0, "age"), "refused");
    assert_string_equal(frames_text(frame, 0, "why"), "because");
    assert_near(frames_x(frame, 0, "when"), 20000, 0);
    assert_string_equal(frames_reason(frame, 0, "late"), "not_asked");
    assert_string_equal(frames_reason(frame, 0, "glide"), "unreadable");
    assert_string_equal(frames_reason(frame, 0, "b"), "skipped");
    assert_near(frames_x(frame, 0, "trust"), 4.5, 0);
    assert_near(frames_x(frame, 0, "trust_100"), 87.5, 0);
    assert_near(frames_x(frame, 0, "older"), NAN, 0);
    assert_string_equal(frames_reason(frame, 0, "older"), "");
    assert_string_equal(frame->heads[0].person, "P001");
    assert_string_equal(frame->heads[0].site, "North");
    att_small_drop(&s);
}

static void times_are_texts_without_a_range(void **state)
{
    const att_entry entries[] = {
        frames_entry("wake", att_answer_of_text("07:30")),
        frames_entry("met", att_answer_of_text("2026-09-14 07:30")),
    };
    att_small s;
    att_response response;
    att_frame *frame;

    att_small_start(&s, 2);
    s.items[att_small_item(&s, "wake", "time", ATT_NONE)].has_min = true;
    (void)att_small_item(&s, "met", "datetime", ATT_NONE);
    att_small_done(&s);
    response = frames_response(&s.instrument, ATT_STATUS_COMPLETE, entries, 2);
    frame = assemble(&s, &response, 1, NULL);
    assert_int_equal(frame->columns[0].kind, ATT_COLUMN_TEXT);
    assert_near(frame->columns[0].low, NAN, 0);
    assert_string_equal(frames_text(frame, 0, "wake"), "07:30");
    assert_string_equal(frames_text(frame, 0, "met"), "2026-09-14 07:30");
    att_small_drop(&s);
}

static void an_order_has_a_column_for_each_choice(void **state)
{
    static const int order[] = { 4, 1 };
    const att_entry entries[] = {
        frames_entry("helped", att_answer_of_ranks(order, 2)),
        frames_entry("again", att_answer_of_reason(ATT_REASON_REFUSED)),
    };
    att_small s;
    att_response response;
    att_frame *frame;

    att_small_start(&s, 4);
    s.items[att_small_item(&s, "helped", "rank", ATT_NONE)].choices =
        att_small_set(&s, 1, 4, "n");
    s.items[att_small_item(&s, "again", "rank", ATT_NONE)].choices =
        att_small_set(&s, 1, 2, "");
    s.items[0].ranks = 3;
    att_small_done(&s);
    response = frames_response(&s.instrument, ATT_STATUS_COMPLETE, entries, 2);
    frame = assemble(&s, &response, 1, &(att_assemble_opts){ 0 });
    assert_int_equal(frame->n_columns, 6);
    assert_string_equal(frame->columns[0].name, "helped___1");
    assert_near(frame->columns[0].low, 1, 0);
    assert_near(frame->columns[0].high, 3, 0);
    assert_near(frames_x(frame, 0, "helped___4"), 1, 0);
    assert_near(frames_x(frame, 0, "helped___1"), 2, 0);
    assert_near(frames_x(frame, 0, "helped___2"), NAN, 0); /* no place */
    assert_string_equal(frames_reason(frame, 0, "helped___2"), "");
    assert_string_equal(frames_reason(frame, 0, "again___1"), "refused");
    att_small_drop(&s);
}

static void a_consent_has_a_column_for_what_was_seen(void **state)
{
    att_answer yes = att_answer_of_number(1);
    att_small s;
    att_response responses[2];
    att_entry entries[2];
    att_frame *frame;

    yes.beside = "2026-05 abc";
    entries[0] = frames_entry("agree", yes);
    entries[1] = frames_entry("agree", att_answer_of_number(0)); /* by an import */
    att_small_start(&s, 1);
    s.items[att_small_item(&s, "agree", "consent", ATT_NONE)].choices =
        att_small_set(&s, 0, 1, "");
    att_small_done(&s);
    responses[0] = frames_response(&s.instrument, ATT_STATUS_COMPLETE, entries, 1);
    responses[1] = frames_response(&s.instrument, ATT_STATUS_COMPLETE, entries + 1, 1);
    frame = assemble(&s, responses, 2, NULL);
    assert_int_equal(frame->n_columns, 2);
    assert_int_equal(frame->columns[0].kind, ATT_COLUMN_CODE);
    assert_int_equal(frame->columns[0].n_codes, 2);
    assert_near(frames_x(frame, 0, "agree"), 1, 0);
    assert_string_equal(frames_text(frame, 0, "agree__seen"), "2026-05 abc");
    assert_near(frames_x(frame, 1, "agree"), 0, 0);
    assert_string_equal(frames_reason(frame, 1, "agree__seen"), "");
    responses[1] = frames_response(&s.instrument, ATT_STATUS_COMPLETE, NULL, 0);
    frame = assemble(&s, responses, 2, NULL);
    assert_string_equal(frames_reason(frame, 1, "agree__seen"), "not_reached");
    att_small_drop(&s);
}

static void a_value_that_was_worked_out_has_a_column(void **state)
{
    const att_entry some[] = { frames_entry("a", att_answer_of_number(2)) };
    const att_entry all[] = { frames_entry("a", att_answer_of_number(2)),
                              frames_entry("b", att_answer_of_number(3)) };
    att_small s;
    att_response responses[2];
    att_frame *frame;

    att_small_start(&s, 3);
    (void)att_small_items(&s, "a b", "integer");
    s.items[att_small_item(&s, "x", "calc", ATT_NONE)].value =
        att_small_expr(&s, "a + b");
    att_small_done(&s);
    responses[0] = frames_response(&s.instrument, ATT_STATUS_COMPLETE, all, 2);
    responses[1] = frames_response(&s.instrument, ATT_STATUS_COMPLETE, some, 1);
    frame = assemble(&s, responses, 2, NULL);
    assert_int_equal(frame->n_columns, 3);
    assert_int_equal(frame->columns[2].kind, ATT_COLUMN_NUMBER);
    assert_near(frames_x(frame, 0, "x"), 5, 0);
    assert_near(frames_x(frame, 1, "x"), NAN, 0);
    assert_string_equal(frames_reason(frame, 1, "x"), "");
    responses[1].status = ATT_STATUS_OPEN;
    frame = assemble(&s, responses, 2, NULL);
    assert_string_equal(frames_reason(frame, 1, "x"), "not_reached");
    att_small_drop(&s);
}

static void an_open_interview_has_not_reached_the_rest(void **state)
{
    att_small s;
    att_response response;
    att_frame *frame;

    make_instrument(&s);
    response = frames_response(&s.instrument, ATT_STATUS_OPEN, NULL, 0);
    frame = assemble(&s, &response, 1, NULL);
    assert_string_equal(frames_reason(frame, 0, "pick"), "not_reached");
    assert_string_equal(frames_reason(frame, 0, "many___2"), "not_reached");
    assert_string_equal(frames_reason(frame, 0, "late"), "not_reached");
    response.status = ATT_STATUS_COMPLETE;
    frame = assemble(&s, &response, 1, NULL);
    assert_string_equal(frames_reason(frame, 0, "late"), "not_asked");
    att_small_drop(&s);
}

static void versions_join_in_one_frame(void **state)
{
    const att_entry old_entries[] = { frames_entry("x", att_answer_of_number(2)),
                                      frames_entry("y", att_answer_of_number(3)) };
    const att_entry new_entries[] = { frames_entry("x", att_answer_of_number(7)),
                                      frames_entry("y", att_answer_of_text("three")) };
    att_small before;
    att_small after;
    att_assembly *assembly;
    att_response response;
    att_frame *frame;

    att_small_start(&before, 5);
    before.items[att_small_item(&before, "x", "one", ATT_NONE)].choices =
        att_small_set(&before, 1, 5, "");
    (void)att_small_item(&before, "y", "integer", ATT_NONE);
    att_small_done(&before);
    att_small_start(&after, 5);
    (void)att_small_item(&after, "z", "integer", ATT_NONE);
    after.items[att_small_item(&after, "x", "one", ATT_NONE)].choices =
        att_small_set(&after, 1, 7, "");
    (void)att_small_item(&after, "y", "text", ATT_NONE);
    att_small_done(&after);
    assembly = att_assemble_begin(&after.arena, NULL);
    att_assemble_instrument(assembly, &before.instrument, NULL, 0);
    att_assemble_instrument(assembly, &after.instrument, NULL, 0);
    response = frames_response(&before.instrument, ATT_STATUS_COMPLETE, old_entries, 2);
    att_assemble_response(assembly, &before.instrument, &response);
    response = frames_response(&after.instrument, ATT_STATUS_COMPLETE, new_entries, 2);
    att_assemble_response(assembly, &after.instrument, &response);
    frame = att_assemble_end(assembly);
    assert_int_equal(frame->n_columns, 4); /* x y z y__text */
    assert_string_equal(frame->columns[2].name, "z");
    assert_string_equal(frame->columns[3].name, "y__text");
    assert_int_equal(frame->columns[0].n_codes, 7);
    assert_near(frame->columns[0].high, 7, 0);
    assert_near(frames_x(frame, 0, "x"), 2, 0);
    assert_near(frames_x(frame, 0, "y"), 3, 0);
    assert_string_equal(frames_reason(frame, 0, "z"), "not_asked");
    assert_string_equal(frames_reason(frame, 0, "y__text"), "not_asked");
    assert_near(frames_x(frame, 1, "x"), 7, 0);
    assert_string_equal(frames_reason(frame, 1, "y"), "not_asked");
    assert_string_equal(frames_text(frame, 1, "y__text"), "three");
    att_small_drop(&before);
    att_small_drop(&after);
}

static void choices_of_a_setting_are_labelled_by_it(void **state)
{
    static const char *const sites[] = { "North", "South" };
    const att_setting setting = { .name = "sites", .list = sites, .n_list = 2 };
    att_small s;
    att_assembly *assembly;
    att_frame *frame;
    size_t item;

    att_small_start(&s, 3);
    item = att_small_item(&s, "where", "one", ATT_NONE);
    s.items[item].from = ATT_FROM_STUDY;
    s.items[item].from_setting = "sites";
    item = att_small_item(&s, "which", "many", ATT_NONE);
    s.items[item].from = ATT_FROM_ITEM;
    s.items[item].from_item = item - 1;
    att_small_done(&s);
    assembly = att_assemble_begin(&s.arena, NULL);
    att_assemble_instrument(assembly, &s.instrument, &setting, 1);
    frame = att_assemble_end(assembly);
    assert_int_equal(frame->n_columns, 3);
    assert_string_equal(frame->columns[0].code_labels[1], "South");
    assert_near(frame->columns[0].high, 2, 0);
    assert_string_equal(frame->columns[2].name, "which___2");
    assert_contains(frame->columns[2].label, "South");
    att_small_drop(&s);
}

static void a_matrix_is_keyed_and_only_of_the_rows_kept(void **state)
{
    static const bool keep[] = { true, false, true };
    static const size_t columns[] = { 1, 0 };
    static const bool reversed[] = { true, false };
    double x[] = { 1, 2, 3, 4, 5, NAN };
    const att_column list[] = { { .name = "a", .low = 1, .high = 5 },
                                { .name = "b", .low = 1, .high = 5 } };
    const att_frame frame = { .n_rows = 3, .n_columns = 2, .columns = list, .x = x };
    att_arena arena = { 0 };
    att_matrix m = att_frame_matrix(&arena, &frame, columns, 2, reversed, keep);
    att_matrix all = att_frame_matrix(&arena, &frame, columns, 2, NULL, NULL);

    assert_int_equal(m.n_rows, 2);
    assert_near(att_matrix_get(&m, 0, 0), 4, 0);
    assert_near(att_matrix_get(&m, 0, 1), 1, 0);
    assert_near(att_matrix_get(&m, 1, 0), NAN, 0);
    assert_int_equal(all.n_rows, 3);
    assert_near(att_matrix_get(&all, 1, 0), 4, 0);
    att_arena_drop(&arena);
}

/* Many more rows than one block of them. */
static void rows_keep_their_order(void **state)
{
    att_small s;
    att_assembly *assembly;
    att_frame *frame;

    make_instrument(&s);
    assembly = att_assemble_begin(&s.arena, NULL);
    att_assemble_instrument(assembly, &s.instrument, NULL, 0);
    for (size_t i = 0; i < 5000; i++) {
        att_entry entry = frames_entry("age", att_answer_of_number((double)i));
        att_response response =
            frames_response(&s.instrument, ATT_STATUS_COMPLETE, &entry, 1);
        att_assemble_response(assembly, &s.instrument, &response);
    }
    frame = att_assemble_end(assembly);
    assert_int_equal(frame->n_rows, 5000);
    for (size_t i = 0; i < 5000; i++) {
        assert_near(frames_x(frame, i, "age"), (double)i, 0);
    }
    att_small_drop(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(columns_stand_in_the_order_of_the_instrument),
              cmocka_unit_test(cells_hold_what_counts_or_why_not),
              cmocka_unit_test(times_are_texts_without_a_range),
              cmocka_unit_test(an_order_has_a_column_for_each_choice),
              cmocka_unit_test(a_consent_has_a_column_for_what_was_seen),
              cmocka_unit_test(a_value_that_was_worked_out_has_a_column),
              cmocka_unit_test(an_open_interview_has_not_reached_the_rest),
              cmocka_unit_test(versions_join_in_one_frame),
              cmocka_unit_test(choices_of_a_setting_are_labelled_by_it),
              cmocka_unit_test(a_matrix_is_keyed_and_only_of_the_rows_kept),
              cmocka_unit_test(rows_keep_their_order))
