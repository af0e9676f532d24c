/* test_full.c - the full face on a real pseudo-terminal, read through libvterm
 *
 * A child runs the loop over a small instrument; the test types keys and reads cells and
 * the cursor. Nothing sleeps: the terminal is read until what is expected stands there.
 */
#define _DEFAULT_SOURCE 1

#include "att_test.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <vterm.h>

#include <attune/base/text.h>
#include <attune/face/face.h>
#include <attune/instrument/read.h>

#define PATIENCE 20000 /* ms until a test gives up */

static const char small_instrument[] =
    "{\"format\":\"instrument/1\",\"id\":\"small\",\"version\":\"1.0.0\","
    "\"title\":{\"en\":\"Small survey\"},\"minutes\":4,"
    "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\",\"dir\":\"ltr\"}]},"
    "\"provenance\":{\"authors\":[{\"name\":\"Nobody\"}],\"licence\":\"CC0-1.0\","
    "\"status\":\"draft\",\"evidence\":[]},"
    "\"missing\":{\"range\":[-10,-4],\"codes\":["
    "{\"code\":-10,\"reason\":\"not_reached\"},{\"code\":-9,\"reason\":\"skipped\"},"
    "{\"code\":-8,\"reason\":\"refused\",\"offer\":true},"
    "{\"code\":-7,\"reason\":\"not_applicable\"},{\"code\":-6,\"reason\":\"dont_know\"},"
    "{\"code\":-5,\"reason\":\"not_asked\"},{\"code\":-4,\"reason\":\"unreadable\"}]},"
    "\"choices\":{\"agree\":[{\"code\":1,\"text\":{\"en\":\"Disagree\"}},"
    "{\"code\":2,\"text\":{\"en\":\"Not sure\"}},"
    "{\"code\":3,\"text\":{\"en\":\"Agree\"}}]},"
    "\"items\":["
    "{\"id\":\"fair\",\"kind\":\"one\",\"choices\":\"agree\",\"required\":\"hard\","
    "\"text\":{\"en\":\"The work is shared fairly.\"}},"
    "{\"id\":\"meet\",\"kind\":\"integer\",\"min\":0,\"max\":60,"
    "\"text\":{\"en\":\"How many meetings?\"}},"
    "{\"id\":\"both\",\"kind\":\"grid\",\"choices\":\"agree\","
    "\"text\":{\"en\":\"Say of each:\"},\"items\":["
    "{\"id\":\"g1\",\"text\":{\"en\":\"I am heard.\"}},"
    "{\"id\":\"g2\",\"text\":{\"en\":\"I hear others.\"}}]},"
    "{\"id\":\"more\",\"kind\":\"text\",\"long\":true,\"max_length\":500,"
    "\"text\":{\"en\":\"Anything else?\"}}]}";

/* ---- the child ---- */

static att_msec fixed_time(void)
{
    return 0; /* 1970-01-01T00:00:00Z */
}

static att_code keep_line(void *data, const att_entry *entry, att_err *err)
{
    FILE *file = data;
    att_buf line = { 0 };

    (void)err;
    att_buf_format(&line, "%s ", att_act_name(entry->act));
    att_entry_write(&line, entry);
    fprintf(file, "%s\n", att_buf_text(&line));
    fflush(file);
    att_buf_drop(&line);
    return ATT_OK;
}

static const char *receipt(void *data)
{
    (void)data;
    return "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
}

/* Puts bytes that a terminal would obey where people's text stands. */
static void spoil(att_arena *arena, att_instrument *instrument)
{
    const char **in = att_new_n(arena, const char *, 1);
    att_item *items = att_new_n(arena, att_item, instrument->n_items);

    in[0] = "Red \033[31malert\033]0;owned\007 \302\2332J end.";
    memcpy(items, instrument->items, instrument->n_items * sizeof *items);
    items[0].text = (att_wording){ in };
    instrument->items = items;
}

