/* test_read.c - what becomes of a file that has nothing wrong */
#include "att_test.h"

#include <string.h>

#include <attune/instrument/expr.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/read.h>

#define HEAD                                                                            \
    "\"format\":\"instrument/1\",\"id\":\"my-pulse\",\"version\":\"1.0.0\","            \
    "\"title\":\"Pulse\",\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}," \
    "{\"tag\":\"ar\",\"dir\":\"rtl\"}]}"
#define AGREE                                                                             \
    "\"choices\":{\"agree\":[{\"code\":1,\"text\":\"No\"},{\"code\":3,\"text\":\"Yes\"}," \
    "{\"missing\":\"not_applicable\",\"text\":\"Does not apply\"}]}"

typedef struct fixture {
    att_arena arena;
    att_err err;
    att_instrument *in;
} fixture;

static fixture read_text(const char *text)
{
    fixture f = { 0 };

    f.in =
        att_instrument_open_bytes(&f.arena, "pulse.json", text, strlen(text), &f.err);
    if (f.in == NULL) {
        print_error("%s at %s\n", f.err.message, f.err.where.pointer);
    }
    return f;
}

static void the_head_is_read_with_its_defaults(void **state)
{
    fixture f =
        read_text("{" HEAD ",\"items\":[{\"id\":\"a\",\"kind\":\"text\",\"text\":"
                  "{\"en\":\"A?\",\"ar\":\"B\"}}]}");
    const att_instrument *in = f.in;

    assert_non_null(in);
    assert_string_equal(in->id, "my-pulse");
    assert_string_equal(in->path, "pulse.json");
    assert_int_equal(strlen(in->digest), 64);
    assert_int_equal(in->n_languages, 2);
    assert_int_equal(in->language, 0);
    assert_true(in->languages[1].is_rtl);
    assert_string_equal(in->provenance.licence, "");
    assert_int_equal(in->provenance.maturity, ATT_MATURITY_DRAFT);
    assert_int_equal(in->missing_low, -10);
    assert_int_equal(in->missing_high, -4);
    assert_string_equal(in->redcap_form, "my_pulse");
    assert_string_equal(in->redcap_prefix, "");
    assert_string_equal(in->items[0].text.in[1], "B");
    assert_null(in->title.in[1]);
    assert_int_equal(in->items[0].decimals, -1);
    att_arena_drop(&f.arena);
}

static void containers_stand_before_what_they_hold(void **state)
{
    fixture f = read_text(
        "{" HEAD "," AGREE ",\"items\":[{\"id\":\"p\",\"kind\":\"page\",\"items\":["
        "{\"id\":\"g\",\"kind\":\"grid\",\"choices\":\"agree\",\"required\":\"soft\","
        "\"items\":[{\"id\":\"g1\",\"text\":\"One\"},{\"id\":\"g2\",\"text\":\"Two\","
        "\"required\":\"hard\"}]}]},{\"id\":\"last\",\"kind\":\"note\",\"text\":\"End\"}]}");
    const att_item *items = NULL;

    assert_non_null(f.in);
    items = f.in->items;
    assert_int_equal(f.in->n_items, 5);
    assert_string_equal(items[2].id, "g1");
    assert_string_equal(items[2].kind->name, "one");
    assert_int_equal(items[0].parent, ATT_NONE);
    assert_int_equal(items[0].end, 4);
    assert_int_equal(items[1].end, 4);
    assert_int_equal(items[2].parent, 1);
    assert_int_equal(items[2].end, 3);
    assert_ptr_equal(items[2].choices, items[1].choices);
    assert_int_equal(items[2].required, ATT_REQUIRED_SOFT);
    assert_int_equal(items[3].required, ATT_REQUIRED_HARD);
    assert_string_equal(items[3].pointer, "/items/0/items/0/items/1");
    assert_int_equal(att_instrument_item(f.in, "last"), 4);
    att_arena_drop(&f.arena);
}

static void reasons_in_sets_have_their_codes(void **state)
{
    fixture f =
        read_text("{" HEAD "," AGREE ",\"items\":[{\"id\":\"a\",\"kind\":\"one\","
                  "\"choices\":\"agree\",\"text\":\"A?\"}]}");

    assert_non_null(f.in);
    assert_int_equal(f.in->items[0].choices->list[2].code, -7);
    assert_int_equal(f.in->items[0].choices->list[2].reason, ATT_REASON_NOT_APPLICABLE);
    att_arena_drop(&f.arena);
}

