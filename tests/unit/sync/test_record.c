#include "people.h"

#include "redcap_field.h"

#define LONG "unit/sync/long-project.json"

/* A fake, the project as the client reads it, and the instrument shapes. */
typedef struct desk {
    people p;
    const att_instrument *shapes;
    att_redcap_project project;
    att_entry entries[32];
    size_t n;
    att_response response;
    att_outbox_row key;
} desk;

static void start(desk *d)
{
    memset(d, 0, sizeof *d);
    people_start(&d->p, LONG);
    d->shapes = people_add(&d->p, "unit/sync/shapes.json");
    assert_ok(
        att_redcap_project_read(&d->p.arena, &d->p.redcap, &d->project, &d->p.err),
        &d->p.err);
    d->response = (att_response){ .id = "r1",
                                  .instrument = "shapes",
                                  .version = "2.1.0",
                                  .person = "P1",
                                  .role = "",
                                  .site = "",
                                  .wave = "wave_1",
                                  .language = "en",
                                  .started = NOON,
                                  .finished = NOON,
                                  .entries = d->entries };
    d->key = (att_outbox_row){ .response = "r1",
                               .instrument = "shapes",
                               .record = "P1",
                               .form = "shapes",
                               .wave = "wave_1",
                               .site = "" };
}

static void say(desk *d, const char *item, att_answer answer)
{
    d->entries[d->n++] = (att_entry){
        .act = ATT_ACT_ANSWER, .item = item, .answer = answer, .actor = "respondent"
    };
    d->response.n_entries = d->n;
}

static att_code code(desk *d, att_redcap_row *row)
{
    d->p.err = (att_err){ 0 };
    return att_sync_record(&d->p.arena, d->shapes, &d->response, NULL, 0, &d->key,
                           &d->project, row, &d->p.err);
}

static const char *cell(const att_redcap_row *row, const char *field)
{
    for (size_t i = 0; i < row->n_cells; i++) {
        if (strcmp(row->cells[i].field, field) == 0) {
            return row->cells[i].value;
        }
    }
    return "(none)";
}

static void each_shape_has_its_cells(void **state)
{
    static const int marked[] = { -1, 2 };
    static const int placed[] = { 2, -1 };
    desk d;
    att_redcap_row row;
    att_day day = 0;

    start(&d);
    assert_true(att_day_read("2001-12-31", 10, &day));
    say(&d, "one", att_answer_of_number(2));
    say(&d, "many", att_answer_of_codes(marked, 2));
    say(&d, "order", att_answer_of_ranks(placed, 2));
    say(&d, "whole", att_answer_of_number(12));
    say(&d, "part", att_answer_of_number(22));
    say(&d, "free", att_answer_of_text("=1+1, \"so\"\nmore"));
    say(&d, "born", att_answer_of_day(day));
    say(&d, "name", att_answer_of_text("Doctor Canary"));
    say(&d, "hidden", att_answer_of_number(0));
    assert_ok(code(&d, &row), &d.p.err);
    assert_string_equal(row.record, "P1");
    assert_string_equal(row.event, "wave_1_arm_1");
    assert_string_equal(row.repeat_form, "");
    assert_int_equal(row.instance, 0);
    assert_string_equal(cell(&row, "s_one"), "2");
    assert_string_equal(cell(&row, "s_many____1"), "1");
    assert_string_equal(cell(&row, "s_many___1"), "0");
    assert_string_equal(cell(&row, "s_many___2"), "1");
    assert_string_equal(cell(&row, "s_order_2"), "1");
    assert_string_equal(cell(&row, "s_order_m1"), "2");
    assert_string_equal(cell(&row, "s_order_1"), "(none)"); /* has no place */
    assert_string_equal(cell(&row, "s_whole"), "12");
    assert_string_equal(cell(&row, "s_part"), "22.00");
    assert_string_equal(cell(&row, "s_free"), "=1+1, \"so\"\nmore");
    assert_string_equal(cell(&row, "s_born"), "2001-12-31");
    assert_string_equal(cell(&row, "s_name"), "(none)");
    assert_string_equal(cell(&row, "s_hidden"), "0");
    assert_string_equal(cell(&row, "s_total"), "17.0");    /* mean of 12 and 22 */
    assert_string_equal(cell(&row, "s_twice"), "24.5");    /* 12 x 2.04, rounded */
    assert_string_equal(cell(&row, "s_thrice"), "(none)"); /* worked out there */
    assert_string_equal(cell(&row, "s_fourth"), "(none)"); /* no such field */
    assert_string_equal(cell(&row, "attune_version"), "2.1.0");
    assert_string_equal(cell(&row, "attune_finished"), "2026-09-02 09:14");
    assert_string_equal(cell(&row, "shapes_form_complete"), "2");
    assert_int_equal(row.n_cells, 16);
    people_end(&d.p);
}