/* Runs the interview; the exit status says how it ended. */
static int run_child(const char *journal, bool is_spoiled)
{
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_instrument *instrument = att_instrument_open_bytes(
        &arena, "small.json", small_instrument, strlen(small_instrument), &err);
    att_response header = { .id = "0123456789abcdefghijklmnopqrstk7q2mh",
                            .instrument = "small",
                            .version = "1.0.0",
                            .digest = "",
                            .person = "",
                            .role = "",
                            .site = "",
                            .wave = "",
                            .language = "en" };
    att_face_opts opts = { .in = stdin,
                           .out = stdout,
                           .is_colored = true,
                           .resume_with = "attune resume k7q2mh",
                           .now = fixed_time,
                           .mono = fixed_time };
    att_sink sink = { .data = fopen(journal, "w"),
                      .keep = keep_line,
                      .receipt = receipt };
    att_face_end end = { 0 };

    if (instrument == NULL || sink.data == NULL) {
        fprintf(stderr, "%s\n", err.message);
        return 99;
    }
    if (is_spoiled) {
        spoil(&arena, instrument);
    }
    if (att_face_run(att_face_find("full"), &opts,
                     att_session_make(&arena, instrument, &header, NULL, 0), &sink,
                     &end, &err) != ATT_OK) {
        return 98;
    }
    return end.signal != 0 ? 128 + end.signal : end.was_quit ? 130 : (int)end.status;
}

/* ---- the terminal ---- */

typedef struct terminal {
    int fd;
    pid_t pid;
    VTerm *vt;
    VTermScreen *screen;
    int rows, columns;
    bool is_other; /* the alternate screen */
    att_buf raw;   /* all bytes that came */
    char *folder, *journal;
    int status;
    bool is_over;
} terminal;

static int set_property(VTermProp prop, VTermValue *value, void *user)
{
    terminal *t = user;

    if (prop == VTERM_PROP_ALTSCREEN) {
        t->is_other = value->boolean != 0;
    }
    return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = set_property };

static void make_screen(terminal *t)
{
    t->vt = vterm_new(t->rows, t->columns);
    vterm_set_utf8(t->vt, 1);
    t->screen = vterm_obtain_screen(t->vt);
    vterm_screen_set_callbacks(t->screen, &callbacks, t);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_reset(t->screen, 1);
}

/* The child's surroundings; zero is the usual. */
typedef struct setting {
    bool is_spoiled;    /* the instrument holds control bytes */
    const char *term;   /* NULL: xterm-256color */
    const char *locale; /* NULL: C.UTF-8 */
    bool is_plain;      /* NO_COLOR */
    bool has_shell;     /* a parent that sees the child stop, and lets it go on */
} setting;

/* As a shell does: runs the interview in a group of its own in the foreground; when it
 * stops, waits for a key in cooked mode and sends it on. */
static int run_under_shell(const char *journal)
{
    pid_t child = fork();
    int status = 0;
    char key = 0;

    if (child == 0) {
        setpgid(0, 0);
        signal(SIGTTOU, SIG_IGN);
        tcsetpgrp(STDIN_FILENO, getpid());
        signal(SIGTTOU, SIG_DFL);
        return run_child(journal, false);
    }
    signal(SIGTTOU, SIG_IGN);
    while (waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status)) {
        tcsetpgrp(STDIN_FILENO, getpid());
        if (write(STDOUT_FILENO, "stopped", 7) != 7 ||
            read(STDIN_FILENO, &key, 1) != 1) {
            return 97;
        }
        tcsetpgrp(STDIN_FILENO, child);
        kill(child, SIGCONT);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 96;
}

static void open_with(terminal *t, int rows, int columns, const setting *set)
{
    struct winsize size = { .ws_row = (unsigned short)rows,
                            .ws_col = (unsigned short)columns };

    memset(t, 0, sizeof *t);
    t->rows = rows;
    t->columns = columns;
    t->folder = att_test_folder();
    t->journal = att_test_join(t->folder, "journal");
    make_screen(t);
    t->pid = forkpty(&t->fd, NULL, NULL, &size);
    assert_true(t->pid >= 0);
    if (t->pid == 0) {
        setenv("TERM", set->term != NULL ? set->term : "xterm-256color", 1);
        setenv("LC_ALL", set->locale != NULL ? set->locale : "C.UTF-8", 1);
        unsetenv("NO_COLOR");
        if (set->is_plain) {
            setenv("NO_COLOR", "1", 1);
        }
        att_text_start();
        _exit(set->has_shell ? run_under_shell(t->journal)
                             : run_child(t->journal, set->is_spoiled));
    }
}

static void open_terminal(terminal *t, int rows, int columns)
{
    setting usual = { 0 };

    open_with(t, rows, columns, &usual);
}

