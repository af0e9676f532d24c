/* Where scores stand. The numbers are worked out by hand beside each case: T is 50 + 10
 * (x - mean) / SD; between rows of a table the straight line. */
#include <math.h>
#include <string.h>

#include <attune/instrument/norm.h>
#include <attune/instrument/read.h>

#include "att_small.h"
#include "att_test.h"

static const att_norm_row t_rows[] = { { 1, 20 }, { 2, 35 }, { 4, 65 } };
static const att_norm_row steps[] = { { 0, 2 }, { 10, 2 }, { 20, 98 } };

static const att_norm by_mean = { .metric = ATT_METRIC_T, .mean = 3, .sd = 0.8 };
static const att_norm by_table = {
    .metric = ATT_METRIC_T, .rows = t_rows, .n_rows = 3, .mean = 3, .sd = 0.8
};
static const att_norm by_percentile = { .metric = ATT_METRIC_PERCENTILE,
                                        .rows = steps,
                                        .n_rows = 3 };
static const att_norm by_one_row = { .metric = ATT_METRIC_T,
                                     .rows = t_rows,
                                     .n_rows = 1 };

static void a_score_is_set_among_a_population(void **state)
{
    static const struct {
        const char *label;
        const att_norm *norm;
        double score, normed;
    } cases[] = {
        { "the mean is 50", &by_mean, 3, 50 },
        { "one SD above is 60", &by_mean, 3.8, 60 },
        { "half an SD below is 45", &by_mean, 2.6, 45 },
        { "a row of the table", &by_table, 2, 35 },
        { "half way from 35 to 65", &by_table, 3, 50 },
        { "the first row", &by_table, 1, 20 },
        { "the last row", &by_table, 4, 65 },
        { "below the table", &by_table, 0.99, NAN },
        { "above the table", &by_table, 4.01, NAN },
        { "a flat piece", &by_percentile, 5, 2 },
        { "a quarter of the way from 2 to 98", &by_percentile, 12.5, 26 },
        { "a table of one row", &by_one_row, 1, 20 },
        { "no score", &by_table, NAN, NAN },
        { "no score, by the mean", &by_mean, NAN, NAN },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("%s\n", cases[i].label);
        assert_near(att_norm_of(cases[i].norm, cases[i].score), cases[i].normed, 1e-9);
    }
}

#define TEXT(status)                                                                   \
    "{\"format\":\"instrument/1\",\"id\":\"n\",\"version\":\"1.0.0\",\"title\":\"N\"," \
    "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"                  \
    "\"provenance\":{\"licence\":\"CC0-1.0\",\"status\":\"" status "\","               \
    "\"evidence\":[{}]},\"choices\":{\"c\":[{\"code\":1,\"text\":\"No\"},"             \
    "{\"code\":5,\"text\":\"Yes\"}]},\"items\":["                                      \
    "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"c\",\"text\":\"A?\"},"               \
    "{\"id\":\"b\",\"kind\":\"one\",\"choices\":\"c\",\"text\":\"B?\"}],"              \
    "\"scales\":[{\"id\":\"x\",\"model\":\"formative\",\"items\":[\"a\",\"b\"],"       \
    "\"score\":\"weighted\",\"weights\":{\"a\":0.75,\"b\":0.25},"                      \
    "\"bands\":[{\"from\":2,\"text\":\"Middle\"},{\"from\":4,\"text\":\"High\"}]},"    \
    "{\"id\":\"y\",\"model\":\"checklist\",\"items\":[\"a\",\"b\"],\"range\":[1,25],"  \
    "\"score\":\"expression\",\"value\":\"a * b\"}],\"norms\":["                       \
    "{\"scale\":\"x\",\"to\":\"t\",\"when\":\"role = 'PT'\",\"group\":\"Patients\","   \
    "\"population\":\"P\",\"n\":90,\"mean\":4,\"sd\":1,\"source\":\"S\"},"             \
    "{\"scale\":\"x\",\"to\":\"t\",\"population\":\"All\",\"n\":200,\"mean\":3,"       \
    "\"sd\":1,\"source\":\"S\"},"                                                      \
    "{\"scale\":\"x\",\"to\":\"percentile\",\"population\":\"All\",\"n\":200,"         \
    "\"mean\":3,\"sd\":1,\"source\":\"S\",\"table\":[[1,0],[5,100]]}]}"

