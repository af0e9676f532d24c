/* The script face, live: each message of attune-run(1) through pipes, both ways. */
#include "att_program.h"

#include <string.h>

typedef struct exchange {
    const char *say;  /* a line for the program; NULL: only listen */
    const char *hear; /* what the next line holds */
} exchange;

static void talk(att_place *place, att_child *child, const exchange *list, size_t n)
{
    const char *line = "";

    for (size_t i = 0; i < n; i++) {
        if (list[i].say != NULL) {
            assert_true(att_child_say(child, list[i].say));
            assert_true(att_child_say(child, "\n"));
        }
        if (!att_child_line(place, child, &line)) {
            fail_msg("no answer to %s", list[i].say != NULL ? list[i].say : "");
        }
        if (strstr(line, list[i].hear) == NULL) {
            fail_msg("%s: %s is not in:\n%s", list[i].say != NULL ? list[i].say : "",
                     list[i].hear, line);
        }
    }
}

static void every_message_goes_both_ways(void **state)
{
    static const exchange list[] = {
        { NULL, "{\"ask\":{\"screen\":\"start\",\"title\":\"Two-minute Pulse\"" },
        { "{\"agree\":true}", "{\"ask\":{\"screen\":\"note\",\"text\":\"Six quick" },
        { "{\"next\":true}", "\"item\":\"pul1\",\"kind\":\"one\"" },
        { "{\"answer\":9}", "{\"refused\":{\"code\":\"no_choice\"" },
        { "{\"answer\":\"x\"", "{\"refused\":{\"code\":\"line\"" },
        { "{\"what\":true}", "this line is none of the protocol" },
        { "{\"item\":\"pul9\",\"answer\":1}", "is no item of instrument" },
        { "{\"help\":true}", "{\"help\":\"" },
        { "{\"answer\":2}", "{\"saved\":\"pul1\",\"answer\":2}" },
        { NULL, "\"item\":\"pul2\"" },
        { "{\"reason\":\"refused\"}",
          "{\"saved\":\"pul2\",\"answer\":{\"reason\":\"refused\"}}" },
        { NULL, "\"item\":\"pul3\"" },
        { "{\"back\":true}", "\"item\":\"pul2\"" },
        { "{\"answer\":4}", "{\"saved\":\"pul2\",\"answer\":4}" },
        { NULL, "\"item\":\"pul3\"" },
        { "{\"skip\":true}", "{\"saved\":\"pul3\"" },
        { NULL, "\"item\":\"pul4\"" },
        { "{\"review\":true}",
          "{\"ask\":{\"screen\":\"review\",\"rows\":[{\"item\":\"pul1\"" },
        { "{\"goto\":\"pul1\"}", "\"item\":\"pul1\"" },
        { "{\"item\":\"pul1\",\"answer\":1}", "{\"saved\":\"pul1\",\"answer\":1}" },
        { NULL, "{\"ask\":" },
        { "{\"finish\":true}", "\"status\":\"complete\"" },
    };
    att_place *place = *state;
    att_child child;

    att_place_study(place, "pulse");
    child = att_child_start(place, &(att_run_opts){ 0 }, "run pulse --ui script");
    talk(place, &child, list, sizeof list / sizeof *list);
    att_child_hang_up(&child);
    assert_int_equal(att_child_end(&child), 0);
}

static void leaving_declining_and_the_end_say_how_it_stands(void **state)
{
    static const exchange leaves[] = {
        { NULL, "\"screen\":\"start\"" },
        { "{\"answer\":1}", "no question is asked now" },
        { "{\"agree\":true}", "\"screen\":\"note\"" },
        { "{\"leave\":true}", "\"status\":\"open\"" },
    };
    static const exchange declines[] = {
        { NULL, "\"screen\":\"start\"" },
        { "{\"agree\":false}", "\"status\":\"declined\"" },
    };
    att_place *place = *state;
    const char *line = "";
    att_child child;

    att_place_study(place, "pulse");
    child = att_child_start(place, &(att_run_opts){ 0 }, "run pulse --ui script");
    talk(place, &child, leaves, sizeof leaves / sizeof *leaves);
    assert_int_equal(att_child_end(&child), 0);
    child = att_child_start(place, &(att_run_opts){ 0 }, "resume --ui script");
    assert_true(att_child_line(place, &child, &line));
    assert_non_null(strstr(line, "\"screen\":\"welcome\""));
    att_child_hang_up(&child);
    assert_true(att_child_line(place, &child, &line));
    assert_non_null(strstr(line, "\"status\":\"open\""));
    assert_int_equal(att_child_end(&child), 0);
    child = att_child_start(place, &(att_run_opts){ 0 }, "run pulse --ui script");
    talk(place, &child, declines, sizeof declines / sizeof *declines);
    assert_int_equal(att_child_end(&child), 0);
}

ATT_TEST_MAIN(att_program_test(every_message_goes_both_ways),
              att_program_test(leaving_declining_and_the_end_say_how_it_stands))