static void times_go_as_their_field_wants_them(void **state)
{
    static const struct {
        const char *validation, *text, *cell; /* NULL: refused */
    } cases[] = {
        { "", "14:30", "14:30" },
        { "time", "14:30", "14:30" },
        { "time_hh_mm_ss", "14:30", "14:30:00" },
        { "time", "2026-09-14 14:30", NULL },
        { "time", "soon", NULL },
        { "time_mm_ss", "14:30", NULL },
        { "datetime_ymd", "2026-09-14 14:30", "2026-09-14 14:30" },
        { "datetime_dmy", "2026-09-14 14:30", "2026-09-14 14:30" },
        { "datetime_seconds_ymd", "2026-09-14 14:30", "2026-09-14 14:30:00" },
        { "datetime_ymd", "14:30", NULL },
        { "date_ymd", "2026-09-14 14:30", NULL },
        { "integer", "14:30", NULL },
    };
    att_arena arena = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_redcap_field field = { .name = "f",
                                   .type = "text",
                                   .choices = "",
                                   .validation = cases[i].validation };
        att_err err = { 0 };
        const char *text = att_redcap_text(&arena, &field, cases[i].text, &err);

        if ((text == NULL) != (cases[i].cell == NULL) ||
            (text != NULL && strcmp(text, cases[i].cell) != 0)) {
            fail_msg("%s, %s: %s", cases[i].validation, cases[i].text,
                     text == NULL ? err.message : text);
        }
    }
    att_arena_drop(&arena);
}

