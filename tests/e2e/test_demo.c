/* The demo: a study from nothing, numbers that its stated model implies, and a report
 * that a browser shows without a complaint and without asking anybody for anything. */
#include "att_program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void the_demo_makes_all_it_says(void **state)
{
    static const char *const files[] = { "d/demo.attune", "d/recs.html", "d/recs.csv",
                                         "d/recs.csv.json", "d/pulse-answers.json" };
    att_place *place = *state;
    att_run run = att_program_run(place, "demo d");

    assert_status(run, 0);
    assert_contains(run.out,
                    "Made a study of 300 people, 4 roles, 3 sites, all invented, in ");
    assert_contains(run.out, "Next: attune run pulse --study d/demo.attune");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_true(att_place_has(place, files[i]));
    }
    assert_int_equal(att_csv_rows(att_place_read(place, "d/recs.csv")), 300);
    run = att_program_run(place, "verify --study d/demo.attune");
    assert_status(run, 0);
    run = att_program_run(place, "export --instrument pulse --study d/demo.attune");
    assert_string_equal(att_csv_cell(place, run.out, 0, "pul5"), "-8");
    assert_string_equal(att_csv_cell(place, run.out, 0, "status"), "complete");
    run = att_program_run(place, "demo d");
    assert_status(run, 2);
    assert_contains(run.err, "\"d/demo.attune\" is there already");
    assert_contains(run.err, "hint: name another folder, or remove this one: rm -r d");
}

/* src/cli/simulate.c states the model: loadings run evenly from .55 to .85, and normal
 * answers are cut into five categories of one size. A normal variable correlates with
 * its five categories by (phi(.842) + phi(.253)) * 2 / sqrt(2) = .942, so correlations
 * of two shrink to about .942 * .942 = .89 of what they were. Alpha of k items with the
 * mean correlation r is k r / (1 + (k - 1) r). */
static double implied_alpha(size_t k)
{
    double sum = 0;

    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < i; j++) {
            double a = 0.55 + 0.30 * (double)i / (double)(k - 1);
            double b = 0.55 + 0.30 * (double)j / (double)(k - 1);

            sum += 0.89 * a * b;
        }
    }
    sum /= (double)(k * (k - 1)) / 2;
    return (double)k * sum / (1 + (double)(k - 1) * sum);
}

static void the_demos_reliability_is_what_its_model_implies(void **state)
{
    static const struct {
        const char *scale;
        size_t k;
    } scales[] = { { "trust", 5 }, { "empathy", 4 }, { "goals", 5 } };
    att_place *place = *state;
    att_run run = att_program_run(place, "demo d");

    assert_status(run, 0);
    for (size_t i = 0; i < 3; i++) {
        const json_t *values;

        run = att_program_runf(place,
                               "analyze reliability --study d/demo.attune --instrument "
                               "recs --scale %s --json",
                               scales[i].scale);
        assert_status(run, 0);
        values = json_object_get(
            json_array_get(json_object_get(att_run_json(place, &run), "results"), 0),
            "values");
        /* 250 people: half of Feldt's interval is about .05, and roles and sites differ */
        assert_near(json_number_value(json_object_get(values, "raw_alpha")),
                    implied_alpha(scales[i].k), 0.08);
        assert_true(json_integer_value(json_object_get(values, "n")) > 200);
    }
}

static void the_same_demo_twice_has_the_same_answers(void **state)
{
    att_place *place = *state;
    att_run run = att_program_run(place, "demo one");

    assert_status(run, 0);
    run = att_program_run(place, "demo two");
    assert_status(run, 0);
    assert_string_equal(att_place_read(place, "one/recs.csv"),
                        att_place_read(place, "two/recs.csv"));
}

/* ---- the report ---- */

