/* the line face: the transcripts of docs/SCREENS.md, and what goes wrong when typing */
#include "att_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "att_faced.h"
#include "faces.h"

static void assert_answered(att_talk *talk, const char *part)
{
    att_arena arena = { 0 };

    assert_contains(att_talk_record(&arena, talk->session), part);
    att_arena_drop(&arena);
}

/* ---- the transcripts ---- */

static const struct transcript {
    const char *instrument, *golden;
    const char *before; /* typed up to it */
    const char *typed;  /* in it */
} transcripts[] = {
    { "instruments/likert.json", "golden/line-likert.txt", "1\n3\n3\n3\n3\n",
      "6\n?\n4\n" },
    { "instruments/grid.json", "golden/line-grid.txt",
      "1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n", "3\nb\n\n" },
    { "instruments/number.json", "golden/line-number.txt", "1\n1\n1\n1\n1\n",
      "45\n4\n" },
};

#define N_TRANSCRIPTS (sizeof transcripts / sizeof transcripts[0])

static void a_conversation_reads_as_in_the_design(void **state)
{
    for (size_t i = 0; i < N_TRANSCRIPTS; i++) {
        att_talk *talk = att_talk_open(transcripts[i].instrument, "en");
        char typed[128];
        char *wanted = att_test_read(transcripts[i].golden, NULL);
        att_faced run;
        snprintf(typed, sizeof typed, "%s%s", transcripts[i].before,
                 transcripts[i].typed);
        run = att_faced_run(&att_face_line, talk, typed, NULL);
        assert_ok(run.code, &run.err);
        assert_contains(run.out, wanted);
        assert_false(run.has_escape);
        assert_true(run.end.at_end_of_input);
        att_faced_drop(&run);
        test_free(wanted);
        att_talk_close(talk);
    }
}

/* The copies are those of the design: two to the letter, the grid's with the choices
 * written out that the design only mentions. */
static void the_copies_are_those_of_the_design(void **state)
{
    char *design = att_test_read("../docs/SCREENS.md", NULL);

    for (size_t i = 0; i < N_TRANSCRIPTS; i++) {
        char *copy = att_test_read(transcripts[i].golden, NULL);
        char *rest = strstr(copy, "Row 1 of 3.");
        assert_contains(design, rest == NULL ? copy : rest);
        test_free(copy);
    }
    test_free(design);
}

