/* Bad input through the program: each mistake gets a message that says what and where,
 * a hint, its exit status, and nothing that was kept before is lost or half written. */
#include "att_program.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include <attune/base/buf.h>

#include "att_terminal.h"

/* A user without our rights, when we are root; 0: as we are. */
static unsigned other_user(void)
{
    return geteuid() == 0 ? 65534 : 0;
}

/* Everyone may come in and, unless `mode` says otherwise, do all. */
static void open_folder(att_place *place, mode_t folder, mode_t study)
{
    chmod(att_place_path(place, "s.attune"), study);
    chmod(place->folder, folder);
}

static void say_to_sqlite(att_place *place, const char *name, const char *sql)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(att_place_path(place, name), &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    sqlite3_close(db);
}

/* ---- instruments ---- */

/* The text before the last line, which counts. */
static const char *without_count(att_place *place, const char *out)
{
    size_t n = strlen(out);

    while (n > 1 && out[n - 2] != '\n') {
        n--;
    }
    return att_arena_text_n(&place->arena, out, n > 1 ? n - 1 : 0);
}

static void check_says_the_same_as_the_corpus(void **state)
{
    att_place *place = *state;
    DIR *cases = opendir(att_test_path("invalid"));
    const struct dirent *entry;
    size_t n_cases = 0;

    assert_non_null(cases);
    while ((entry = readdir(cases)) != NULL) {
        char *input, *error;
        size_t n = 0;
        att_run run;

        if (entry->d_name[0] == '.') {
            continue;
        }
        input = att_test_read(
            att_arena_format(&place->arena, "invalid/%s/input.json", entry->d_name),
            &n);
        error = att_test_read(
            att_arena_format(&place->arena, "invalid/%s/error", entry->d_name), NULL);
        att_test_write(att_place_path(place, "input.json"), input, n);
        run = att_program_run(place, "check input.json");
        if (strcmp(without_count(place, run.out), error) != 0) {
            fail_msg("%s: said\n%swanted\n%s", entry->d_name, run.out, error);
        }
        assert_int_equal(run.status, strstr(error, ": error[") != NULL ? 1 : 0);
        test_free(input);
        test_free(error);
        n_cases++;
    }
    closedir(cases);
    assert_true(n_cases > 100);
}

static void nothing_is_added_from_a_file_with_errors(void **state)
{
    static const char *const cases[] = {
        "L024-conditions-go-in-a-circle",
        "L034-a-choice-code-is-in-the-missing-range",
        "L003-a-key-is-not-known",
        "L010-an-id-is-used-twice",
        "L001-same-key-twice",
    };
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *input = att_test_read(
            att_arena_format(&place->arena, "invalid/%s/input.json", cases[i]), NULL);

        att_place_write(place, "bad.json", input);
        test_free(input);
        run = att_program_run(place, "add bad.json --study s.attune");
        assert_status(run, 3);
        assert_contains(run.err, "bad.json:");
        run = att_program_run(place, "run bad.json --answers a.json --study s.attune");
        assert_status(run, 3);
    }
    run = att_program_run(place, "verify --study s.attune");
    assert_status(run, 0);
    assert_contains(run.out, "0 entries hold");
    run = att_program_run(place, "doctor --study s.attune --json");
    assert_contains(run.out, "0 entries hold");
}

/* Files that are no JSON, made here because they are large or hold odd bytes. */
static void files_that_are_no_json_are_refused(void **state)
{
    att_place *place = *state;
    att_buf bytes = { 0 };
    att_run run;

    att_buf_add(&bytes, "{\"format\": \"");
    att_buf_repeat(&bytes, 'x', (size_t)17 << 20);
    att_buf_add(&bytes, "\"}");
    att_test_write(att_place_path(place, "huge.json"), bytes.bytes, bytes.n);
    run = att_program_run(place, "check huge.json");
    assert_status(run, 1);
    assert_contains(run.out, "too large");

    att_buf_cut(&bytes, 0);
    att_buf_repeat(&bytes, '[', 100000);
    att_test_write(att_place_path(place, "deep.json"), bytes.bytes, bytes.n);
    run = att_program_run(place, "check deep.json");
    assert_status(run, 1);
    assert_contains(run.out, "deep.json:1:");
    assert_contains(run.out, "nested deeper than");

    att_test_write(att_place_path(place, "bom.json"), "\xEF\xBB\xBF{}", 5);
    run = att_program_run(place, "check bom.json");
    assert_status(run, 1);
    assert_contains(run.out, "save it as UTF-8 without BOM");

    att_test_write(att_place_path(place, "nul.json"), "{\"a\":\0 1}", 9);
    run = att_program_run(place, "check nul.json");
    assert_status(run, 1);
    assert_contains(run.out, "nul.json:1:6: error[L001]");

    att_test_write(att_place_path(place, "latin.json"), "{\"a\":\"caf\xe9\"}", 12);
    run = att_program_run(place, "check latin.json");
    assert_status(run, 1);
    assert_contains(run.out, "save it as UTF-8");
    assert_lacks(run.out, "\xe9");

    run = att_program_run(place, "check .");
    assert_status(run, 3);
    assert_contains(run.err, "is a folder");
    att_buf_drop(&bytes);
}