static void tags_of_an_act_are_kept(void **state)
{
    fixture f =
        read_text("{" HEAD ",\"items\":[{\"id\":\"a\",\"kind\":\"text\","
                  "\"vis\":\"quiet\",\"fn\":\"use\",\"tier\":2,\"code\":\"P05\","
                  "\"text\":\"A?\"},{\"id\":\"b\",\"kind\":\"text\","
                  "\"text\":\"B?\"}]}");

    assert_non_null(f.in);
    assert_string_equal(f.in->items[0].vis, "quiet");
    assert_string_equal(f.in->items[0].fn, "use");
    assert_int_equal(f.in->items[0].tier, 2);
    assert_string_equal(f.in->items[0].code, "P05");
    assert_int_equal(f.in->items[1].tier, 0);
    assert_string_equal(f.in->items[1].code, "");
    att_arena_drop(&f.arena);
}

/* docs/FORMAT.md, "Scoring": all of 1 or 2, 2 of 3, from 4 on half, rounded up. */
static void min_valid_has_the_default_of_its_size(void **state)
{
    static const size_t wanted[] = { 1, 2, 2, 2, 3, 3, 4 };

    for (size_t n = 1; n <= 7; n++) {
        att_buf text = { 0 };
        fixture f;

        att_buf_add(&text, "{" HEAD "," AGREE ",\"items\":[");
        for (size_t i = 0; i < n; i++) {
            att_buf_format(&text,
                           "%s{\"id\":\"a%zu\",\"kind\":\"one\",\"choices\":\"agree\","
                           "\"text\":\"A?\"}",
                           i == 0 ? "" : ",", i);
        }
        att_buf_add(&text,
                    "],\"scales\":[{\"id\":\"s\",\"model\":\"formative\",\"items\":[");
        for (size_t i = 0; i < n; i++) {
            att_buf_format(&text, "%s\"a%zu\"", i == 0 ? "" : ",", i);
        }
        att_buf_add(&text, "]}]}");
        f = read_text(att_buf_text(&text));
        assert_non_null(f.in);
        assert_int_equal(f.in->scales[0].min_valid, wanted[n - 1]);
        assert_near(f.in->scales[0].low, 1, 0);
        assert_near(f.in->scales[0].high, 3, 0);
        att_arena_drop(&f.arena);
        att_buf_drop(&text);
    }
}

static void a_scale_keeps_order_and_reverse(void **state)
{
    fixture f = read_text(
        "{" HEAD "," AGREE ",\"items\":["
        "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"agree\",\"text\":\"A?\"},"
        "{\"id\":\"b\",\"kind\":\"one\",\"choices\":\"agree\",\"text\":\"B?\"}],"
        "\"scales\":[{\"id\":\"s\",\"model\":\"reflective\",\"referent\":\"dyad\","
        "\"items\":[\"b\",\"a\"],\"reverse\":[\"a\"],\"score\":\"sum\",\"prorate\":true,"
        "\"needs\":\"structure tested\"}]}");
    const att_scale *s = NULL;

    assert_non_null(f.in);
    s = &f.in->scales[0];
    assert_int_equal(s->items[0], 1);
    assert_false(s->is_reversed[0]);
    assert_true(s->is_reversed[1]);
    assert_int_equal(s->scoring, ATT_SCORING_SUM);
    assert_true(s->is_prorated);
    assert_int_equal(s->referent, ATT_REFERENT_DYAD);
    assert_int_equal(s->needs, ATT_MATURITY_STRUCTURE_TESTED);
    att_arena_drop(&f.arena);
}

static size_t place_in_order(const att_instrument *in, size_t item)
{
    for (size_t i = 0; i < in->n_items; i++) {
        if (in->order[i] == item) {
            return i;
        }
    }
    fail_msg("item %zu is not in the order", item);
    return ATT_NONE;
}

