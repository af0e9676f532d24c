/* Rosters: numbered items, who is asked about, words and values across entries. */
#include "att_test.h"

#include <math.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/instrument/read.h>
#include <attune/instrument/roster.h>
#include <attune/instrument/score.h>
#include <attune/instrument/sheet.h>

typedef struct fixture {
    att_arena arena;
    att_instrument *in;
    att_sheet *sheet;
} fixture;

static const att_context somebody = { .role = "PT", .language = "en", .today = 20710 };

static int start(void **state)
{
    fixture *f = test_calloc(1, sizeof *f);
    att_err err = { 0 };

    f->in =
        att_instrument_open(&f->arena, att_test_path("instruments/roster.json"), &err);
    if (f->in == NULL) {
        print_error("%s\n", err.message);
        return 1;
    }
    f->sheet = att_sheet_make(&f->arena, f->in, &somebody);
    *state = f;
    return 0;
}

static int stop(void **state)
{
    fixture *f = *state;

    att_arena_drop(&f->arena);
    test_free(f);
    return 0;
}

static size_t at(const fixture *f, const char *id)
{
    size_t item = att_instrument_item(f->in, id);

    if (item == ATT_NONE) {
        print_error("no item \"%s\"\n", id);
    }
    assert_int_not_equal(item, ATT_NONE);
    return item;
}

static void put(fixture *f, const char *id, att_answer answer)
{
    att_sheet_put(f->sheet, at(f, id), &answer);
}

static void name(fixture *f, const char *id, const char *text)
{
    put(f, id, att_answer_of_text(text));
}

static void leave_empty(fixture *f, const char *id)
{
    put(f, id, att_answer_of_reason(ATT_REASON_SKIPPED));
}

/* The questions that are asked, and in ( ) those that may come to be. */
static const char *asked(fixture *f)
{
    att_buf text = { 0 };
    const char *copy;

    for (size_t i = 0; i < f->in->n_items; i++) {
        const char *between = text.n > 0 ? " " : "";

        if (!att_item_is_question(&f->in->items[i])) {
            continue;
        }
        if (f->sheet->is_asked[i]) {
            att_buf_format(&text, "%s%s", between, f->in->items[i].id);
        } else if (f->sheet->is_open[i]) {
            att_buf_format(&text, "%s(%s)", between, f->in->items[i].id);
        }
    }
    copy = att_buf_copy(&f->arena, &text);
    att_buf_drop(&text);
    return copy;
}

static void a_roster_becomes_numbered_items(void **state)
{
    fixture *f = *state;
    static const char wanted[] =
        "meetings partners partners_1 partner_1 trust_1 partners_2 partner_2 trust_2 "
        "partners_3 partner_3 trust_3 ties g1 g1_1 g1_2 g1_3 g2 g2_4 g2_5 ties_1 "
        "freq_1 gives_1 strength_1 ties_2 freq_2 gives_2 strength_2 ties_3 freq_3 "
        "gives_3 strength_3 ties_4 freq_4 gives_4 strength_4 ties_5 freq_5 gives_5 "
        "strength_5 ties_1_2 know_1_2 ties_1_3 know_1_3 ties_1_4 know_1_4 ties_1_5 "
        "know_1_5 ties_2_3 know_2_3 ties_2_4 know_2_4 ties_2_5 know_2_5 ties_3_4 "
        "know_3_4 ties_3_5 know_3_5 ties_4_5 know_4_5 last";
    att_buf text = { 0 };

    for (size_t i = 0; i < f->in->n_items; i++) {
        const att_item *item = &f->in->items[i];

        att_buf_format(&text, "%s%s", i > 0 ? " " : "", item->id);
        assert_true(item->end > i && item->end <= f->in->n_items);
        assert_true(item->parent == ATT_NONE ||
                    (item->parent < i && f->in->items[item->parent].end >= item->end));
    }
    assert_string_equal(att_buf_text(&text), wanted);
    att_buf_drop(&text);
}

static void items_know_their_roster_and_entry(void **state)
{
    fixture *f = *state;
    const att_item *item = &f->in->items[at(f, "gives_4")];

    assert_ptr_equal(item->roster, att_roster_find(f->in, "ties"));
    assert_string_equal(item->base, "gives");
    assert_int_equal(item->entry, 4);
    assert_int_equal(item->partner, 0);
    assert_true(item->is_copy);
    assert_false(f->in->items[at(f, "gives_1")].is_copy);
    item = &f->in->items[at(f, "know_2_5")];
    assert_int_equal(item->entry, 2);
    assert_int_equal(item->partner, 5);
    item = &f->in->items[at(f, "g2_5")];
    assert_int_equal(item->slot, 2);
    assert_int_equal(item->entry, 5);
    assert_true(item->is_identifying);
    assert_null(f->in->items[at(f, "last")].roster);
    assert_null(att_roster_find(f->in, "last"));
    assert_null(att_roster_find(f->in, "ties_1"));
}