static void a_file_that_may_not_be_read_is_told(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_write(place, "mine.json", "{}");
    chmod(att_place_path(place, "mine.json"), 0);
    chmod(place->folder, 0755);
    run = att_program_run_with(place, &(att_run_opts){ .user = other_user() },
                               "check mine.json");
    assert_status(run, 8);
    assert_contains(run.err, "\"mine.json\" cannot be opened: Permission denied");
}

/* ---- answers ---- */

typedef struct answers_case {
    const char *answers;
    int status;
    const char *message, *place, *hint;
    int n_saved; /* answers kept before the mistake */
} answers_case;

static const answers_case answers_cases[] = {
    { "{\"pul1\":1,\"pul22\":4}", 3, "\"pul22\" is no item of instrument \"pulse\"",
      "a.json:1:11 (/pul22)", "did you mean \"pul2\"?", 0 },
    { "{\"pul1\":1,\n \"pul2\":9}", 3, "item \"pul2\"", "a.json:2:9 (/pul2)",
      "all answers before it are saved", 1 },
    { "{\"pul1\":1,\"pul2\":\"four\"}", 3, "item \"pul2\"", "a.json:1:18 (/pul2)", "",
      1 },
    { "{\"pul1\":{\"reason\":\"lazy\"}}", 3, "the unknown reason \"lazy\"",
      "a.json:1:9 (/pul1)", "use refused", 0 },
    { "{\"pul1\":true}", 3, "is of no known form", "a.json:1:9 (/pul1)", "use a number",
      0 },
    { "{\"pul1\":1,\"pul1\":2}", 3, "\"pul1\" stands twice", "a.json:1:11", "", 0 },
    { "{\"pul1\":1", 3, "", "a.json:1:", "", 0 },
    { "[1]", 3, "", "a.json:1:1", "", 0 },
    { "{\"item\":\"pul1\",\"answer\":1}\n{\"item\":\"pul9\",\"answer\":1}\n", 3,
      "\"pul9\" is no item", "a.json:2", "did you mean", 1 },
    { "{\"item\":\"pul1\",\"answer\":1}\nnot json\n", 3, "", "a.json:2", "", 1 },
};

static void a_wrong_answer_keeps_those_before_it(void **state)
{
    att_place *place = *state;

    for (size_t i = 0; i < sizeof answers_cases / sizeof *answers_cases; i++) {
        const answers_case *c = &answers_cases[i];
        att_place own = { .folder = att_test_folder() };
        att_run run, csv;

        att_place_study(&own, "pulse");
        att_place_write(&own, "a.json", c->answers);
        run = att_program_run(&own, "run pulse --answers a.json");
        print_message("%s\n", c->answers);
        assert_status(run, c->status);
        assert_contains(run.err, c->message);
        assert_contains(run.err, c->place);
        assert_contains(run.err, c->hint);
        csv = att_program_run(&own, "export --instrument pulse");
        if (c->n_saved == 0) {
            assert_lacks(run.out, "\"saved\"");
        } else {
            assert_contains(run.out, "{\"saved\":\"pul1\",\"answer\":1}");
            assert_string_equal(att_csv_cell(&own, csv.out, 0, "pul1"), "1");
            assert_string_equal(att_csv_cell(&own, csv.out, 0, "pul2"), "-10");
            assert_string_equal(att_csv_cell(&own, csv.out, 0, "status"), "open");
        }
        run = att_program_run(&own, "verify");
        assert_status(run, 0);
        att_test_folder_drop(own.folder);
        att_arena_drop(&own.arena);
    }
    (void)place;
}