/* Reads what has come; false when the child has closed its end. */
static bool pump(terminal *t, int wait)
{
    struct pollfd p = { .fd = t->fd, .events = POLLIN };
    char bytes[4096];
    ssize_t n;

    if (poll(&p, 1, wait) <= 0) {
        return true;
    }
    n = read(t->fd, bytes, sizeof bytes);
    if (n <= 0) {
        return false;
    }
    att_buf_add_n(&t->raw, bytes, (size_t)n);
    vterm_input_write(t->vt, bytes, (size_t)n);
    return true;
}

static void read_row(const terminal *t, int row, char *out, size_t size)
{
    size_t n = 0;
    int column;

    for (column = 0; column < t->columns && n + 8 < size; column++) {
        VTermScreenCell cell;
        VTermPos at = { row - 1, column };

        vterm_screen_get_cell(t->screen, at, &cell);
        if (cell.chars[0] < 0x80) {
            out[n++] = cell.chars[0] == 0 ? ' ' : (char)cell.chars[0];
        } else {
            out[n++] = (char)(0xC0 | (cell.chars[0] >> 6 & 0x1F)); /* Latin is enough */
            out[n++] = (char)(0x80 | (cell.chars[0] & 0x3F));
        }
    }
    while (n > 0 && out[n - 1] == ' ') {
        n--;
    }
    out[n] = '\0';
}

static void give_up(const terminal *t, int row, const char *wanted)
{
    char text[512];
    int i;

    for (i = 1; i <= t->rows; i++) {
        read_row(t, i, text, sizeof text);
        fprintf(stderr, "%2d |%s\n", i, text);
    }
    fail_msg("row %d never was \"%s\"", row, wanted);
}

static long long now_ms(void)
{
    return att_stamp_mono();
}

/* Waits until a row is exactly this. */
static void expect(terminal *t, int row, const char *wanted)
{
    long long end = now_ms() + PATIENCE;
    char text[512];

    do {
        read_row(t, row, text, sizeof text);
        if (strcmp(text, wanted) == 0) {
            return;
        }
    } while (pump(t, 100) && now_ms() < end);
    give_up(t, row, wanted);
}

static void expect_cursor(terminal *t, int row, int column)
{
    long long end = now_ms() + PATIENCE;
    VTermPos at = { 0, 0 };

    do {
        vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &at);
        if (at.row == row - 1 && at.col == column - 1) {
            return;
        }
    } while (pump(t, 100) && now_ms() < end);
    fail_msg("cursor at %d,%d, wanted %d,%d", at.row + 1, at.col + 1, row, column);
}

static void type(terminal *t, const char *keys)
{
    size_t n = strlen(keys);

    assert_int_equal(write(t->fd, keys, n), (ssize_t)n);
}

static void resize(terminal *t, int rows, int columns)
{
    struct winsize size = { .ws_row = (unsigned short)rows,
                            .ws_col = (unsigned short)columns };

    t->rows = rows;
    t->columns = columns;
    vterm_set_size(t->vt, rows, columns);
    assert_int_equal(ioctl(t->fd, TIOCSWINSZ, &size), 0);
}

/* Whether the terminal is as it was: its own screen, lines and echo, no paste marks. */
static void assert_restored(terminal *t)
{
    struct termios mode;
    const char *p = att_buf_text(&t->raw);
    const char *on = NULL;
    const char *off = NULL;

    for (; (p = strstr(p, "\033[?2004")) != NULL; p++) {
        if (p[7] == 'h') {
            on = p;
        } else {
            off = p;
        }
    }
    assert_true(off > on);
    assert_false(t->is_other);
    assert_int_equal(tcgetattr(t->fd, &mode), 0);
    assert_true((mode.c_lflag & ICANON) != 0);
    assert_true((mode.c_lflag & ECHO) != 0);
    assert_true((mode.c_lflag & ISIG) != 0);
}

/* Waits for the child's end and looks at the terminal it leaves. */
static int wait_end(terminal *t)
{
    long long end = now_ms() + PATIENCE;
    pid_t got;

    do {
        pump(t, 10);
        got = waitpid(t->pid, &t->status, WNOHANG);
    } while (got == 0 && now_ms() < end);
    if (got == 0) {
        give_up(t, 1, "(the end of the child)");
    }
    t->is_over = true;
    while (pump(t, 0)) {
        struct pollfd p = { .fd = t->fd, .events = POLLIN };

        if (poll(&p, 1, 0) <= 0 || (p.revents & POLLIN) == 0) {
            break;
        }
    }
    return WIFEXITED(t->status) ? WEXITSTATUS(t->status) : 256 + WTERMSIG(t->status);
}

