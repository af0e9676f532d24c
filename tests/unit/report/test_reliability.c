/* test_reliability.c - what `attune analyze reliability` says
 */
#include <math.h>

#include <attune/data/csv.h>
#include <attune/doc/renderer.h>
#include <attune/math/dist.h>
#include <attune/report/report.h>

#include "att_test.h"
#include "judge.h"

typedef struct small {
    att_arena arena;
    att_frame frame;
    att_column columns[8];
    size_t at[8];
    bool is_reversed[8];
    double x[400];
    att_reliability_input input;
} small;

/* n rows of k answers on 1 to 5, row by row; 0 is missing. */
static void start(small *s, const int *answers, size_t n, size_t k)
{
    static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };

    *s = (small){ .arena = { 0 } };
    att_math_start();
    for (size_t j = 0; j < k; j++) {
        s->columns[j] = (att_column){
            .name = names[j], .label = names[j], .item = names[j], .low = 1, .high = 5
        };
        s->at[j] = j;
    }
    for (size_t i = 0; i < n * k; i++) {
        s->x[i] = answers[i] == 0 ? (double)NAN : (double)answers[i];
    }
    s->frame =
        (att_frame){ .n_rows = n, .n_columns = k, .columns = s->columns, .x = s->x };
    s->input = (att_reliability_input){ .title = "Reliability of a test",
                                        .source = "test",
                                        .frame = &s->frame,
                                        .columns = s->at,
                                        .is_reversed = s->is_reversed,
                                        .n = k };
}

/* The document as an 80-column terminal shows it; *failed as given back. */
static const char *shown(small *s, bool *failed)
{
    att_render_opts opts = { .width = 200 };
    att_buf out = { 0 };
    att_doc *doc = att_report_reliability(&s->arena, &s->input, 1, failed);
    const char *text;

    att_renderer_find("term")->render(&out, doc, &opts);
    text = att_buf_copy(&s->arena, &out);
    att_buf_drop(&out);
    return text;
}

static void the_five_items_of_the_manual_read_as_the_manual_says(void **state)
{
    const char *names[] = { "A1", "A2", "A3", "A4", "A5" };
    att_csv_opts opts = { .columns = names, .n_columns = 5 };
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_frame *frame =
        att_csv_read(&arena, att_test_path("reference/alpha/bfi.csv"), &opts, &err);
    size_t at[] = { 0, 1, 2, 3, 4 };
    bool is_reversed[] = { true, false, false, false, false };
    att_column *columns = att_new_n(&arena, att_column, 5);
    att_reliability_input input = { .title = "Reliability of 5 items, bfi.csv",
                                    .source = "bfi.csv",
                                    .columns = at,
                                    .is_reversed = is_reversed,
                                    .n = 5 };
    att_render_opts plain = { .width = 80 };
    att_buf out = { 0 };
    bool failed = true;

    att_math_start();
    assert_ok(err.code, &err);
    for (size_t j = 0; j < 5; j++) {
        columns[j] = frame->columns[j];
        columns[j].low = 1;
        columns[j].high = 6;
    }
    frame->columns = columns;
    input.frame = frame;
    att_renderer_find("term")->render(
        &out, att_report_reliability(&arena, &input, 1, &failed), &plain);
    assert_false(failed);
    assert_golden(out.bytes, out.n, "reliability-bfi.txt");
    att_buf_cut(&out, 0);
    att_report_reliability_json(&out, &input, 1);
    assert_golden(out.bytes, out.n, "reliability-bfi.json");
    att_buf_drop(&out);
    att_arena_drop(&arena);
}

/* Made-up alphas; each sentence by its rule. */
static void a_verdict_follows_alpha_and_its_interval(void **state)
{
    static const struct {
        double raw, low, high;
        att_sign sign;
        const char *text;
    } cases[] = {
        { 0.84, 0.80, 0.87, ATT_SIGN_PLUS,
          "Sufficient for comparing groups: alpha is .84, and its interval stays at or "
          "above .70 (COSMIN). Too low to decide about one person (.90)." },
        { 0.71, 0.68, 0.74, ATT_SIGN_UNKNOWN,
          "Borderline for comparing groups: alpha is .71, but its interval goes below "
          ".70 (COSMIN). Too low to decide about one person (.90)." },
        { 0.70, 0.70, 0.74, ATT_SIGN_PLUS, "Sufficient for comparing groups" },
        { 0.62, 0.55, 0.68, ATT_SIGN_MINUS,
          "Insufficient for comparing groups: alpha is .62, below .70 (COSMIN). Too low "
          "to decide about one person (.90)." },
        { 0.68, 0.60, 0.74, ATT_SIGN_MINUS,
          "alpha is .68, below .70 (COSMIN); its interval reaches higher." },
        { 0.6996, 0.65, 0.74, ATT_SIGN_MINUS,
          "alpha is just under .70 (COSMIN); its interval reaches higher." },
        { 0.93, 0.88, 0.95, ATT_SIGN_PLUS, "Borderline to decide about one person" },
        { 0.94, 0.92, 0.95, ATT_SIGN_PLUS, "High enough to decide about one person" },
        { -0.2, -0.5, 0.1, ATT_SIGN_MINUS, "alpha is \xe2\x88\x92.20, below .70" },
    };
    att_arena arena = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_alpha alpha = { .raw = cases[i].raw,
                            .raw_low = cases[i].low,
                            .raw_high = cases[i].high };
        att_sign sign;

        assert_contains(att_judge_alpha(&arena, &alpha, &sign), cases[i].text);
        assert_int_equal(sign, cases[i].sign);
    }
    att_arena_drop(&arena);
}