/* ---- study files ---- */

static void what_is_no_study_is_left_alone(void **state)
{
    static const char *const commands[] = { "verify", "score", "run pulse", "add pulse",
                                            "export --instrument pulse" };
    static const char text[] = "Dear diary,\nthis is no database.\n";
    att_place *place = *state;
    att_run run;

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        att_place_write(place, "s.attune", text);
        run = att_program_run(place, commands[i]);
        assert_status(run, 3);
        assert_contains(run.err, "\"s.attune\" is not a study");
        assert_contains(run.err, "hint: make one: attune init NAME.attune");
        assert_string_equal(att_place_read(place, "s.attune"), text);
    }
    unlink(att_place_path(place, "s.attune"));
    say_to_sqlite(place, "s.attune", "CREATE TABLE t (x)");
    run = att_program_run(place, "verify");
    assert_status(run, 3);
    assert_contains(run.err, "is not a study");
    run = att_program_run(place, "init s.attune");
    assert_status(run, 2);
    assert_contains(run.err, "\"s.attune\" is there already");
}

static void a_newer_study_is_refused_untouched(void **state)
{
    att_place *place = *state;
    const char *before;
    size_t n_before = 0, n_after = 0;
    char *old, *new;
    att_run run;

    att_place_study(place, "pulse");
    say_to_sqlite(place, "s.attune", "PRAGMA user_version = 99");
    before = att_place_path(place, "s.attune");
    old = att_test_read(before, &n_before);
    run = att_program_run(place, "run pulse --answers a.json");
    assert_status(run, 3);
    assert_contains(run.err, "study \"s.attune\" was written by attune");
    assert_contains(run.err, "in format 99");
    assert_contains(run.err, "hint: use attune");
    new = att_test_read(before, &n_after);
    assert_int_equal(n_before, n_after);
    assert_memory_equal(old, new, n_before);
    test_free(old);
    test_free(new);
}

static void a_read_only_study_can_be_read(void **state)
{
    const att_run_opts opts = { .user = other_user() };
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    att_place_write(place, "a.json", "{\"pul1\":1}");
    run = att_program_run(place, "run pulse --answers a.json");
    assert_status(run, 0);
    open_folder(place, 0755, 0444);
    run = att_program_run_with(place, &opts, "run pulse --answers a.json");
    assert_status(run, 8);
    assert_contains(run.err, "study \"s.attune\" is read-only");
    assert_contains(run.err, "hint: copy it to a folder where you may write");
    run = att_program_run_with(place, &opts, "verify");
    assert_status(run, 0);
    run = att_program_run_with(place, &opts, "export --instrument pulse");
    assert_status(run, 0);
    assert_int_equal(att_csv_rows(run.out), 1);
    /* the file may be written, its folder not: no journal can be made beside it */
    open_folder(place, 0555, 0666);
    run = att_program_run_with(place, &opts, "run pulse --answers a.json");
    assert_status(run, 8);
    assert_contains(run.err, "hint: ");
    run = att_program_run_with(place, &opts, "init t.attune");
    assert_status(run, 8);
    assert_contains(run.err, "\"t.attune\" cannot be written");
    open_folder(place, 0700, 0600);
    run = att_program_run(place, "verify");
    assert_status(run, 0);
    run = att_program_run(place, "export --instrument pulse");
    assert_int_equal(att_csv_rows(run.out), 1);
}