static void close_terminal(terminal *t)
{
    if (!t->is_over) {
        kill(t->pid, SIGKILL);
        waitpid(t->pid, &t->status, 0);
    }
    close(t->fd);
    vterm_free(t->vt);
    att_buf_drop(&t->raw);
    test_free(t->journal);
    att_test_folder_drop(t->folder);
}

/* ---- tests ---- */

#define AGREE "1\r"

static void an_interview_runs_from_the_start_to_the_receipt(void **state)
{
    terminal t;
    char *journal;

    open_terminal(&t, 24, 80);
    expect(&t, 1,
           "  Small survey                                                 about 4 "
           "minutes");
    expect(&t, 24,
           "  ? help   Enter next   1-2 or arrows choose   PgUp back   Ctrl-C leave");
    assert_true(t.is_other);
    type(&t, AGREE);
    expect(&t, 3, "  The work is shared fairly.");
    expect_cursor(&t, 5, 4);
    type(&t, "\r");
    expect(&t, 10, "  ! No answer yet. Press 1 to 3 or r.");
    type(&t, "3");
    expect(&t, 7, "> (*) 3  Agree");
    expect_cursor(&t, 7, 4);
    type(&t, "\r");
    expect(&t, 3, "  How many meetings?");
    type(&t, "75\r");
    expect(&t, 8, "  ! Not saved: 75 is more than 60. Type a number from 0 to 60.");
    expect_cursor(&t, 5, 13);
    type(&t, "\177\17745\r");
    expect(&t, 3, "  Say of each:");
    type(&t, "1\r");
    expect(
        &t, 10,
        "> I hear others.                               ( )       ( )       ( )    ( )");
    type(&t, "r\r");
    expect(&t, 3, "  Anything else?");
    type(&t, "Caf\377\303\303\251\033[6~"); /* bytes of no letter are passed over */
    expect(
        &t, 1,
        "  Look over your answers                                       5 of 5 answered");
    type(&t, "\033OF\r");
    expect(&t, 3, "  Thank you. Your answers are saved.");
    expect(&t, 4, "  5 questions: 4 answered, 1 prefer not to say.");
    type(&t, "\r");
    assert_int_equal(wait_end(&t), ATT_STATUS_COMPLETE);
    assert_restored(&t);
    journal = att_test_read(t.journal, NULL);
    assert_string_equal(
        journal,
        "agree {\"answer\":null,\"item\":\"\",\"kind\":\"none\"}\n"
        "answer {\"answer\":3,\"item\":\"fair\",\"kind\":\"number\"}\n"
        "answer {\"answer\":45,\"item\":\"meet\",\"kind\":\"number\"}\n"
        "answer {\"answer\":1,\"item\":\"g1\",\"kind\":\"number\"}\n"
        "answer {\"answer\":{\"reason\":\"refused\"},\"item\":\"g2\",\"kind\":\"reason\"}\n"
        "answer {\"answer\":\"Caf\303\251\",\"item\":\"more\",\"kind\":\"text\"}\n"
        "finish {\"answer\":null,\"item\":\"\",\"kind\":\"none\"}\n");
    test_free(journal);
    close_terminal(&t);
}

static void a_mark_outlives_every_size_of_the_window(void **state)
{
    terminal t;

    open_terminal(&t, 24, 80);
    expect(&t, 3, "  ! Draft measure. Not validated.");
    type(&t, AGREE);
    expect(&t, 3, "  The work is shared fairly.");
    type(&t, "2");
    expect(&t, 6, "> (*) 2  Not sure");
    resize(&t, 12, 40);
    expect(&t, 1, "  Small survey                  1 of 5");
    expect(&t, 5, "> (*) 2  Not sure");
    expect_cursor(&t, 5, 4);
    resize(&t, 8, 30);
    expect(&t, 1, "Window too small: 30 by 8.");
    expect(&t, 4, "Only Ctrl-C works here.");
    expect_cursor(&t, 4, 1);
    type(&t, "3\r");
    resize(&t, 24, 80);
    expect(&t, 6, "> (*) 2  Not sure");
    expect_cursor(&t, 6, 4);
    type(&t, "\003");
    expect(
        &t, 1,
        "  Leave the survey?                                            question 1 of 5");
    expect(&t, 5, "  To go on later: attune resume k7q2mh");
    type(&t, "n");
    expect(&t, 6, "> (*) 2  Not sure");
    type(&t, "\003y");
    assert_int_equal(wait_end(&t), ATT_STATUS_OPEN);
    assert_restored(&t);
    close_terminal(&t);
}