static void order_puts_each_item_after_what_it_needs(void **state)
{
    fixture f = read_text(
        "{" HEAD "," AGREE ",\"items\":["
        "{\"id\":\"p\",\"kind\":\"page\",\"show\":\"late > 0\",\"items\":["
        "{\"id\":\"c\",\"kind\":\"one\",\"choices\":\"agree\",\"text\":\"C?\"}]},"
        "{\"id\":\"high\",\"kind\":\"text\",\"show\":\"s > 1\",\"text\":\"H?\"},"
        "{\"id\":\"late\",\"kind\":\"integer\",\"min\":0,\"text\":\"L?\"}],"
        "\"scales\":[{\"id\":\"s\",\"model\":\"single\",\"items\":[\"c\"]}]}");

    assert_non_null(f.in);
    assert_true(place_in_order(f.in, 3) < place_in_order(f.in, 0));
    assert_true(place_in_order(f.in, 0) < place_in_order(f.in, 1));
    assert_true(place_in_order(f.in, 1) < place_in_order(f.in, 2));
    att_arena_drop(&f.arena);
}

static void derived_values_stand_after_what_they_use(void **state)
{
    fixture f = read_text(
        "{" HEAD
        ",\"items\":[{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"text\":\"N?\"},"
        "{\"id\":\"t\",\"kind\":\"text\",\"show\":\"x > 1\",\"text\":\"T?\"}],"
        "\"derived\":[{\"id\":\"x\",\"value\":\"y + z\"},{\"id\":\"y\",\"value\":\"z * 2\"},"
        "{\"id\":\"z\",\"value\":\"n + 1\"}]}");
    size_t n = 0;

    assert_non_null(f.in);
    assert_string_equal(f.in->derived[0].id, "z");
    assert_string_equal(f.in->derived[1].id, "y");
    assert_string_equal(f.in->derived[2].id, "x");
    assert_int_equal(att_expr_refs(f.in->items[1].show, &n)[0].index, 2);
    assert_string_equal(f.in->derived[2].pointer, "/derived/0");
    att_arena_drop(&f.arena);
}

static void a_slider_goes_from_0_to_100_unless_told(void **state)
{
    fixture f =
        read_text("{" HEAD ",\"items\":[{\"id\":\"v\",\"kind\":\"vas\",\"text\":"
                  "\"V?\",\"anchors\":[\"Low\",\"High\"]},{\"id\":\"w\",\"kind\":"
                  "\"vas\",\"min\":1,\"max\":7,\"text\":\"W?\"}]}");

    assert_non_null(f.in);
    assert_true(f.in->items[0].has_min && f.in->items[0].has_max);
    assert_near(f.in->items[0].max, 100, 0);
    assert_string_equal(f.in->items[0].anchors[1].in[0], "High");
    assert_near(f.in->items[1].max, 7, 0);
    att_arena_drop(&f.arena);
}

static void a_choice_opens_a_text_of_its_own(void **state)
{
    fixture f = read_text(
        "{" HEAD ",\"choices\":{\"where\":[{\"code\":-3,\"text\":\"Home\",\"other\":"
        "\"Whose?\"},{\"code\":2,\"text\":\"Work\"},{\"code\":9,\"text\":\"Else\","
        "\"other\":\"Where?\"}]},\"items\":["
        "{\"id\":\"one\",\"kind\":\"one\",\"choices\":\"where\",\"identifying\":true,"
        "\"text\":\"1?\"},"
        "{\"id\":\"many\",\"kind\":\"many\",\"choices\":\"where\",\"text\":\"2?\"},"
        "{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"show\":"
        "\"many_other = 'sea'\",\"text\":\"N?\"}]}");

    assert_non_null(f.in);
    assert_int_equal(f.in->n_items, 5);
    assert_string_equal(f.in->items[1].id, "one_other");
    assert_string_equal(f.in->items[1].kind->name, "text");
    assert_string_equal(att_expr_text(f.in->items[1].show), "one = -3 or one = 9");
    assert_string_equal(f.in->items[1].text.in[0], "Whose?");
    assert_true(f.in->items[1].is_identifying && f.in->items[1].is_other);
    assert_string_equal(att_expr_text(f.in->items[3].show), "selected(many, -3, 9)");
    assert_false(f.in->items[3].is_identifying);
    att_arena_drop(&f.arena);
}