static void a_locked_study_is_busy(void **state)
{
    att_place *place = *state;
    sqlite3 *db = NULL;
    att_run run;

    att_place_study(place, "pulse");
    att_place_write(place, "a.json", "{\"pul1\":1}");
    assert_int_equal(sqlite3_open(att_place_path(place, "s.attune"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    run = att_program_run(place, "run pulse --answers a.json");
    assert_status(run, 6);
    assert_contains(run.err, "study \"s.attune\" is in use by another program");
    assert_contains(run.err, "hint: close the other one, or try again in a moment");
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    run = att_program_run(place, "run pulse --answers a.json");
    assert_status(run, 0);
}

static void a_full_disk_loses_nothing_that_was_saved(void **state)
{
    static const char *const ids[] = { "ces01", "ces02", "ces03", "ces04", "ces05",
                                       "ces06", "ces07", "ces08", "ces09", "ces10",
                                       "ces11", "ces12", "ces13", "ces14", "ces15",
                                       "ces16", "ces17", "ces18", "ces19", "ces20" };
    att_place *place = *state;
    struct stat about;
    size_t n_saved = 0;
    att_buf answers = { 0 };
    att_run run, csv;

    for (size_t i = 0; i < 20; i++) {
        att_buf_format(&answers, "{\"item\":\"%s\",\"answer\":1}\n", ids[i]);
    }
    /* room for a few pages, in which a few answers fit */
    for (long more = 0; n_saved == 0 || n_saved == 20; more += 4096) {
        unlink(att_place_path(place, "s.attune"));
        att_place_study(place, "ces");
        stat(att_place_path(place, "s.attune"), &about);
        run =
            att_program_run_with(place,
                                 &(att_run_opts){ .input = att_buf_text(&answers),
                                                  .file_limit = about.st_size + more },
                                 "run ces --answers -");
        n_saved = 0;
        for (const char *p = run.out; (p = strstr(p, "{\"saved\"")) != NULL; p++) {
            n_saved++;
        }
        assert_true(n_saved < 20);
    }
    assert_status(run, 8);
    assert_contains(run.err,
                    "study \"s.attune\" cannot grow, the disk is full; nothing "
                    "was lost up to the last confirmed answer");
    assert_contains(run.err, "attune resume");
    run = att_program_run(place, "verify");
    assert_status(run, 0);
    csv = att_program_run(place, "export --instrument ces");
    for (size_t i = 0; i < n_saved; i++) {
        assert_string_equal(att_csv_cell(place, csv.out, 0, ids[i]), "1");
    }
    assert_string_equal(att_csv_cell(place, csv.out, 0, ids[n_saved]), "-10");
    att_place_write(place, "rest.json", "{\"ces20\":4}");
    run = att_program_run(place, "resume --answers rest.json");
    assert_status(run, 0);
    csv = att_program_run(place, "export --instrument ces");
    assert_string_equal(att_csv_cell(place, csv.out, 0, ids[0]), "1");
    assert_string_equal(att_csv_cell(place, csv.out, 0, "ces20"), "4");
    assert_string_equal(att_csv_cell(place, csv.out, 0, "status"), "complete");
    att_buf_drop(&answers);
}

static void a_report_on_a_full_disk_leaves_the_old_one(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    att_place_write(place, "a.json", "{\"pul1\":1}");
    run = att_program_run(place, "run pulse --answers a.json");
    assert_status(run, 0);
    att_place_write(place, "r.html", "the old one");
    run = att_program_run_with(place, &(att_run_opts){ .file_limit = 1000 },
                               "report --instrument pulse -o r.html");
    assert_status(run, 8);
    assert_contains(run.err, "\"r.html\"");
    assert_string_equal(att_place_read(place, "r.html"), "the old one");
}

static void a_change_behind_its_back_is_found(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    att_place_write(place, "a.json", "{\"pul1\":1,\"pul2\":4}");
    run = att_program_run(place, "run pulse --answers a.json");
    assert_status(run, 0);
    say_to_sqlite(
        place, "s.attune",
        "DROP TRIGGER payloads_stay; UPDATE payloads SET text = replace(text, '4', '5') WHERE seq = "
        "(SELECT seq FROM entries WHERE item = 'pul2')");
    run = att_program_run(place, "verify");
    assert_status(run, 1);
    assert_contains(run.out, "FAIL  journal");
    assert_contains(run.out, "was changed after it was written");
    assert_contains(run.out, "item pul2");
    assert_contains(run.out, "hint: copy the file away, then compare");
    assert_contains(run.out, "1 ok, 1 failure");
    run = att_program_run(place, "doctor");
    assert_status(run, 1);
    assert_contains(run.out, "do not hold");
}

/* ---- CSV ---- */

static void a_csv_file_is_judged_by_row_and_column(void **state)
{
    static const struct {
        const char *csv, *words, *message, *place, *hint;
    } cases[] = {
        { "a,b\n1,2\n3\n", "--items a,b", "row 2 has 1 cell; the header has 2",
          "c.csv:3:1", "" },
        { "a,b\n1,2\n", "--items a,bb", "\"c.csv\" has no column \"bb\"", "c.csv:1:1",
          "did you mean \"b\"?" },
        { "a,b\n1,x\n", "--items a,b", "row 1 of column \"b\" is \"x\"", "c.csv:2:3",
          "leave it blank if the answer is missing" },
        { "", "--items a,b", "\"c.csv\" is empty", "c.csv:1:1", "" },
        { "a;b\n1;2\n", "--items a,b", "has no column \"a\"", "c.csv:1:1", "hint: " },
        { "a,a\n1,2\n", "--items a,b", "two columns", "c.csv:1:3", "" },
    };
    att_place *place = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_run run;

        att_place_write(place, "c.csv", cases[i].csv);
        run = att_program_runf(place, "analyze reliability --csv c.csv %s",
                               cases[i].words);
        print_message("%s\n", cases[i].csv);
        assert_status(run, 3);
        assert_contains(run.err, cases[i].message);
        assert_contains(run.err, cases[i].place);
        assert_contains(run.err, cases[i].hint);
        assert_string_equal(run.out, "");
    }
}

/* ---- terminals ---- */

static void a_small_terminal_is_told_and_loses_nothing(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "pulse");
    terminal = att_terminal_open(place, 24, 80, NULL, "run pulse");
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Six quick questions");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "question 1 of 7");
    att_terminal_resize(terminal, 8, 30);
    att_terminal_wait(terminal, "Window too small: 30 by 8.");
    att_terminal_wait(terminal, "Make it 40 by 10 or more.");
    att_terminal_resize(terminal, 24, 80);
    att_terminal_wait(terminal, "question 1 of 7");
    att_terminal_type(terminal, "2\r");
    att_terminal_wait(terminal, "question 2 of 7");
    att_terminal_resize(terminal, 8, 30);
    att_terminal_wait(terminal, "Window too small");
    att_terminal_type(terminal, "\x03");
    att_terminal_type(terminal, "\x03");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 130);
    assert_string_equal(
        att_csv_cell(place, att_program_run(place, "export --instrument pulse").out, 0,
                     "pul1"),
        "2");
}