static void a_count_says_which_entries_are_asked(void **state)
{
    fixture *f = *state;

    assert_string_equal(
        asked(f),
        "meetings (partner_1) (trust_1) (partner_2) (trust_2) (partner_3) (trust_3) "
        "g1_1 (g1_2) (g1_3) g2_4 (g2_5) (freq_1) (gives_1) (freq_2) (gives_2) (freq_3) "
        "(gives_3) (freq_4) (gives_4) (freq_5) (gives_5) (know_1_2) (know_1_3) "
        "(know_1_4) (know_1_5) (know_2_3) (know_2_4) (know_2_5) (know_3_4) (know_3_5) "
        "(know_4_5) last");
    put(f, "meetings", att_answer_of_number(2));
    leave_empty(f, "g1_1");
    leave_empty(f, "g2_4");
    assert_string_equal(asked(f),
                        "meetings partner_1 trust_1 partner_2 trust_2 g1_1 g2_4 last");
    put(f, "meetings", att_answer_of_number(9));
    assert_string_equal(asked(f), "meetings partner_1 trust_1 partner_2 trust_2 "
                                  "partner_3 trust_3 g1_1 g2_4 last");
    put(f, "meetings", att_answer_of_number(0));
    assert_string_equal(asked(f), "meetings g1_1 g2_4 last");
}

static void names_are_asked_until_an_empty_one(void **state)
{
    fixture *f = *state;

    put(f, "meetings", att_answer_of_number(0));
    leave_empty(f, "g2_4");
    name(f, "g1_1", "MJ");
    /* pairs with who cannot come any more are a bound: the others still may */
    assert_string_equal(asked(f),
                        "meetings g1_1 g1_2 (g1_3) g2_4 freq_1 (gives_1) (freq_2) "
                        "(gives_2) (freq_3) (gives_3) (know_1_2) (know_1_3) (know_1_4) "
                        "(know_1_5) (know_2_3) (know_2_4) (know_2_5) (know_3_4) "
                        "(know_3_5) (know_4_5) last");
    name(f, "g1_2", "Sam");
    leave_empty(f, "g1_3");
    assert_string_equal(asked(f), "meetings g1_1 g1_2 g1_3 g2_4 freq_1 (gives_1) "
                                  "freq_2 (gives_2) know_1_2 last");
    name(f, "g2_4", "Lu");
    leave_empty(f, "g2_5");
    assert_string_equal(asked(f), "meetings g1_1 g1_2 g1_3 g2_4 g2_5 freq_1 (gives_1) "
                                  "freq_2 (gives_2) freq_4 (gives_4) know_1_2 last");
}

static void a_name_taken_back_hides_its_entry_alone(void **state)
{
    fixture *f = *state;

    put(f, "meetings", att_answer_of_number(0));
    name(f, "g1_1", "MJ");
    name(f, "g1_2", "Sam");
    name(f, "g1_3", "Lu");
    leave_empty(f, "g2_4");
    put(f, "freq_2", att_answer_of_number(3));
    assert_string_equal(asked(f),
                        "meetings g1_1 g1_2 g1_3 g2_4 freq_1 (gives_1) freq_2 gives_2 "
                        "freq_3 (gives_3) know_1_2 last");
    leave_empty(f, "g1_2");
    assert_string_equal(asked(f), "meetings g1_1 g1_2 g1_3 g2_4 freq_1 (gives_1) "
                                  "freq_3 (gives_3) know_1_3 last");
    assert_int_equal(att_sheet_get(f->sheet, at(f, "freq_2"), true).reason,
                     ATT_REASON_NOT_ASKED);
    name(f, "g1_2", "Kim");
    assert_near(att_sheet_get(f->sheet, at(f, "freq_2"), true).number, 3, 0);
    leave_empty(f, "g1_3"); /* from behind, the list ends earlier */
    leave_empty(f, "g1_2");
    assert_string_equal(asked(f), "meetings g1_1 g1_2 g2_4 freq_1 (gives_1) last");
}