static void the_report_stands_alone(void **state)
{
    static const char *const banned[] = { "<script",     "<iframe", "<link",
                                          "src=\"http",  "url(",    "@import",
                                          "javascript:", "onload=", "onclick=" };
    att_place *place = *state;
    att_run run = att_program_run(place, "demo d");
    const char *html;

    assert_status(run, 0);
    html = att_place_read(place, "d/recs.html");
    assert_memory_equal(html, "<!DOCTYPE html>", 15);
    for (size_t i = 0; i < sizeof banned / sizeof *banned; i++) {
        assert_lacks(html, banned[i]);
    }
    /* what is linked is a place in the report, or is followed only by a click */
    for (const char *p = html; (p = strstr(p, "href=\"")) != NULL; p++) {
        const char *from = p;

        while (from > html && *from != '<') {
            from--;
        }
        assert_memory_equal(from, "<a ", 3);
    }
    assert_contains(html, "Draft measure. Not validated.");
    assert_contains(html, "Simulated data.");
}

#define CHROMIUM "/usr/bin/chromium"

/* Width and height of a PNG, from its header. */
static void png_size(att_place *place, const char *name, unsigned size[2])
{
    size_t n = 0;
    char *bytes = att_test_read(att_place_path(place, name), &n);
    const unsigned char *at = (const unsigned char *)bytes + 16;

    assert_true(n > 10000);
    assert_memory_equal(bytes, "\x89PNG\r\n\x1a\n", 8);
    for (size_t i = 0; i < 2; i++, at += 4) {
        size[i] = (unsigned)at[0] << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 |
                  (unsigned)at[3];
    }
    test_free(bytes);
}

/* The browser asks for its own updates; anything else would be the report's doing. */
static void assert_no_request(const char *log)
{
    for (const char *p = log; (p = strstr(p, "\"url\":\"http")) != NULL; p++) {
        const char *host = strstr(p, "://") + 3;
        size_t n = strcspn(host, "/:\"");
        bool is_own = (n > 11 && strncmp(host + n - 11, ".google.com", 11) == 0) ||
                      (n > 15 && strncmp(host + n - 15, ".googleapis.com", 15) == 0) ||
                      (n > 9 && strncmp(host + n - 9, ".gvt1.com", 9) == 0);

        if (!is_own) {
            fail_msg("the browser asked %.*s", (int)n, host);
        }
    }
}

static void a_browser_shows_the_report_at_both_widths(void **state)
{
    static const unsigned widths[] = { 1200, 390 };
    att_place *place = *state;
    att_run run;

    if (access(CHROMIUM, X_OK) != 0) {
        print_message("left out: Chromium is not installed\n");
        skip();
    }
    run = att_program_run(place, "demo d");
    assert_status(run, 0);
    for (size_t i = 0; i < 2; i++) {
        unsigned size[2] = { 0 };

        run = att_program_run_with(
            place, &(att_run_opts){ .program = CHROMIUM },
            att_arena_format(
                &place->arena,
                "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
                "--disable-background-networking --disable-component-update "
                "--disable-sync --enable-logging=stderr --user-data-dir=%s/browser "
                "--log-net-log=%s/net.json --window-size=%u,2400 --screenshot=%s/r.png "
                "file://%s/d/recs.html",
                place->folder, place->folder, widths[i], place->folder, place->folder));
        assert_status(run, 0);
        assert_lacks(run.err, "CONSOLE");
        assert_no_request(att_place_read(place, "net.json"));
        png_size(place, "r.png", size);
        assert_int_equal(size[0], widths[i]);
        unlink(att_place_path(place, "r.png"));
    }
}

/* ---- the schema ---- */

static void schema_and_loader_agree_on_one_corpus(void **state)
{
    att_place *place = *state;
    att_run run;

    if (access("/usr/bin/python3", X_OK) != 0) {
        print_message("left out: python3 is not installed\n");
        skip();
    }
    run = att_program_run_with(place, &(att_run_opts){ .program = "/usr/bin/python3" },
                               att_test_path("schema/run.py"));
    if (run.status == 77) {
        print_message("%s", run.out);
        skip();
    }
    assert_status(run, 0);
}

ATT_TEST_MAIN(att_program_test(the_demo_makes_all_it_says),
              att_program_test(the_demos_reliability_is_what_its_model_implies),
              att_program_test(the_same_demo_twice_has_the_same_answers),
              att_program_test(the_report_stands_alone),
              att_program_test(a_browser_shows_the_report_at_both_widths),
              att_program_test(schema_and_loader_agree_on_one_corpus))