static void a_reason_goes_as_the_project_can_take_it(void **state)
{
    static const struct {
        const char *label, *missing, *choices, *wanted;
    } cases[] = {
        { "neither: blank", "", "-1, minus | 1, a | 2, b", "(none)" },
        { "own code of the project", "-8, No | -9, Skipped", "1, a", "-8" },
        { "a choice of the field", "", "1, a | -8, Prefer not to say", "-8" },
        { "a code that only begins like it", "-80, x", "1, a | -88, x", "(none)" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        desk d;
        att_redcap_row row;
        att_redcap_field *fields = NULL;

        start(&d);
        fields = att_new_n(&d.p.arena, att_redcap_field, d.project.n_fields);
        memcpy(fields, d.project.fields, d.project.n_fields * sizeof *fields);
        fields[1].choices = cases[i].choices;
        d.project.fields = fields;
        d.project.missing_codes = cases[i].missing;
        say(&d, "one", att_answer_of_reason(ATT_REASON_REFUSED));
        assert_ok(code(&d, &row), &d.p.err);
        if (strcmp(cell(&row, "s_one"), cases[i].wanted) != 0) {
            fail_msg("%s: %s", cases[i].label, cell(&row, "s_one"));
        }
        people_end(&d.p);
    }
}

static void what_was_hidden_was_not_asked(void **state)
{
    desk d;
    att_redcap_row row;

    start(&d);
    d.project.missing_codes = "-5, Not asked | -10, Not reached";
    say(&d, "one", att_answer_of_number(1));
    say(&d, "hidden", att_answer_of_number(1)); /* hidden: one is not 2 */
    assert_ok(code(&d, &row), &d.p.err);
    assert_string_equal(cell(&row, "s_hidden"), "-5");
    assert_string_equal(cell(&row, "s_whole"), "-10");
    people_end(&d.p);
}

static void a_record_belongs_where_wave_site_and_repeat_say(void **state)
{
    static const struct {
        const char *wave, *site;
        int instance;
        const char *event, *repeat, *group;
        int wanted;
        const char *fails;
    } cases[] = {
        { "wave_1", "", 0, "wave_1_arm_1", "", "", 0, NULL },
        { "Wave 1", "North Side", 0, "wave_1_arm_1", "", "north_side", 0, NULL },
        { "wave_1_arm_1", "nowhere", 1, "wave_1_arm_1", "", "", 0, NULL },
        { "wave_2", "", 0, "wave_2_arm_1", "shapes_form", "", 1, NULL },
        { "wave_2", "", 3, "wave_2_arm_1", "shapes_form", "", 3, NULL },
        { "visit", "", 2, "visit_arm_1", "", "", 2, NULL },
        { "wave_1", "", 2, "", "", "", 0, "does not repeat in the project" },
        { "wave_9", "", 0, "", "", "", 0, "has no event for wave \"wave_9\"" },
        { "", "", 0, "", "", "", 0, "this session has no wave" },
        { "exit", "", 0, "", "", "", 0, "is not used in event \"exit_arm_1\"" },
    };
    desk d;

    start(&d);
    say(&d, "one", att_answer_of_number(1));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_redcap_row row;
        att_code result = ATT_OK;

        d.key.wave = cases[i].wave;
        d.key.site = cases[i].site;
        d.key.instance = cases[i].instance;
        result = code(&d, &row);
        if (cases[i].fails != NULL) {
            assert_fails(result, ATT_EINPUT, &d.p.err, cases[i].fails);
            continue;
        }
        assert_ok(result, &d.p.err);
        assert_string_equal(row.event, cases[i].event);
        assert_string_equal(row.repeat_form, cases[i].repeat);
        assert_string_equal(row.group, cases[i].group);
        assert_int_equal(row.instance, cases[i].wanted);
    }
    people_end(&d.p);
}

static void what_does_not_fit_a_field_is_named(void **state)
{
    static const struct {
        const char *type, *choices, *validation;
        double x;
        const char *text, *fails;
    } cases[] = {
        { "radio", "1, a | 2, b", "", 2, "2", NULL },
        { "radio", "1, a | 2, b", "", 3, NULL, "has no choice 3" },
        { "dropdown", "01, a", "", 1, NULL, "has no choice 1" },
        { "yesno", "", "", 1, "1", NULL },
        { "yesno", "", "", 2, NULL, "has no choice 2" },
        { "text", "", "integer", 4, "4", NULL },
        { "text", "", "integer", 4.5, NULL, "takes 0 decimals, not 4.5" },
        { "text", "", "number_1dp", 4.5, "4.5", NULL },
        { "text", "", "number_1dp", 4.25, NULL, "takes 1 decimals, not 4.25" },
        { "text", "", "number_2dp_comma_decimal", 4.5, "4,50", NULL },
        { "text", "", "number_comma_decimal", 4.5, "4,5", NULL },
        { "text", "", "number", 4.25, "4.25", NULL },
        { "text", "", "", 1e21, "1000000000000000000000", NULL },
        { "text", "", "date_ymd", 4, NULL, "takes date_ymd, not number" },
        { "slider", "", "", 50, "50", NULL },
        { "calc", "", "", 4, NULL, "is of type calc, which takes no number" },
    };
    att_arena arena = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_redcap_field field = { "f", "form", cases[i].type, cases[i].choices,
                                   cases[i].validation };
        att_err err = { 0 };
        const char *text = att_redcap_number(&arena, &field, cases[i].x, false, &err);

        if (cases[i].fails != NULL) {
            assert_null(text);
            assert_fails(err.code, ATT_EINPUT, &err, cases[i].fails);
            assert_contains(err.message, "the field \"f\"");
        } else {
            assert_ok(err.code, &err);
            assert_string_equal(text, cases[i].text);
        }
    }
    att_arena_drop(&arena);
}