static const char *words(fixture *f, const char *id)
{
    return att_sheet_text(&f->arena, f->sheet, at(f, id));
}

static void words_mean_the_same_entry(void **state)
{
    fixture *f = *state;

    put(f, "meetings", att_answer_of_number(2));
    name(f, "partner_1", "Ana");
    name(f, "partner_2", "Bo");
    name(f, "g1_1", "MJ");
    name(f, "g1_2", "Sam");
    put(f, "freq_1", att_answer_of_number(3));
    put(f, "freq_2", att_answer_of_number(2));
    assert_string_equal(words(f, "trust_2"), "How much do you trust Bo?");
    assert_string_equal(words(f, "gives_1"),
                        "You meet MJ (A few times a month). Do you help?");
    assert_string_equal(words(f, "gives_2"),
                        "You meet Sam (About once a month). Do you help?");
    assert_string_equal(words(f, "know_1_2"), "Do MJ and Sam know each other?");
    /* without a name, the number */
    assert_string_equal(words(f, "freq_5"), "How often do you meet 5?");
}

static void values_go_over_all_entries(void **state)
{
    /* freq 3, 1 and 2 of three people: mean 2, most 3, in all 6; two of them are 2 or
     * more, one is over the mean; strength is a third of each, so its mean is 2/3.
     * Asked whom they help (freq over 1): yes and no, so a half. One pair of two that
     * know each other: 1. */
    static const struct {
        const char *id;
        double value;
    } cases[] = {
        { "degree", 3 },   { "often", 2 },     { "most", 3 },  { "all_freq", 6 },
        { "frequent", 2 }, { "helped", 0.5 },  { "above", 1 }, { "strong", 2.0 / 3 },
        { "density", 1 },  { "trusted", NAN },
    };
    fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t k = att_instrument_derived(f->in, cases[i].id);
        bool counts = strcmp(cases[i].id, "degree") == 0;

        assert_near(att_score_derived(f->sheet, k).value, counts ? 0 : NAN, 0);
    }
    name(f, "g1_1", "MJ");
    name(f, "g1_2", "Sam");
    name(f, "g2_4", "Lu");
    put(f, "freq_1", att_answer_of_number(3));
    put(f, "freq_2", att_answer_of_number(1));
    put(f, "freq_4", att_answer_of_number(2));
    put(f, "gives_1", att_answer_of_number(1));
    put(f, "gives_4", att_answer_of_number(0));
    put(f, "know_1_2", att_answer_of_number(1));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t k = att_instrument_derived(f->in, cases[i].id);

        assert_near(att_score_derived(f->sheet, k).value, cases[i].value, 1e-12);
    }
}

static void questions_to_come_are_counted(void **state)
{
    fixture *f = *state;
    size_t low, high;

    /* now: meetings, two lists, last; at most 3 x 2 more, 5 x 2, and one pair */
    att_sheet_count(f->sheet, &low, &high);
    assert_int_equal(low, 4);
    assert_int_equal(high, 4 + 6 + 10 + 1);
    put(f, "meetings", att_answer_of_number(0));
    name(f, "g1_1", "MJ");
    name(f, "g1_2", "Sam");
    leave_empty(f, "g1_3");
    leave_empty(f, "g2_4");
    put(f, "freq_1", att_answer_of_number(1));
    put(f, "freq_2", att_answer_of_number(1));
    att_sheet_count(f->sheet, &low, &high);
    assert_int_equal(low, 4 + 2 + 1);
    assert_int_equal(high, low);
}

static void answers_find_their_entries(void **state)
{
    static const char *const first[] = { "g1", "freq" };
    static const char *const other[] = { "freq", "g2" };
    static const char *const none[] = { "freq" };
    fixture *f = *state;
    const att_roster *ties = att_roster_find(f->in, "ties");
    bool is_taken[5] = { false };

    assert_int_equal(att_roster_claim(f->in, ties, other, 2, is_taken), 4);
    assert_int_equal(att_roster_claim(f->in, ties, first, 2, is_taken), 1);
    assert_int_equal(att_roster_claim(f->in, ties, none, 1, is_taken), 2);
    assert_int_equal(att_roster_claim(f->in, ties, first, 2, is_taken), 3);
    assert_int_equal(att_roster_claim(f->in, ties, first, 2, is_taken), 5);
    assert_int_equal(att_roster_claim(f->in, ties, first, 2, is_taken), 0);
    assert_int_equal(att_roster_item(f->in, ties, 4, "g2"), at(f, "g2_4"));
    assert_int_equal(att_roster_item(f->in, ties, 4, "freq"), at(f, "freq_4"));
    assert_int_equal(att_roster_item(f->in, ties, 4, "g1"), ATT_NONE);
    assert_int_equal(att_roster_item(f->in, ties, 4, "know"), ATT_NONE);
}