static void a_small_window_from_the_start_has_the_same_screens(void **state)
{
    terminal t;

    open_terminal(&t, 12, 40);
    expect(&t, 12, "  ? help   Enter next");
    type(&t, "\r\r\r\r\r1\r");
    expect(&t, 2, "  The work is shared fairly.");
    type(&t, "3\r");
    expect(&t, 2, "  How many meetings?");
    type(&t, "45\r");
    expect(&t, 2, "  Say of each: Row 1 of 2.");
    expect(&t, 4, "  I am heard.");
    type(&t, "1\r");
    expect(&t, 2, "  Say of each: Row 2 of 2.");
    type(&t, "\033[5~");
    expect(&t, 2, "  Say of each: Row 1 of 2.");
    type(&t, "\003\003");
    assert_int_equal(wait_end(&t), 130);
    assert_restored(&t);
    close_terminal(&t);
}

static void leaving_twice_at_once_and_signals_put_the_terminal_back(void **state)
{
    static const struct ending {
        const char *label;
        const char *keys;
        int signal; /* 0: none */
        int status;
    } endings[] = {
        { "Ctrl-C twice", "\003\003", 0, 130 },
        { "SIGTERM", "", SIGTERM, 128 + SIGTERM },
        { "SIGHUP", "", SIGHUP, 128 + SIGHUP },
        { "a crash", "", SIGSEGV, 256 + SIGSEGV },
        { "an abort", "", SIGABRT, 256 + SIGABRT },
    };
    size_t i;

    for (i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        terminal t;
        int status;

        open_terminal(&t, 24, 80);
        expect(&t, 3, "  ! Draft measure. Not validated.");
        type(&t, endings[i].keys);
        if (endings[i].signal != 0) {
            kill(t.pid, endings[i].signal);
        }
        status = wait_end(&t);
        if (status != endings[i].status) {
            fail_msg("%s: status %d", endings[i].label, status);
        }
        assert_restored(&t);
        close_terminal(&t);
    }
}

static void a_paste_goes_into_a_text_box_only(void **state)
{
    terminal t;

    open_terminal(&t, 24, 80);
    expect(&t, 3, "  ! Draft measure. Not validated.");
    type(&t, AGREE);
    expect(&t, 3, "  The work is shared fairly.");
    type(&t, "2\033[200~3\r3\r\003y\033[201~");
    type(&t, "?\033");
    expect(&t, 6, "> (*) 2  Not sure");
    type(&t, "\r7\r\r\r");
    expect(&t, 3, "  Anything else?");
    type(&t, "a\033[200~b\rc\033[31md\003\033[201~!");
    expect(&t, 5, "> ab");
    expect(&t, 6, "  c[31md!");
    expect_cursor(&t, 6, 10);
    type(&t, "\003\003");
    assert_int_equal(wait_end(&t), 130);
    assert_restored(&t);
    close_terminal(&t);
}

static void control_bytes_of_an_instrument_never_reach_the_terminal(void **state)
{
    setting spoiled = { .is_spoiled = true };
    terminal t;

    open_with(&t, 24, 80, &spoiled);
    expect(&t, 3, "  ! Draft measure. Not validated.");
    type(&t, AGREE);
    expect(&t, 3, "  Red ?[31malert?]0;owned? ?2J end.");
    assert_lacks(att_buf_text(&t.raw), "\033[31m");
    assert_lacks(att_buf_text(&t.raw), "\033]0;");
    assert_lacks(att_buf_text(&t.raw), "\302\233");
    type(&t, "\003\003");
    assert_int_equal(wait_end(&t), 130);
    assert_restored(&t);
    close_terminal(&t);
}