static void a_scale_that_is_built_by_its_items_gets_a_sentence(void **state)
{
    static const int answers[] = { 1, 2, 2, 3, 3, 3, 4, 5 };
    static const struct {
        att_model model;
        const char *text;
    } cases[] = {
        { ATT_MODEL_FORMATIVE, "No alpha: the items of a formative scale build" },
        { ATT_MODEL_SINGLE, "No alpha: one item has no internal consistency" },
        { ATT_MODEL_CHECKLIST, "No alpha: a checklist counts" },
    };
    small s;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool failed = true;
        const char *text;

        start(&s, answers, 4, 2);
        s.input.model = cases[i].model;
        text = shown(&s, &failed);
        assert_contains(text, cases[i].text);
        assert_lacks(text, "Item-rest");
        assert_false(failed);
        att_arena_drop(&s.arena);
    }
}

static void two_items_are_read_by_spearman_and_brown(void **state)
{
    static const int answers[] = { 1, 2, 2, 1, 3, 4, 4, 3, 5, 5, 1, 1, 5, 2, 1, 4 };
    bool failed = true;
    const char *text;
    small s;

    start(&s, answers, 8, 2);
    text = shown(&s, &failed);
    assert_contains(text, "Spearman-Brown");
    assert_contains(text, "Two items: the Spearman-Brown coefficient is");
    assert_lacks(text, "Standardised");
    assert_false(failed);
    att_arena_drop(&s.arena);
}

static void what_cannot_be_estimated_says_why_and_fails(void **state)
{
    static const int constant[] = { 1, 3, 2, 2, 3, 4, 3, 3, 5, 4, 3, 4, 5, 3, 4 };
    static const int same[] = { 2, 3, 2, 3, 2, 3, 2, 3 };
    static const int holes[] = { 1, 0, 0, 2, 3, 0, 4, 4 };
    static const int one[] = { 1, 2, 3, 4 };
    bool failed = true;
    small s;

    start(&s, constant, 5, 3);
    assert_contains(shown(&s, &failed), "b does not vary: everyone gave the same");
    assert_false(failed);
    att_arena_drop(&s.arena);
    start(&s, same, 4, 2);
    assert_contains(shown(&s, &failed), "No estimate: the sum of the items does not");
    assert_true(failed);
    att_arena_drop(&s.arena);
    start(&s, holes, 4, 2);
    assert_contains(shown(&s, &failed),
                    "No estimate: 1 of 4 rows has all 2 answers, and alpha needs 2.");
    assert_true(failed);
    att_arena_drop(&s.arena);
    start(&s, one, 4, 1);
    assert_contains(shown(&s, &failed), "No estimate: one item cannot agree");
    assert_true(failed);
    att_arena_drop(&s.arena);
    start(&s, one, 0, 2);
    assert_contains(shown(&s, &failed), "No estimate");
    assert_true(failed);
    att_arena_drop(&s.arena);
}

static void an_item_that_runs_against_the_others_is_named(void **state)
{
    static const int answers[] = {
        1, 1, 5, 2, 2, 4, 3, 3, 3, 4, 4, 2, 5, 5, 1, 4, 5, 2
    };
    bool failed = true;
    const char *text;
    small s;

    start(&s, answers, 6, 3);
    text = shown(&s, &failed);
    assert_contains(text, "Alpha is negative: items pull in opposite directions.");
    assert_contains(text, "c runs against the other items");
    assert_contains(text, "See whether it should be reversed.");
    assert_false(failed);
    s.is_reversed[2] = true;
    text = shown(&s, &failed);
    assert_lacks(text, "runs against");
    assert_contains(text, "c (R)");
    assert_contains(text, "Alpha is above .95: items may ask the same thing twice.");
    att_arena_drop(&s.arena);
}

static void every_scale_has_a_section_of_its_own(void **state)
{
    static const int answers[] = { 1, 2, 2, 3, 3, 3, 4, 5 };
    att_render_opts opts = { .width = 80 };
    att_reliability_input inputs[2];
    att_buf out = { 0 };
    small s;

    start(&s, answers, 4, 2);
    inputs[0] = s.input;
    inputs[1] = s.input;
    inputs[1].title = "Another";
    inputs[1].model = ATT_MODEL_FORMATIVE;
    att_renderer_find("term")->render(
        &out, att_report_reliability(&s.arena, inputs, 2, NULL), &opts);
    assert_contains(att_buf_text(&out), "Reliability of 2 scales, test");
    assert_contains(att_buf_text(&out), "Reliability of a test\nn = 4; no answer");
    assert_contains(att_buf_text(&out), "Another\nNo alpha");
    att_buf_drop(&out);
    att_arena_drop(&s.arena);
}

ATT_TEST_MAIN(cmocka_unit_test(the_five_items_of_the_manual_read_as_the_manual_says),
              cmocka_unit_test(a_verdict_follows_alpha_and_its_interval),
              cmocka_unit_test(a_scale_that_is_built_by_its_items_gets_a_sentence),
              cmocka_unit_test(two_items_are_read_by_spearman_and_brown),
              cmocka_unit_test(what_cannot_be_estimated_says_why_and_fails),
              cmocka_unit_test(an_item_that_runs_against_the_others_is_named),
              cmocka_unit_test(every_scale_has_a_section_of_its_own))