static void the_end_of_input_says_how_to_go_on(void **state)
{
    att_talk *talk = att_talk_open("instruments/number.json", "en");
    att_faced run = att_faced_run(&att_face_line, talk, "1\n1\n2\n1\n2\n4\n1", NULL);

    assert_contains(run.out,
                    "\nEnd of input. Your 6 answers are saved. This survey is not "
                    "finished.\nTo go on later: attune resume k7q2mh\n");
    assert_int_equal(run.end.status, ATT_STATUS_OPEN);
    assert_int_equal(run.code, ATT_OK);
    att_faced_drop(&run);

    att_faced_resume(talk);
    run = att_faced_run(&att_face_line, talk, "", NULL);
    assert_contains(
        run.out,
        "Welcome back. You stopped on 14 September at 08:06. Your 6 answers are "
        "saved.\nYou go on with version 1.0.0, the one you began with.\n"
        "Question 7 of 12. More 1?\n");
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void the_start_says_what_it_is_and_asks(void **state)
{
    att_talk *talk = att_talk_open("instruments/everything.json", "en");
    att_faced run = att_faced_run(&att_face_line, talk, "\n5\n2\n", NULL);

    assert_contains(run.out, "Everything, small\nDraft measure. Not validated.\n"
                             "Its scores must not be used to decide anything about a "
                             "person.\nAsks one thing of each kind.\n");
    assert_contains(run.out,
                    "Version 1.0.0, English. Free to use (CC0 1.0). About 8 to "
                    "11 questions.\nWording: Example Network Measurement Group.\n"
                    "Do you agree to take part?\n1 Yes, I agree to take part\n"
                    "2 No, I do not want to take part\n"
                    "Answer 1 or 2, or ? for help:\nNo answer yet. Press 1 or "
                    "2.\nAnswer 1 or 2, or ? for help: 5\nNot saved: there is no "
                    "5 here. Type a number from 1 to 2.\n");
    assert_contains(run.out, "You chose not to take part.");
    assert_int_equal(run.end.status, ATT_STATUS_DECLINED);
    att_faced_drop(&run);
    att_talk_close(talk);
}

/* ---- a whole interview ---- */

static void a_whole_interview_can_be_typed(void **state)
{
    att_talk *talk = att_talk_open("instruments/everything.json", "en");
    att_faced run = att_faced_run(&att_face_line, talk,
                                  "1\n\n"       /* agree; the note */
                                  "\n1\n"       /* hard: asked again */
                                  "12\n\n"      /* a check, kept by Enter alone */
                                  "\n::Ana\n"   /* soft; a colon */
                                  "4\nn\n2\n"   /* rows */
                                  "1, 9\n1 3\n" /* exclusive */
                                  "2026-09-15\n2026-09-13\n" /* late */
                                  "tall\n1.755\n1.75\n"      /* a word, decimals */
                                  "101\n72\n"                /* slider */
                                  "first line\n::second\n\n" /* long text */
                                  "\n"                       /* the last note */
                                  "2\n3\n"                   /* change in the review */
                                  "f\n",
                                  NULL);

    assert_ok(run.code, &run.err);
    assert_int_equal(run.end.status, ATT_STATUS_COMPLETE);
    assert_contains(run.out, "No answer yet. Press 1, 2 or r.\n");
    assert_contains(run.out,
                    "Check: 12 is a large family. Enter alone keeps 12, or type "
                    "another number.\n");
    assert_contains(run.out, "Saved: 12.\n");
    assert_contains(run.out, "No answer yet. To skip, press Enter again.\n");
    assert_contains(run.out, "Saved: :Ana.\n");
    assert_contains(run.out, "Saved: n, Does not apply.\n");
    assert_contains(run.out, "Not saved: 9 stands alone.");
    assert_contains(run.out, "Saved: 1 3, Red; Blue.\n");
    assert_contains(run.out, "Up to today, 2026-09-14.\n");
    assert_contains(run.out, "Not saved: 2026-09-15 is after 2026-09-14.");
    assert_contains(run.out, "Saved: 2026-09-13, 13 September 2026.\n");
    assert_contains(run.out,
                    "Not saved: \"tall\" is not a number. Type a number from 0.5 "
                    "to 2.5.\n");
    assert_contains(run.out,
                    "Not saved: 1.755 has more than 2 digits after the point.");
    assert_contains(run.out, "0 Not at all\n100 Completely\n");
    assert_contains(run.out, "Not saved: 101 is more than 100. Type a number from 0 to "
                             "100.\n");
    assert_contains(run.out, "Saved: 18 of 500 characters.\n");
    assert_contains(run.out,
                    "Look over your answers. 11 of 11 answered.\n1 Do you have "
                    "children? - Yes\n");
    assert_contains(run.out, "2 How many children do you have? - 3 (was 12)\n");
    assert_contains(run.out, "Thank you. Your answers are saved.\n11 questions: 10 "
                             "answered, 1 without an answer to give.\nFinished on 14 "
                             "September 2026 at 08:06, in 4 minutes. A draft measure.\n"
                             "Receipt for session k7q2mh\n9f2c41d7 8a03e61b 55d0c7f2 "
                             "1e94ab36 70b8d2c9 4f13ea58 0c6d97b1 e2a5f384\n");
    assert_answered(talk, "n_kids=3 kid_name=\":Ana\" v1=4");
    assert_answered(talk, "story=\"first line\\n:second\"");
    assert_false(run.has_escape);
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void commands_take_a_colon_where_letters_are_text(void **state)
{
    static const char before[] = "1\n\n1\n2\n";
    static const struct {
        const char *typed, *said;
    } cases[] = {
        { "b\n", "Saved: b.\n" },
        { ":back\n", "Your answer is 2. Enter alone keeps it.\n" },
        { ":reason\n", "Saved: r, Prefer not to say.\n" },
        { ":reason r\n", "Saved: r, Prefer not to say.\n" },
        { ":reason n\n", "Not saved: there is no n here." },
        { ":help\n", ":list: lists the choices again. :save: saves and leaves. :help: "
                     "shows this help.\n" },
        { ":save\n", "Your 2 answers are saved. This survey is not finished.\nTo go on "
                     "later: attune resume k7q2mh\n" },
        { ":nothing\n", "there is no command :nothing" },
        { "::back\n", "Saved: :back.\n" },
        { "?\n", "Saved: ?.\n" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_talk *talk = att_talk_open("instruments/everything.json", "en");
        char typed[64];
        att_faced run;
        snprintf(typed, sizeof typed, "%s%s", before, cases[i].typed);
        run = att_faced_run(&att_face_line, talk, typed, NULL);
        assert_contains(run.out, cases[i].said);
        att_faced_drop(&run);
        att_talk_close(talk);
    }
}

static void a_long_list_is_searched_by_parts_of_names(void **state)
{
    att_talk *talk = att_talk_open("instruments/long-list.json", "en");
    att_faced run = att_faced_run(&att_face_line, talk, "1\nchild\nzzz\n5\n", NULL);

    assert_contains(run.out,
                    "Question 1 of 2. Which site or group do you belong to?\nr "
                    "Prefer not to say\nType a number, or part of a name, or ? "
                    "for help: child\n4 Children's Clinic North\n5 Children's "
                    "Clinic South\n16 Mother and Child Centre\n3 of 22 match. "
                    "Type a number, or more of the name.\n");
    assert_contains(run.out, "Not saved: nothing here is like \"zzz\".");
    assert_contains(run.out, "Saved: 5, Children's Clinic South.\n");
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void spanish_is_spoken_where_the_interview_is(void **state)
{
    att_talk *talk = att_talk_open("instruments/everything.json", "es");
    att_faced run = att_faced_run(&att_face_line, talk, "1\n\n7\n1\n", NULL);

    assert_contains(run.out, "Cuestionario en borrador. No validado.\n");
    assert_contains(run.out, "Nadie ha revisado todavía esta traducción.\n");
    assert_contains(run.out, "Pregunta 1 de unas 8 a 11. ");
    assert_contains(run.out,
                    "Responda 1, 2 o r, o ? para ver la ayuda: 7\nNo se guardó: "
                    "aquí no hay 7. Escriba un número de 1 a 2 o r.\n");
    assert_contains(run.out, "Guardado: 1, Yes.\n");
    assert_contains(run.out, "Fin de la entrada. Su respuesta está guardada. Esta "
                             "encuesta no está terminada.\n");
    att_faced_drop(&run);
    att_talk_close(talk);
}

/* ---- lines that cannot be used ---- */

static void a_line_that_cannot_be_read_is_asked_again(void **state)
{
    static const char nul[] = "1\n\n1\n2\nA\0na\nAna\n";
    static const char latin[] = "1\n\n1\n2\nJos\xe9\nAna\n";
    att_talk *talk = att_talk_open("instruments/everything.json", "en");
    size_t n_long = 70000;
    char *typed = test_malloc(n_long + 32);
    att_faced run =
        att_faced_run_bytes(&att_face_line, talk, nul, sizeof nul - 1, NULL);

    assert_contains(run.out, "Not saved: a byte in this line stands for no letter.");
    assert_answered(talk, "kid_name=\"Ana\"");
    att_faced_drop(&run);
    att_talk_close(talk);

    talk = att_talk_open("instruments/everything.json", "en");
    run = att_faced_run_bytes(&att_face_line, talk, latin, sizeof latin - 1, NULL);
    assert_contains(run.out, "Not saved: some letters came in a form we cannot read.");
    assert_answered(talk, "kid_name=\"Ana\"");
    att_faced_drop(&run);
    att_talk_close(talk);

    talk = att_talk_open("instruments/everything.json", "en");
    strcpy(typed, "1\n\n1\n2\n");
    memset(typed + 7, 'x', n_long);
    strcpy(typed + 7 + n_long, "\nAna\n");
    run = att_faced_run(&att_face_line, talk, typed, NULL);
    assert_contains(run.out, "Not saved: this line has more than 65536 bytes.");
    assert_answered(talk, "kid_name=\"Ana\"");
    att_faced_drop(&run);
    att_talk_close(talk);
    test_free(typed);
}

static void what_was_typed_is_composed_and_shown_tame(void **state)
{
    att_talk *talk = att_talk_open("instruments/everything.json", "en");
    att_faced run = att_faced_run(&att_face_line, talk,
                                  "1\r\n\r\n1\r\n2\r\n\x1b[2Jose\xcc\x81\r\n", NULL);

    assert_false(run.has_escape);
    assert_contains(run.out, "Saved: ?[2Jos\xc3\xa9.\n");
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void an_order_is_typed_first_to_last(void **state)
{
    att_talk *talk = att_talk_open("instruments/kinds.json", "en");
    att_faced run = att_faced_run(&att_face_line, talk,
                                  "1\n1\n7:30\n1\n22:00\n2026-09-14 8:00\n"
                                  "5 1 2\n5 5\n5 1\n2 km\n",
                                  NULL);

    assert_contains(run.out,
                    "What helped you sleep? Give 1 to what helped most.\n"
                    "1 A walk\n2 A dark room\n5 A book\nn Nothing helped\n"
                    "r Prefer not to say\nType the numbers of the first few in "
                    "order, like 2 1 (1, 2, 5, n or r), or ? for help: ");
    assert_contains(run.out, "Not saved: 3 placed. Place the first 2 only.\n");
    assert_contains(run.out, "Not saved: 5 stands there twice. Give each one place.\n");
    assert_contains(run.out, "Saved: 5 1, 1. A book; 2. A walk.\n");
    assert_contains(run.out, "How far? (A book, A walk)\n");
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void names_are_typed_until_an_empty_line(void **state)
{
    att_talk *talk = att_talk_open("instruments/roster.json", "en");
    att_faced run =
        att_faced_run(&att_face_line, talk, "1\n0\nMJ\nSam\n\n\n3\n1\n1\n1\n1\n", NULL);

    assert_contains(run.out, "Question 2 of about 4 to 15. Use initials.\n"
                             "Who helps you?\n"
                             "Person 1 of up to 3. Enter alone ends the list.\n"
                             "Initials, or :help for help: ");
    assert_contains(run.out, "Saved: Sam.\n\n"
                             "Person 3 of up to 3. Enter alone ends the list.\n"
                             "Initials, or :help for help:");
    assert_contains(run.out, "Saved: 2 of 3 named.\n");
    assert_contains(run.out, "Person 1 of 2: MJ now, Sam next.\n"
                             "MJ, 1 of 1. How often do you meet MJ?\n");
    assert_contains(run.out, "MJ, 2 of 2. You meet MJ (A few times a month). "
                             "Do you help?\n");
    assert_contains(run.out, "Person 2 of 2: MJ done, Sam now.\n"
                             "Sam, 1 of 1. How often do you meet Sam?\n");
    assert_contains(run.out, "4 3: Who helps you? - End of the list\n");
    assert_false(run.has_escape);
    assert_answered(talk, "g1_2=\"Sam\"");
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void names_are_asked_for_in_spanish(void **state)
{
    att_talk *talk = att_talk_open("instruments/roster.json", "es");
    att_faced run = att_faced_run(&att_face_line, talk,
                                  "1\n1\nAna\n50\nMJ\nSam\nLu\n\n3\n1\n1\n", NULL);

    assert_contains(run.out, "Persona 1 de 1.\nPregunta 2 de ");
    assert_contains(run.out, "Ana, 2 de 2. ¿Cuánto confía en Ana?\n");
    assert_contains(run.out, "Persona 2 de hasta 3. Enter solo termina la lista.\n"
                             "Iniciales, o :help para ver la ayuda: ");
    assert_contains(run.out, "Guardado: 0 de 2 nombres.\n");
    assert_contains(run.out, "Persona 2 de 3: MJ ya está, Sam ahora, Lu después.\n"
                             "Sam, 1 de 1. ");
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void a_no_to_a_consent_ends_it(void **state)
{
    att_talk *talk = att_talk_open("instruments/kinds.json", "en");
    att_faced run = att_faced_run(&att_face_line, talk, "1\nr\n\n2\n", NULL);

    assert_contains(run.out, "We keep what you say for en readers.\n1 I agree\n"
                             "2 I do not agree\nAnswer 1 or 2, or ? for help: ");
    assert_contains(run.out, "Not saved: there is no r here. Type ");
    assert_contains(run.out, "No answer yet. ");
    assert_contains(run.out, "Saved: 2, I do not agree.\n");
    assert_contains(run.out, "You chose not to go on. What you answered before is "
                             "kept.\n");
    assert_int_equal(run.end.status, ATT_STATUS_DECLINED);
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void a_time_is_typed_as_the_clock_shows_it(void **state)
{
    att_talk *talk = att_talk_open("instruments/kinds.json", "en");
    att_faced run = att_faced_run(
        &att_face_line, talk,
        "1\n1\n7.30\n7:30\n2\nA tent\n22:00\n2026-09-15 8:00\n2026-09-14\n"
        "2026-09-14 8:00\n",
        NULL);

    assert_contains(run.out, "When did you wake up?\nFrom 00:00 to 23:59.\n"
                             "Type a time as hour:minute, or r, or ? for help: ");
    assert_contains(run.out, "Not saved: \"7.30\" is not a time. Type it like 14:30: "
                             "hour, minute.\n");
    assert_contains(run.out, "Saved: 07:30.\n");
    assert_contains(run.out, "Where was that, Somewhere else?\n");
    assert_contains(run.out, "Saved: A tent.\n");
    assert_contains(run.out, "You woke up at 07:30. When did the team meet?\n"
                             "Up to today, 2026-09-14.\n");
    assert_contains(run.out, "Not saved: 2026-09-15 is after 2026-09-14. ");
    assert_contains(run.out, "Not saved: \"2026-09-14\" is not a date and time. Type "
                             "it like 2026-09-14 14:30.\n");
    assert_contains(run.out, "Saved: 2026-09-14 08:00.\n");
    assert_null(strstr(run.out, "yawns")); /* up at 07:30: early is 0 */
    att_faced_drop(&run);
    att_talk_close(talk);
}

/* ---- signals: a person at the other end of two pipes ---- */

typedef struct doing {
    const char *wait_for; /* in what the face writes */
    const char *type;     /* NULL: send the signal */
    int signal;
} doing;

/* Reads one byte at a time until the text was seen; false at the end. */
static bool read_until(int fd, const char *text)
{
    size_t n = strlen(text);
    size_t matched = 0;
    char c;

    while (matched < n) {
        if (read(fd, &c, 1) != 1) {
            return false;
        }
        if (c == text[matched]) {
            matched++;
        } else {
            matched = c == text[0] ? 1 : 0;
        }
    }
    return true;
}

static void play_person(const doing *steps, size_t n, int from, int to)
{
    char rest[256];

    for (size_t i = 0; i < n && read_until(from, steps[i].wait_for); i++) {
        if (steps[i].type == NULL) {
            kill(getppid(), steps[i].signal);
        } else if (write(to, steps[i].type, strlen(steps[i].type)) < 0) {
            _exit(1);
        }
    }
    while (read(from, rest, sizeof rest) > 0) {
    }
    _exit(0);
}

static att_code keep_entry(void *data, const att_entry *entry, att_err *err)
{
    size_t *n = data;

    (void)err;
    *n += entry->act == ATT_ACT_ANSWER || entry->act == ATT_ACT_LEAVE ? 1 : 0;
    return ATT_OK;
}

static att_face_end run_with_person(const doing *steps, size_t n, size_t *n_kept)
{
    att_talk *talk = att_talk_open("instruments/number.json", "en");
    att_sink sink = { .data = n_kept, .keep = keep_entry };
    att_face_opts opts = { .resume_with = "attune resume k7q2mh" };
    att_face_end end = { .status = ATT_STATUS_OPEN };
    att_err err = { 0 };
    int in[2], out[2], status = 0;
    pid_t person;

    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    person = fork();
    if (person == 0) {
        close(in[0]);
        close(out[1]);
        play_person(steps, n, out[0], in[1]);
    }
    close(in[1]);
    close(out[0]);
    opts.in = fdopen(in[0], "r");
    opts.out = fdopen(out[1], "w");
    assert_ok(att_face_run(&att_face_line, &opts, talk->session, &sink, &end, &err),
              &err);
    fclose(opts.out);
    fclose(opts.in);
    waitpid(person, &status, 0);
    assert_int_equal(status, 0);
    att_talk_close(talk);
    return end;
}

static void ctrl_c_asks_before_it_leaves(void **state)
{
    static const doing steps[] = {
        { "for help: ", "1\n", 0 },
        { "for help: ", NULL, SIGINT },
        { "Leave the survey?\nThere are no answers yet. Nothing is sent until you "
          "finish.\nTo go on later: attune resume k7q2mh\nType y to leave, or n to stay "
          "here: ",
          "n\n", 0 },
        { "for help: ", "1\n", 0 },
        { "for help: ", NULL, SIGINT },
        { "stay here: ", "y\n", 0 },
        { "Your 1 answer is saved. This survey is not finished.", "", 0 },
    };
    size_t n_kept = 0;
    att_face_end end = run_with_person(steps, sizeof steps / sizeof steps[0], &n_kept);

    assert_false(end.was_quit);
    assert_int_equal(end.signal, 0);
    assert_int_equal(end.status, ATT_STATUS_OPEN);
    assert_int_equal(n_kept, 2); /* the answer, and that the person left */
}

static void a_second_ctrl_c_leaves_at_once(void **state)
{
    static const doing steps[] = {
        { "for help: ", "1\n", 0 },
        { "for help: ", NULL, SIGINT },
        { "stay here: ", NULL, SIGINT },
    };
    size_t n_kept = 0;
    att_face_end end = run_with_person(steps, sizeof steps / sizeof steps[0], &n_kept);

    assert_true(end.was_quit);
    assert_int_equal(end.signal, 0);
    assert_int_equal(n_kept, 0);
}

static void an_end_from_outside_is_told_apart(void **state)
{
    static const int numbers[] = { SIGHUP, SIGTERM };

    for (size_t i = 0; i < 2; i++) {
        const doing steps[] = {
            { "for help: ", "1\n", 0 },
            { "for help: ", NULL, numbers[i] },
        };
        size_t n_kept = 0;
        att_face_end end = run_with_person(steps, 2, &n_kept);
        assert_int_equal(end.signal, numbers[i]);
        assert_false(end.was_quit);
    }
}

static att_code lose(void *data, const att_entry *entry, att_err *err)
{
    (void)data;
    return entry->act == ATT_ACT_ANSWER ? att_fail(err, ATT_ESTORE, "the disk is full")
                                        : ATT_OK;
}

static void nothing_is_said_to_be_saved_that_was_not_kept(void **state)
{
    static char typed[] = "1\n1\n1\n";
    att_talk *talk = att_talk_open("instruments/number.json", "en");
    att_sink sink = { .keep = lose };
    att_face_opts opts = { .in = fmemopen(typed, sizeof typed - 1, "r"),
                           .out = tmpfile() };
    att_face_end end;
    att_err err = { 0 };
    char out[4096] = "";

    assert_fails(att_face_run(&att_face_line, &opts, talk->session, &sink, &end, &err),
                 ATT_ESTORE, &err, "the disk is full");
    rewind(opts.out);
    assert_true(fread(out, 1, sizeof out - 1, opts.out) > 0);
    assert_lacks(out, "Saved");
    assert_lacks(out, "Question 2");
    fclose(opts.in);
    fclose(opts.out);
    att_talk_close(talk);
}

ATT_TEST_MAIN(cmocka_unit_test(a_conversation_reads_as_in_the_design),
              cmocka_unit_test(the_copies_are_those_of_the_design),
              cmocka_unit_test(the_end_of_input_says_how_to_go_on),
              cmocka_unit_test(the_start_says_what_it_is_and_asks),
              cmocka_unit_test(a_whole_interview_can_be_typed),
              cmocka_unit_test(commands_take_a_colon_where_letters_are_text),
              cmocka_unit_test(a_long_list_is_searched_by_parts_of_names),
              cmocka_unit_test(spanish_is_spoken_where_the_interview_is),
              cmocka_unit_test(a_line_that_cannot_be_read_is_asked_again),
              cmocka_unit_test(what_was_typed_is_composed_and_shown_tame),
              cmocka_unit_test(an_order_is_typed_first_to_last),
              cmocka_unit_test(names_are_typed_until_an_empty_line),
              cmocka_unit_test(names_are_asked_for_in_spanish),
              cmocka_unit_test(a_no_to_a_consent_ends_it),
              cmocka_unit_test(a_time_is_typed_as_the_clock_shows_it),
              cmocka_unit_test(ctrl_c_asks_before_it_leaves),
              cmocka_unit_test(a_second_ctrl_c_leaves_at_once),
              cmocka_unit_test(an_end_from_outside_is_told_apart),
              cmocka_unit_test(nothing_is_said_to_be_saved_that_was_not_kept))