static void what_was_typed_comes_back_with_the_question(void **state)
{
    terminal t;

    open_terminal(&t, 24, 80);
    expect(&t, 3, "  ! Draft measure. Not validated.");
    type(&t, AGREE "3\r");
    expect(&t, 3, "  How many meetings?");
    type(&t, "4");
    expect(&t, 5, "> Number: 4");
    type(&t, "\020"); /* Ctrl-P */
    expect(&t, 7, "> (*) 3  Agree");
    type(&t, "\r");
    expect(&t, 5, "> Number: 4");
    type(&t, "\003\003");
    assert_int_equal(wait_end(&t), 130);
    close_terminal(&t);
}

static void colour_is_in_chips_only_and_can_be_left_out(void **state)
{
    setting plain = { .is_plain = true };
    terminal t;

    open_terminal(&t, 24, 80);
    expect(&t, 3, "  ! Draft measure. Not validated.");
    assert_contains(att_buf_text(&t.raw), "48;5;208"); /* yellow of the palette */
    type(&t, "\003\003");
    assert_int_equal(wait_end(&t), 130);
    close_terminal(&t);
    open_with(&t, 24, 80, &plain);
    expect(&t, 3, "  ! Draft measure. Not validated.");
    assert_lacks(att_buf_text(&t.raw), "48;5;");
    assert_contains(att_buf_text(&t.raw), "7m! Draft"); /* reverse */
    type(&t, "\003\003");
    assert_int_equal(wait_end(&t), 130);
    close_terminal(&t);
}

static void without_utf_8_other_letters_are_question_marks(void **state)
{
    setting plain = { .locale = "C", .is_spoiled = false };
    terminal t;

    open_with(&t, 24, 80, &plain);
    expect(&t, 3, "  ! Draft measure. Not validated.");
    type(&t, AGREE "3\r7\r\r\r");
    expect(&t, 3, "  Anything else?");
    type(&t, "a\303\251b");
    expect(&t, 5, "> ab");
    type(&t, "\003\003");
    assert_int_equal(wait_end(&t), 130);
    close_terminal(&t);
}

static void a_terminal_that_is_not_known_is_an_error(void **state)
{
    setting strange = { .term = "no-such-terminal" };
    terminal t;

    open_with(&t, 24, 80, &strange);
    assert_int_equal(wait_end(&t), 98);
    assert_lacks(att_buf_text(&t.raw), "\033");
    close_terminal(&t);
}

static void stopping_gives_the_terminal_to_the_shell(void **state)
{
    setting shell = { .has_shell = true };
    struct termios mode;
    terminal t;

    open_with(&t, 24, 80, &shell);
    expect(&t, 3, "  ! Draft measure. Not validated.");
    type(&t, "1");
    expect(&t, 14, "> (*) 1  Yes, I agree to take part");
    type(&t, "\032"); /* Ctrl-Z */
    while (strstr(att_buf_text(&t.raw), "stopped") == NULL) {
        assert_true(pump(&t, PATIENCE));
    }
    assert_false(t.is_other);
    assert_int_equal(tcgetattr(t.fd, &mode), 0);
    assert_true((mode.c_lflag & ICANON) != 0);
    type(&t, "\n"); /* the shell's fg */
    expect(&t, 14, "> (*) 1  Yes, I agree to take part");
    assert_true(t.is_other);
    type(&t, "\r");
    expect(&t, 3, "  The work is shared fairly.");
    type(&t, "\003\003");
    assert_int_equal(wait_end(&t), 130);
    assert_restored(&t);
    close_terminal(&t);
}

ATT_TEST_MAIN(cmocka_unit_test(an_interview_runs_from_the_start_to_the_receipt),
              cmocka_unit_test(a_mark_outlives_every_size_of_the_window),
              cmocka_unit_test(a_small_window_from_the_start_has_the_same_screens),
              cmocka_unit_test(leaving_twice_at_once_and_signals_put_the_terminal_back),
              cmocka_unit_test(a_paste_goes_into_a_text_box_only),
              cmocka_unit_test(control_bytes_of_an_instrument_never_reach_the_terminal),
              cmocka_unit_test(what_was_typed_comes_back_with_the_question),
              cmocka_unit_test(colour_is_in_chips_only_and_can_be_left_out),
              cmocka_unit_test(without_utf_8_other_letters_are_question_marks),
              cmocka_unit_test(a_terminal_that_is_not_known_is_an_error),
              cmocka_unit_test(stopping_gives_the_terminal_to_the_shell))