/* A roster of n entries with m items each. */
static void large(att_buf *out, size_t n, size_t m)
{
    att_buf_format(
        out,
        "{\"format\":\"instrument/1\",\"id\":\"large\",\"version\":\"1.0.0\","
        "\"title\":\"Large\",\"languages\":{\"default\":\"en\",\"list\":"
        "[{\"tag\":\"en\"}]},\"items\":[{\"id\":\"p\",\"kind\":\"roster\","
        "\"count\":%zu,\"items\":[",
        n);
    for (size_t i = 0; i < m; i++) {
        att_buf_format(out,
                       "%s{\"id\":\"a%zu\",\"kind\":\"integer\",\"min\":0,"
                       "\"text\":\"A?\"}",
                       i > 0 ? "," : "", i);
    }
    att_buf_add(out, "]}],\"derived\":[{\"id\":\"d\",\"value\":\"mean(p.a0)\"}]}");
}

static void two_hundred_entries_of_twenty_items_fit(void **state)
{
    att_arena arena = { 0 };
    att_buf text = { 0 };
    att_err err = { 0 };
    att_instrument *in;

    large(&text, 200, 20);
    in = att_instrument_open_bytes(&arena, "large", text.bytes, text.n, &err);
    assert_non_null(in);
    assert_int_equal(in->n_items, 1 + 200 * 21);
    assert_int_not_equal(att_instrument_item(in, "a19_200"), ATT_NONE);
    text.n = 0;
    large(&text, 500, 20);
    in = att_instrument_open_bytes(&arena, "large", text.bytes, text.n, &err);
    assert_null(in);
    assert_contains(err.message, "5000");
    att_buf_drop(&text);
    att_arena_drop(&arena);
}

/* Each entry's choices look at the same entry. */
static void a_choice_may_hang_on_the_same_entry(void **state)
{
    static const char text[] =
        "{\"format\":\"instrument/1\",\"id\":\"t\",\"version\":\"1.0.0\",\"title\":\"T\","
        "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},\"items\":["
        "{\"id\":\"r\",\"kind\":\"roster\",\"count\":3,\"items\":["
        "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"max\":9,\"text\":\"A\"},"
        "{\"id\":\"g\",\"kind\":\"grid\",\"text\":\"G\",\"choices\":["
        "{\"code\":1,\"text\":\"1\",\"show\":\"a > 1\"},"
        "{\"code\":2,\"text\":\"2\",\"show\":\"a > 2\"}],"
        "\"items\":[{\"id\":\"b\",\"text\":\"B\"}]}]}]}";
    static const int answers[] = { 2, 1, 3 };
    static const size_t offered[] = { 1, 0, 2 };
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_instrument *in =
        att_instrument_open_bytes(&arena, "t", text, sizeof text - 1, &err);
    att_sheet *sheet;

    (void)state;
    assert_ok(err.code, &err);
    sheet = att_sheet_make(&arena, in, &somebody);
    for (int i = 0; i < 3; i++) {
        att_answer answer = att_answer_of_number(answers[i]);
        char *a = att_arena_format(&arena, "a_%d", i + 1);

        att_sheet_put(sheet, att_instrument_item(in, a), &answer);
    }
    for (size_t i = 0; i < 3; i++) {
        size_t b = att_instrument_item(in, att_arena_format(&arena, "b_%zu", i + 1));

        assert_int_equal(att_sheet_offer(&arena, sheet, b).n_choices, offered[i]);
        assert_int_equal(sheet->is_asked[b], offered[i] > 0);
    }
    att_arena_drop(&arena);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

ATT_TEST_MAIN(cmocka_unit_test(a_choice_may_hang_on_the_same_entry),
              TEST(a_roster_becomes_numbered_items),
              TEST(items_know_their_roster_and_entry),
              TEST(a_count_says_which_entries_are_asked),
              TEST(names_are_asked_until_an_empty_one),
              TEST(a_name_taken_back_hides_its_entry_alone),
              TEST(words_mean_the_same_entry), TEST(values_go_over_all_entries),
              TEST(questions_to_come_are_counted), TEST(answers_find_their_entries),
              cmocka_unit_test(two_hundred_entries_of_twenty_items_fit))