static void tokens_and_variants_know_their_items(void **state)
{
    fixture f = read_text(
        "{" HEAD ",\"tokens\":{\"ref\":{\"item\":\"who\",\"else\":[{\"when\":\"n = 1\","
        "\"text\":\"they\"},{\"text\":\"this person\"}]}},"
        "\"items\":[{\"id\":\"who\",\"kind\":\"text\",\"text\":\"Who?\"},"
        "{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"text\":\"{Ref}?\"}],"
        "\"variants\":[{\"when\":\"role = 'CL'\",\"text\":{\"n\":\"How often?\"}}]}");

    assert_non_null(f.in);
    assert_int_equal(f.in->tokens[0].item, 0);
    assert_int_equal(f.in->tokens[0].n_otherwise, 2);
    assert_non_null(f.in->tokens[0].otherwise[0].when);
    assert_null(f.in->tokens[0].otherwise[1].when);
    assert_int_equal(f.in->variants[0].items[0], 1);
    assert_string_equal(f.in->variants[0].texts[0].in[0], "How often?");
    att_arena_drop(&f.arena);
}

static void choices_may_come_from_elsewhere(void **state)
{
    fixture f = read_text(
        "{" HEAD "," AGREE ",\"items\":["
        "{\"id\":\"m\",\"kind\":\"many\",\"choices\":\"agree\",\"text\":\"M?\"},"
        "{\"id\":\"o\",\"kind\":\"one\",\"choices\":{\"from\":\"m\"},\"text\":\"O?\"},"
        "{\"id\":\"s\",\"kind\":\"one\",\"choices\":{\"from\":\"study.sites\"},"
        "\"text\":\"S?\"}]}");

    assert_non_null(f.in);
    assert_int_equal(f.in->items[1].from, ATT_FROM_ITEM);
    assert_int_equal(f.in->items[1].from_item, 0);
    assert_int_equal(f.in->items[2].from, ATT_FROM_STUDY);
    assert_string_equal(f.in->items[2].from_setting, "sites");
    att_arena_drop(&f.arena);
}

static void the_first_error_has_its_place(void **state)
{
    att_arena arena = { 0 };
    att_err err = { 0 };
    const char text[] = "{" HEAD ",\n\"items\":[{\"id\":\"a\",\"kind\":\"txt\"}]}";

    assert_null(
        att_instrument_open_bytes(&arena, "pulse.json", text, sizeof text - 1, &err));
    assert_int_equal(err.code, ATT_EINPUT);
    assert_string_equal(err.message, "\"txt\" is no kind of item");
    assert_string_equal(err.hint, "did you mean \"text\"?");
    assert_string_equal(err.where.file, "pulse.json");
    assert_string_equal(err.where.pointer, "/items/0/kind");
    assert_int_equal(err.where.line, 2);
    assert_int_equal(err.where.column, 27);
    att_arena_drop(&arena);
}

static void a_file_that_is_not_there_is_not_found(void **state)
{
    att_arena arena = { 0 };
    att_err err = { 0 };

    assert_null(att_instrument_open(&arena, "/nonexistent/pulse.json", &err));
    assert_int_equal(err.code, ATT_ENOTFOUND);
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(the_head_is_read_with_its_defaults),
              cmocka_unit_test(containers_stand_before_what_they_hold),
              cmocka_unit_test(reasons_in_sets_have_their_codes),
              cmocka_unit_test(tags_of_an_act_are_kept),
              cmocka_unit_test(min_valid_has_the_default_of_its_size),
              cmocka_unit_test(a_scale_keeps_order_and_reverse),
              cmocka_unit_test(order_puts_each_item_after_what_it_needs),
              cmocka_unit_test(derived_values_stand_after_what_they_use),
              cmocka_unit_test(a_slider_goes_from_0_to_100_unless_told),
              cmocka_unit_test(a_choice_opens_a_text_of_its_own),
              cmocka_unit_test(tokens_and_variants_know_their_items),
              cmocka_unit_test(choices_may_come_from_elsewhere),
              cmocka_unit_test(the_first_error_has_its_place),
              cmocka_unit_test(a_file_that_is_not_there_is_not_found))