/* An unknown or plain terminal gets the line face by itself. */
static void an_unknown_terminal_gets_the_line_face(void **state)
{
    static const char *const terms[] = { "TERM=nosuchterminal", "TERM=dumb", "TERM=" };
    att_place *place = *state;

    att_place_study(place, "pulse");
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        /* ncurses forgets a block when it does not know a terminal */
        const char *const env[] = { terms[i], "ASAN_OPTIONS=detect_leaks=0", NULL };
        att_terminal *terminal = att_terminal_open(place, 24, 80, env, "run pulse");
        const char *raw = "";
        size_t n_raw = 0;

        print_message("%s\n", terms[i]);
        att_terminal_wait(terminal, "Answer 1 or 2, or ? for help:");
        att_terminal_type(terminal, "1\n");
        att_terminal_wait(terminal, "Press Enter to go on");
        att_terminal_type(terminal, "s\n");
        att_terminal_wait(terminal, "This survey is not finished.");
        assert_int_equal(att_terminal_end(terminal, &raw, &n_raw), 0);
        assert_null(memchr(raw, '\033', n_raw));
    }
}

static void a_window_too_small_from_the_start_gets_the_line_face(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "pulse");
    terminal = att_terminal_open(place, 9, 39, NULL, "run pulse");
    att_terminal_wait(terminal, "for help:");
    att_terminal_type(terminal, "1\n");
    att_terminal_wait(terminal, "Press Enter to go on");
    att_terminal_type(terminal, "\004");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
}

ATT_TEST_MAIN(att_program_test(check_says_the_same_as_the_corpus),
              att_program_test(nothing_is_added_from_a_file_with_errors),
              att_program_test(files_that_are_no_json_are_refused),
              att_program_test(a_file_that_may_not_be_read_is_told),
              att_program_test(a_wrong_answer_keeps_those_before_it),
              att_program_test(what_is_no_study_is_left_alone),
              att_program_test(a_newer_study_is_refused_untouched),
              att_program_test(a_read_only_study_can_be_read),
              att_program_test(a_locked_study_is_busy),
              att_program_test(a_full_disk_loses_nothing_that_was_saved),
              att_program_test(a_report_on_a_full_disk_leaves_the_old_one),
              att_program_test(a_change_behind_its_back_is_found),
              att_program_test(a_csv_file_is_judged_by_row_and_column),
              att_program_test(a_small_terminal_is_told_and_loses_nothing),
              att_program_test(an_unknown_terminal_gets_the_line_face),
              att_program_test(a_window_too_small_from_the_start_gets_the_line_face))