typedef struct stood {
    att_arena arena;
    att_context who;
    att_sheet *sheet;
} stood;

/* a = 5 and b = 1: x = 0.75 x 5 + 0.25 x 1 = 4; y = 5. */
static att_standing stand(stood *s, const char *text, const char *role, const char *id)
{
    att_err err = { 0 };
    att_instrument *in =
        att_instrument_open_bytes(&s->arena, "n.json", text, strlen(text), &err);
    att_score score;
    size_t scale;

    if (in == NULL) {
        fail_msg("%s at %s", err.message, err.where.pointer);
    }
    s->who = (att_context){ .role = role, .language = "en" };
    s->sheet = att_sheet_make(&s->arena, in, &s->who);
    att_small_number(s->sheet, "a", 5);
    att_small_number(s->sheet, "b", 1);
    scale = att_instrument_scale(in, id);
    score = att_score_scale(s->sheet, scale);
    assert_near(score.value, strcmp(id, "x") == 0 ? 4 : 5, 1e-12);
    return att_standing_of(s->sheet, scale, &score);
}

static void the_first_norms_that_hold_for_a_person_count(void **state)
{
    static const struct {
        const char *role, *population;
        double t;
    } cases[] = {
        { "PT", "P", 50 },   /* 50 + 10 (4 - 4) / 1 */
        { "CL", "All", 60 }, /* 50 + 10 (4 - 3) / 1 */
        { "", "All", 60 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stood s = { 0 };
        att_standing standing = stand(&s, TEXT("validated"), cases[i].role, "x");

        assert_false(standing.is_withheld);
        assert_string_equal(standing.norm[ATT_METRIC_T]->population,
                            cases[i].population);
        assert_near(standing.normed[ATT_METRIC_T], cases[i].t, 1e-9);
        assert_near(standing.normed[ATT_METRIC_PERCENTILE], 75, 1e-9); /* 3 of 4 */
        assert_string_equal(standing.band->text.in[0], "High");
        att_arena_drop(&s.arena);
    }
}

static void nothing_is_said_of_a_scale_without_norms(void **state)
{
    stood s = { 0 };
    att_standing standing = stand(&s, TEXT("validated"), "PT", "y");

    assert_false(standing.is_withheld);
    assert_null(standing.band);
    assert_null(standing.norm[ATT_METRIC_T]);
    assert_near(standing.normed[ATT_METRIC_T], NAN, 0);
    att_arena_drop(&s.arena);
}

static void only_a_validated_measure_says_where_a_person_stands(void **state)
{
    static const char *const texts[] = { TEXT("draft"), TEXT("piloted"),
                                         TEXT("structure tested"), TEXT("retired") };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        stood s = { 0 };
        att_standing standing = stand(&s, texts[i], "PT", "x");

        assert_true(standing.is_withheld);
        assert_null(standing.band);
        assert_null(standing.norm[ATT_METRIC_T]);
        assert_null(standing.norm[ATT_METRIC_PERCENTILE]);
        att_arena_drop(&s.arena);
    }
}

static void a_score_below_the_first_band_has_none(void **state)
{
    stood s = { 0 };
    att_score score;

    (void)stand(&s, TEXT("validated"), "PT", "x");
    att_small_number(s.sheet, "a", 1); /* 0.75 + 0.25 = 1 */
    score = att_score_scale(s.sheet, 0);
    assert_null(att_standing_of(s.sheet, 0, &score).band);
    att_small_number(s.sheet, "b", 5); /* 0.75 + 1.25 = 2: the band begins here */
    score = att_score_scale(s.sheet, 0);
    assert_string_equal(att_standing_of(s.sheet, 0, &score).band->text.in[0], "Middle");
    att_small_number(s.sheet, "b", -9);
    score = att_score_scale(s.sheet, 0);
    assert_null(att_standing_of(s.sheet, 0, &score).band);
    att_arena_drop(&s.arena);
}

ATT_TEST_MAIN(cmocka_unit_test(a_score_is_set_among_a_population),
              cmocka_unit_test(the_first_norms_that_hold_for_a_person_count),
              cmocka_unit_test(nothing_is_said_of_a_scale_without_norms),
              cmocka_unit_test(only_a_validated_measure_says_where_a_person_stands),
              cmocka_unit_test(a_score_below_the_first_band_has_none))