static void a_longitudinal_push_arrives_in_event_and_instance(void **state)
{
    desk d;
    att_entry entries[3] = {
        { .act = ATT_ACT_START, .item = "", .actor = "import", .at = NOON },
        { .act = ATT_ACT_ANSWER,
          .item = "one",
          .answer = att_answer_of_number(1),
          .actor = "import",
          .at = NOON },
        { .act = ATT_ACT_FINISH, .item = "", .actor = "import", .at = NOON }
    };

    start(&d);
    for (int i = 0; i < 3; i++) {
        att_response r = d.response;

        r.id =
            att_arena_format(&d.p.arena, "0000000000000000000000000000000000%02d", i);
        r.digest = d.shapes->digest;
        r.wave = i == 0 ? "wave_1" : "wave_2"; /* twice in wave_2, which repeats */
        r.status = ATT_STATUS_COMPLETE;
        r.entries = entries;
        r.n_entries = 3;
        assert_ok(att_responses_add(d.p.store, &r, &d.p.err), &d.p.err);
    }
    assert_ok(people_push(&d.p), &d.p.err);
    assert_int_equal(d.p.result.n_sent, 3);
    assert_string_equal(redcap_fake_cell(&d.p.fake, "P1", "wave_1_arm_1||", "s_one"),
                        "1");
    assert_string_equal(
        redcap_fake_cell(&d.p.fake, "P1", "wave_2_arm_1|shapes_form|1", "s_one"), "1");
    assert_string_equal(
        redcap_fake_cell(&d.p.fake, "P1", "wave_2_arm_1|shapes_form|2", "s_one"), "1");
    assert_ok(people_push(&d.p), &d.p.err);
    assert_int_equal(d.p.result.n_sent, 0);
    people_end(&d.p);
}

static void lists_stay_below_what_servers_drop(void **state)
{
    desk d;
    const char **records = NULL;
    const char **fields = NULL;
    att_redcap_row *rows = NULL;
    size_t n = 0;

    start(&d);
    redcap_fake_put(&d.p.fake, "R899", "wave_1_arm_1||", "s_whole", "5");
    records = att_new_n(&d.p.arena, const char *, 900);
    fields = att_new_n(&d.p.arena, const char *, 1200);
    for (size_t i = 0; i < 900; i++) {
        records[i] = att_arena_format(&d.p.arena, "R%zu", i);
    }
    for (size_t i = 0; i < 1200; i++) {
        fields[i] = i == 1199 ? "s_whole" : "s_one";
    }
    assert_ok(att_redcap_export(&d.p.arena, &d.p.redcap, &d.project, records, 900,
                                fields, 1200, &rows, &n, &d.p.err),
              &d.p.err);
    assert_true(d.p.fake.most_entries < 500);
    assert_true(d.p.fake.most_vars < 1000);
    assert_int_equal(n, 1); /* three requests, one row */
    assert_string_equal(cell(&rows[0], "s_whole"), "5");
    people_end(&d.p);
}

ATT_TEST_MAIN(cmocka_unit_test(each_shape_has_its_cells),
              cmocka_unit_test(times_go_as_their_field_wants_them),
              cmocka_unit_test(a_reason_goes_as_the_project_can_take_it),
              cmocka_unit_test(what_was_hidden_was_not_asked),
              cmocka_unit_test(a_record_belongs_where_wave_site_and_repeat_say),
              cmocka_unit_test(what_does_not_fit_a_field_is_named),
              cmocka_unit_test(a_longitudinal_push_arrives_in_event_and_instance),
              cmocka_unit_test(lists_stay_below_what_servers_drop))
