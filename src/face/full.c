/* full.c - the whole screen, by ncursesw; the only file that knows curses
 *
 * It opens the terminal, reads keys, hands them to the widget, draws the layout, puts the
 * hardware cursor on the focus, and puts everything back. Rules: docs/SCREENS.md.
 */
#define NCURSES_WIDECHAR 1

#include "faces.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include <ncurses.h>

#include <attune/base/text.h>
#include <attune/face/replay.h>

#include "layout.h"
#include "signals.h"
#include "typing.h"

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
/* ECMA-48's BDSM: who turns words that run from right to left, we or the terminal. */
#define TURN_OURS   "\033[8l"
#define TURN_THEIRS "\033[8h"

#define PASTE_MOST ((size_t)1 << 16)

/* What curses calls the marks around pasted text. */
#define KEY_PASTE_BEGIN (KEY_MAX + 1)
#define KEY_PASTE_END   (KEY_MAX + 2)

#define ESCAPE_WAIT 25  /* ms after Esc before it is a key of its own */
#define PAUSE_LOOK  200 /* ms between looks for signals while nothing is asked */

#define COLOR_GOOD_256  25
#define COLOR_ALERT_256 208
#define PAIR_GOOD       1
#define PAIR_ALERT      2

typedef struct full {
    att_arena arena;   /* widgets, as long as the interview */
    att_arena scratch; /* one drawing */
    const att_face_opts *opts;
    SCREEN *screen;
    int in;
    bool is_utf8, is_colored;
    bool is_turning; /* words are put in the order of the eye here */
    att_widget *widget;
    att_widget **left; /* [n_items] questions left with an answer not yet sent */
    bool *is_met; /* [n_items] whose draft has been shown: it is the widget's now */
    size_t n_items;
    att_typing typing;
    size_t review_focus;
    att_msec last_key; /* mono: of a kiosk, when a key came last */
    bool by_staff;     /* the PIN was typed: the kiosk ends */
    const char *receipt;
    char letter[5]; /* bytes of a letter that is coming in */
    size_t n_letter;
    bool is_pasting;
    att_buf paste;
} full;

/* ---- what handlers and atexit may touch: they cannot be handed an argument ---- */

static volatile sig_atomic_t window_changed, stop_wanted, went_on, is_open;
static int tty = -1;
static struct termios cooked; /* as we found it */
static char leave_bytes[128]; /* leave the other screen, cursor and style as usual */
static size_t n_leave_bytes;

static const int fatal[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };
static const int noted[] = { SIGWINCH, SIGTSTP, SIGCONT };
static const int held[] = { SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGTERM, SIGINT };

#define N(list) (sizeof(list) / sizeof(list)[0])

static void note(int number)
{
    if (att_signal_pass_on(number)) {
        return;
    }
    if (number == SIGWINCH) {
        window_changed = 1;
    } else if (number == SIGTSTP) {
        stop_wanted = 1;
    } else {
        went_on = 1;
    }
}

/* Puts the terminal back with nothing but system calls. */
static void restore_now(void)
{
    if (is_open != 0) {
        is_open = 0;
        if (write(tty, leave_bytes, n_leave_bytes) < 0) {
            return; /* the terminal has gone */
        }
        tcsetattr(tty, TCSANOW, &cooked);
    }
}

static void die(int number)
{
    restore_now();
    signal(number, SIG_DFL);
    raise(number);
}

static void restore_at_exit(void)
{
    restore_now();
}

/* What terminfo knows by a name: NULL, or -1 as a pointer, when it does not. */
static void add_leave_bytes(const char *bytes)
{
    size_t i;

    if (bytes == NULL || (intptr_t)bytes == -1 ||
        n_leave_bytes + strlen(bytes) > sizeof leave_bytes) {
        return;
    }
    for (i = 0; bytes[i] != '\0'; i++) {
        leave_bytes[n_leave_bytes++] = bytes[i];
    }
}

static void catch_signals(void)
{
    struct sigaction action = { .sa_handler = note };
    struct sigaction end = { .sa_handler = die };
    size_t i;

    sigemptyset(&action.sa_mask);
    sigemptyset(&end.sa_mask);
    window_changed = stop_wanted = went_on = 0;
    for (i = 0; i < N(noted); i++) {
        sigaction(noted[i], &action, NULL);
    }
    for (i = 0; i < N(fatal); i++) {
        sigaction(fatal[i], &end, NULL);
    }
}

static void let_signals_go(void)
{
    size_t i;

    for (i = 0; i < N(noted); i++) {
        signal(noted[i], SIG_DFL);
    }
    for (i = 0; i < N(fatal); i++) {
        signal(fatal[i], SIG_DFL);
    }
}

/* ---- the terminal ---- */

static void write_out(const full *f, const char *bytes)
{
    fputs(bytes, f->opts->out);
    fflush(f->opts->out);
}

static void modes_on(const full *f)
{
    write_out(f, PASTE_ON);
    if (f->is_turning) {
        write_out(f, TURN_OURS);
    }
}

static void modes_off(const full *f)
{
    write_out(f, PASTE_OFF);
    if (f->is_turning) {
        write_out(f, TURN_THEIRS);
    }
}

static void set_up_colors(full *f)
{
    const char *wish = getenv("NO_COLOR");
    bool is_rich;

    f->is_colored = f->opts->is_colored && (wish == NULL || wish[0] == '\0') &&
                    has_colors() && start_color() == OK;
    if (!f->is_colored) {
        return;
    }
    use_default_colors();
    is_rich = COLORS >= 256;
    init_pair(PAIR_GOOD, is_rich ? 15 : COLOR_WHITE,
              is_rich ? COLOR_GOOD_256 : COLOR_BLUE);
    init_pair(PAIR_ALERT, is_rich ? 16 : COLOR_BLACK,
              is_rich ? COLOR_ALERT_256 : COLOR_YELLOW);
}

static att_msec mono_now(const full *f)
{
    return f->opts->mono != NULL ? f->opts->mono() : att_stamp_mono();
}

/* Every key reaches us: no signals from the keyboard, no flow control. */
static void set_up_keys(void)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(ESCAPE_WAIT);
    define_key("\033[200~", KEY_PASTE_BEGIN);
    define_key("\033[201~", KEY_PASTE_END);
}

static void enter(full *f)
{
    static volatile sig_atomic_t is_registered;

    n_leave_bytes = 0;
    add_leave_bytes(PASTE_OFF);
    if (f->is_turning) {
        add_leave_bytes(TURN_THEIRS);
    }
    add_leave_bytes(tigetstr("sgr0"));
    add_leave_bytes(tigetstr("rmkx"));
    add_leave_bytes(tigetstr("cnorm"));
    add_leave_bytes(tigetstr("rmcup"));
    is_open = 1;
    if (is_registered == 0) {
        is_registered = 1;
        atexit(restore_at_exit);
    }
    set_up_keys();
    set_up_colors(f);
    modes_on(f);
}

static void close_full(void *face)
{
    full *f = face;

    if (f == NULL) {
        return;
    }
    if (f->screen != NULL) {
        if (f->opts->kiosk != NULL) { /* also where no other screen comes back */
            erase();
            refresh();
        }
        modes_off(f);
        endwin();
        is_open = 0;
        delscreen(f->screen);
        let_signals_go();
    }
    att_buf_drop(&f->paste);
    att_typing_drop(&f->typing);
    att_arena_drop(&f->scratch);
    att_arena_drop(&f->arena);
    att_memory_free(f);
}

static void *open_full(const att_face_opts *opts, const att_session *session,
                       att_err *err)
{
    full *f = att_memory_grow(NULL, 1, sizeof *f);
    const att_sheet *sheet = att_session_sheet(session);
    const char *term = getenv("TERM");

    memset(f, 0, sizeof *f);
    f->opts = opts;
    f->in = fileno(opts->in);
    f->n_items = sheet->instrument->n_items;
    f->is_turning = opts->bidi == ATT_BIDI_APP &&
                    sheet->instrument->languages[sheet->language].is_rtl;
    f->left = att_new_n(&f->arena, att_widget *, f->n_items);
    f->is_met = att_new_n(&f->arena, bool, f->n_items);
    f->typing.drafts = opts->drafts;
    tty = fileno(opts->out);
    if (f->in < 0 || tty < 0 || !isatty(f->in) || tcgetattr(tty, &cooked) != 0) {
        att_fail(err, ATT_EIO, "the full face needs a terminal");
        att_hint(err, "use: --ui line");
        close_full(f);
        return NULL;
    }
    f->is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0; /* as cli/main set it */
    catch_signals();
    f->screen = newterm(NULL, opts->out, opts->in);
    if (f->screen == NULL) {
        let_signals_go();
        att_fail(err, ATT_EIO, "terminal \"%s\" is not known here",
                 term != NULL ? term : "");
        att_hint(err, "use: --ui line");
        close_full(f);
        return NULL;
    }
    enter(f);
    f->last_key = mono_now(f);
    return f;
}

/* ---- drawing ---- */

static attr_t paint_of(const full *f, att_paint paint)
{
    switch (paint) {
    case ATT_PAINT_TEXT: return A_NORMAL;
    case ATT_PAINT_QUESTION:
    case ATT_PAINT_KEY: return A_BOLD;
    case ATT_PAINT_QUIET: return f->is_colored ? A_DIM : A_NORMAL;
    case ATT_PAINT_FOCUS: return A_REVERSE;
    case ATT_PAINT_GOOD:
        return A_BOLD | (f->is_colored ? (attr_t)COLOR_PAIR(PAIR_GOOD) : 0);
    case ATT_PAINT_ALERT:
        return f->is_colored ? (attr_t)COLOR_PAIR(PAIR_ALERT) : A_REVERSE;
    case ATT_PAINT_FIELD: return A_UNDERLINE;
    }
    return A_NORMAL;
}

/* One character of UTF-8; 0 at the end. Text is tame, so it is whole. */
static wchar_t next_character(const char **p)
{
    const unsigned char *s = (const unsigned char *)*p;
    unsigned c = s[0];
    size_t more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
    size_t i;

    c = more == 3 ? c & 0x07 : more == 2 ? c & 0x0F : more == 1 ? c & 0x1F : c;
    for (i = 1; i <= more && (s[i] & 0xC0) == 0x80; i++) {
        c = c << 6 | (s[i] & 0x3FU);
    }
    *p += s[0] == '\0' ? 0 : i;
    return (wchar_t)c;
}

/* A span, cut at the right edge, with nothing in it that a terminal would obey. */
static void draw_span(const full *f, int row, const att_span *span, size_t width)
{
    const char *p = span->text;
    size_t column = span->column;
    wchar_t c;

    move(row, (int)column - 1);
    attrset((int)paint_of(f, span->paint));
    while ((c = next_character(&p)) != 0) {
        int w = wcwidth(c);

        if (w < 0 || (c >= 0x7F && !f->is_utf8)) {
            c = L'?';
            w = 1;
        }
        if (column + (size_t)w > width + 1) {
            break;
        }
        addnwstr(&c, 1);
        column += (size_t)w;
    }
    attrset(A_NORMAL);
}

static void draw(full *f, bool is_whole)
{
    att_arena_mark mark = att_arena_mark_now(&f->scratch);
    att_layout_opts opts = { (size_t)COLS,
                             (size_t)LINES,
                             f->opts->resume_with,
                             f->receipt,
                             f->opts->kiosk != NULL
                                 ? (double)f->opts->kiosk->idle / 60000
                                 : 0,
                             f->opts->bidi };
    att_layout layout = att_layout_of(&f->scratch, f->widget, &opts);
    size_t i, j;

    erase();
    for (i = 0; i < layout.height; i++) {
        for (j = 0; j < layout.row[i].n; j++) {
            draw_span(f, (int)i, &layout.row[i].span[j], layout.width);
        }
    }
    f->widget->seen = layout.seen;
    curs_set(1);
    move((int)layout.cursor_row - 1,
         (int)(layout.cursor_column > layout.width ? layout.width
                                                   : layout.cursor_column) -
             1);
    if (is_whole) {
        clearok(stdscr, TRUE);
    }
    refresh();
    att_arena_rewind(&f->scratch, mark);
}

/* ---- signals at a quiet moment ---- */

static void take_size(void)
{
    struct winsize size = { 0 };

    window_changed = 0;
    if (ioctl(tty, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
        resizeterm(size.ws_row, size.ws_col);
    }
}

static void come_back(full *f)
{
    went_on = 0;
    take_size();
    reset_prog_mode();
    modes_on(f);
    draw(f, true);
}

/* Stops as the shell wants it, with its screen back, and goes on after fg. */
static void suspend(full *f)
{
    sigset_t one, before;

    stop_wanted = 0;
    modes_off(f);
    endwin();
    signal(SIGTSTP, SIG_DFL);
    sigemptyset(&one);
    sigaddset(&one, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &one, &before);
    raise(SIGTSTP);
    sigprocmask(SIG_SETMASK, &before, NULL);
    catch_signals();
    come_back(f);
}

typedef enum wake { WAKE_KEY = 0, WAKE_LEAVE, WAKE_SIGNAL, WAKE_GONE, WAKE_IDLE } wake;

static bool has_hung_up(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };

    return poll(&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

static int caught_now(full *f)
{
    if (window_changed != 0) {
        take_size();
        draw(f, false);
    }
    if (stop_wanted != 0 && f->opts->kiosk == NULL) {
        suspend(f);
    }
    stop_wanted = 0;
    if (went_on != 0) {
        come_back(f);
    }
    return att_signal_caught();
}

static bool is_idle_now(const full *f)
{
    return f->opts->kiosk != NULL && mono_now(f) - f->last_key >= f->opts->kiosk->idle;
}

/* How long to wait for a key: until what was typed is kept as a draft, and in a kiosk
 * until the screen is locked; NULL: for ever. */
static const struct timespec *wait_most(const full *f, bool can_keep,
                                        struct timespec *most)
{
    att_msec ms = f->opts->draft_pause > 0 ? f->opts->draft_pause : ATT_TYPING_PAUSE;
    bool is_due =
        can_keep && att_typing_is_due(&f->typing, att_widget_draft(f->widget));
    att_msec left = 0;

    if (f->opts->kiosk != NULL) {
        left = f->last_key + f->opts->kiosk->idle - mono_now(f);
        left = left < 0 ? 0 : left;
        ms = is_due && ms < left ? ms : left;
    } else if (!is_due) {
        return NULL;
    }
    *most = (struct timespec){ .tv_sec = (time_t)(ms / 1000),
                               .tv_nsec = (long)(ms % 1000) * 1000000L };
    return most;
}

/* Waits for a key, a signal or the end, and misses none between the look and the wait.
 * In a pause what was typed is kept. */
static wake wait_for_key(full *f)
{
    struct timespec pause;
    bool is_kept = false;
    sigset_t block, before;
    fd_set ready;
    bool is_idle = false;
    int n = 0;
    int number = 0;
    size_t i;

    sigemptyset(&block);
    for (i = 0; i < N(held); i++) {
        sigaddset(&block, held[i]);
    }
    sigprocmask(SIG_BLOCK, &block, &before);
    while (n == 0 && !is_idle) {
        number = caught_now(f);
        if (number != 0) {
            break;
        }
        FD_ZERO(&ready);
        FD_SET(f->in, &ready);
        n = pselect(f->in + 1, &ready, NULL, NULL, wait_most(f, !is_kept, &pause),
                    &before);
        if (n == 0) {
            att_typing_keep(&f->typing, att_widget_draft(f->widget));
            is_kept = true;
            is_idle = is_idle_now(f);
        }
        n = n < 0 && errno == EINTR ? 0 : n;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (number == SIGINT) {
        att_signal_forget();
        return WAKE_LEAVE;
    }
    return number != 0 ? WAKE_SIGNAL
           : is_idle   ? WAKE_IDLE
           : n < 0     ? WAKE_GONE
                       : WAKE_KEY;
}

/* ---- keys ---- */

/* A key that curses names, as the keymap does. */
static int named_key(int code)
{
    static const struct pair {
        int code, key;
    } pairs[] = {
        { KEY_UP, ATT_KEY_UP },          { KEY_DOWN, ATT_KEY_DOWN },
        { KEY_LEFT, ATT_KEY_LEFT },      { KEY_RIGHT, ATT_KEY_RIGHT },
        { KEY_HOME, ATT_KEY_HOME },      { KEY_END, ATT_KEY_END },
        { KEY_BTAB, ATT_KEY_SHIFT_TAB }, { KEY_BACKSPACE, ATT_KEY_BACKSPACE },
        { KEY_PPAGE, ATT_KEY_PAGE_UP },  { KEY_NPAGE, ATT_KEY_PAGE_DOWN },
        { KEY_ENTER, ATT_KEY_ENTER },    { KEY_F(1), ATT_KEY_F1 },
    };
    size_t i;

    for (i = 0; i < N(pairs); i++) {
        if (pairs[i].code == code) {
            return pairs[i].key;
        }
    }
    return ATT_KEY_NONE;
}

/* Bytes of UTF-8 to a character: NONE until the last byte of one has come. A byte that
 * belongs to none is passed over, and with it what it broke off. */
static int character_of(full *f, int byte)
{
    size_t n;

    if (byte < 0x80) {
        f->n_letter = 0;
        return byte == 0x7F ? ATT_KEY_BACKSPACE : byte;
    }
    if (!f->is_utf8) {
        return ATT_KEY_NONE;
    }
    if (byte >= 0xC0) {
        f->n_letter = 0;
    } else if (f->n_letter == 0) {
        return ATT_KEY_NONE;
    }
    f->letter[f->n_letter++] = (char)byte;
    f->letter[f->n_letter] = '\0';
    n = (unsigned char)f->letter[0] >= 0xF0   ? 3
        : (unsigned char)f->letter[0] >= 0xE0 ? 2
                                              : 1;
    if (f->n_letter <= n) {
        return ATT_KEY_NONE;
    }
    f->n_letter = 0;
    if (att_text_check(f->letter, n + 1) == n + 1) {
        const char *p = f->letter;

        return (int)next_character(&p);
    }
    return ATT_KEY_NONE;
}

/* One key that curses has, in *key; NONE when it was part of a letter or a paste or means
 * nothing. False when there is none. */
static bool read_key(full *f, int *key, att_turn *turn)
{
    int c = getch();

    *key = ATT_KEY_NONE;
    *turn = ATT_TURN_NONE;
    if (c == ERR) {
        return false;
    }
    if (c == KEY_PASTE_BEGIN) {
        f->is_pasting = true;
        att_buf_cut(&f->paste, 0);
    } else if (c == KEY_PASTE_END) {
        f->is_pasting = false;
        *turn = att_widget_paste(f->widget, att_buf_text(&f->paste));
        att_buf_cut(&f->paste, 0);
    } else if (f->is_pasting) {
        if (c > 0 && c < (f->is_utf8 ? 0x100 : 0x80) && f->paste.n < PASTE_MOST) {
            att_buf_char(&f->paste, (char)c);
        }
    } else {
        *key = c < 0x100 ? character_of(f, c) : named_key(c);
    }
    return true;
}

/* The PIN as it was typed: the survey goes on, another try, or the end of the kiosk. */
static att_turn try_pin(full *f)
{
    att_kiosk *kiosk = f->opts->kiosk;
    att_msec now = mono_now(f);
    bool is_early = now < kiosk->shut_until;
    unsigned wait = 0;
    bool opens = att_kiosk_try(kiosk, f->widget->locking.pin, now, &wait);

    flushinp(); /* what was typed while it was slow is no next try */
    f->by_staff = att_widget_pin(f->widget, opens, wait, is_early);
    return ATT_TURN_DRAW;
}

/* Reads keys until something came of them; draws in between. */
static att_read read_event(full *f, att_event *event)
{
    for (;;) {
        att_turn turn = ATT_TURN_NONE;
        int key = ATT_KEY_NONE;

        if (!read_key(f, &key, &turn)) {
            wake why = wait_for_key(f);

            if (why == WAKE_SIGNAL) {
                return ATT_READ_SIGNAL;
            }
            if (why == WAKE_GONE || (why == WAKE_KEY && has_hung_up(f->in))) {
                att_signal_hang_up();
                return ATT_READ_SIGNAL;
            }
            key = why == WAKE_LEAVE ? ATT_CTRL('C') : ATT_KEY_NONE;
            turn = why == WAKE_IDLE ? att_widget_idle(f->widget, event) : turn;
            f->last_key = mono_now(f);
        }
        if (key != ATT_KEY_NONE) {
            turn = att_widget_key(f->widget, key, event);
        }
        if (turn == ATT_TURN_PIN) {
            turn = try_pin(f);
        }
        if (f->by_staff) {
            return ATT_READ_STAFF;
        }
        if (turn == ATT_TURN_DRAW) {
            att_typing_keys(&f->typing, key == ATT_KEY_NONE ? ATT_TYPING_KEYS : 1,
                            att_widget_draft(f->widget));
        }
        switch (turn) {
        case ATT_TURN_NONE: break;
        case ATT_TURN_DRAW: draw(f, false); break;
        case ATT_TURN_REDRAW: draw(f, true); break;
        case ATT_TURN_SUSPEND:
            if (f->opts->kiosk == NULL) {
                suspend(f);
            }
            break;
        case ATT_TURN_PIN: break;
        case ATT_TURN_EVENT: return ATT_READ_EVENT;
        case ATT_TURN_QUIT: return ATT_READ_QUIT;
        }
    }
}

/* ---- the face ---- */

static att_widget *open_widget(full *f, const att_view *view)
{
    att_view own = *view;
    att_widget *widget;

    if (own.item < f->n_items) {
        own.draft = f->is_met[own.item] ? NULL : own.draft;
        f->is_met[own.item] = true;
    }
    widget = att_widget_open(&f->arena, att_words_for(own.language), &own);
    widget->locking.is_kiosk = f->opts->kiosk != NULL;
    return widget;
}

/* The widget for a view: the one there is, one that was left half done, or a new one. */
static void take_view(full *f, const att_view *view)
{
    att_widget *left = view->item < f->n_items ? f->left[view->item] : NULL;

    if (f->widget != NULL && att_widget_renew(f->widget, view)) {
        return;
    }
    if (left != NULL && att_widget_renew(left, view)) {
        f->widget = left;
        return;
    }
    f->widget = open_widget(f, view);
    if (view->screen == ATT_SCREEN_REVIEW && f->review_focus <= view->n_review) {
        f->widget->focus = f->review_focus;
    }
}

static void begin_typing(full *f, const att_view *view)
{
    bool can_type = view->item < f->n_items && view->screen == ATT_SCREEN_QUESTION;

    att_typing_begin(&f->typing, can_type ? att_arena_text(&f->arena, view->id) : NULL,
                     att_widget_draft(f->widget));
}

/* An answer takes its draft with it when it is kept; what is left otherwise is kept as a
 * draft, whatever ended it. */
static void end_typing(full *f, att_read read, const att_event *event)
{
    const char *text = att_widget_draft(f->widget);
    bool goes_on = read == ATT_READ_EVENT &&
                   (event->kind == ATT_EVENT_ANSWER || event->kind == ATT_EVENT_SKIP ||
                    event->kind == ATT_EVENT_NEXT);

    if (!goes_on || text[0] == '\0') {
        att_typing_keep(&f->typing, text);
    }
}

static att_read ask_full(void *face, const att_view *view, const att_refusal *refusal,
                         att_event *event, att_err *err)
{
    full *f = face;
    att_read read;

    (void)err;
    if (f->by_staff) {
        return ATT_READ_STAFF; /* typed while the end of the one before was shown */
    }
    take_view(f, view);
    if (refusal == NULL || refusal->code == ATT_REFUSAL_NONE) {
        begin_typing(f, view);
    }
    if (refusal != NULL && refusal->code != ATT_REFUSAL_NONE) {
        att_widget_refuse(f->widget, refusal);
    } else if (att_widget_flush(f->widget, event)) {
        return ATT_READ_EVENT;
    }
    draw(f, false);
    read = read_event(f, event);
    end_typing(f, read, event);
    if (view->screen == ATT_SCREEN_REVIEW) {
        f->review_focus = f->widget->focus;
    }
    if (view->item < f->n_items) {
        bool is_sent = event->kind == ATT_EVENT_ANSWER || event->kind == ATT_EVENT_SKIP;

        f->left[view->item] =
            !is_sent && att_widget_is_pending(f->widget) ? f->widget : NULL;
    }
    return read;
}

/* Nothing is said when an answer is kept: the marks show it. */
static void kept_full(void *face, const att_view *view, const att_entry *entry)
{
    (void)face;
    (void)view;
    (void)entry;
}

static void end_full(void *face, const att_view *view, const char *receipt)
{
    full *f = face;
    att_event event;

    if (view->screen == ATT_SCREEN_LEFT) {
        return; /* the person has just been told what is kept and how to come back */
    }
    f->receipt = receipt;
    f->widget = open_widget(f, view);
    draw(f, false);
    while (read_event(f, &event) == ATT_READ_EVENT && event.kind != ATT_EVENT_NEXT &&
           event.kind != ATT_EVENT_LEAVE) {
        draw(f, false);
    }
    f->receipt = NULL;
}

/* ---- replay ---- */

/* The view with what was answered on it. */
static att_view answered(full *f, const att_shown *shown)
{
    att_view view = shown->view;
    att_row *rows;

    if (view.screen != ATT_SCREEN_GRID) {
        view.answer = shown->given;
        return view;
    }
    rows = att_new_n(&f->arena, att_row, view.n_rows);
    for (size_t i = 0; i < view.n_rows; i++) {
        rows[i] = view.rows[i];
        if (rows[i].item == shown->given_item) {
            rows[i].answer = shown->given;
            view.row = i;
        }
    }
    view.rows = rows;
    return view;
}

static void show_full(void *face, const att_shown *shown, bool is_answered,
                      const char *receipt)
{
    full *f = face;
    att_refusal refusal = { .code = shown->told };
    att_view view = shown->view;

    if (is_answered && shown->given.kind == ATT_ANSWER_NONE) {
        return;
    }
    if (is_answered) {
        view = answered(f, shown);
    }
    f->receipt = view.screen == ATT_SCREEN_FINISHED ? receipt : NULL;
    f->widget = att_widget_open(&f->arena, att_words_for(view.language), &view);
    if (!is_answered && att_replay_is_said(shown->told)) {
        att_widget_refuse(f->widget, &refusal);
    }
    draw(f, false);
}

/* Enter and the like go on at once; q and Ctrl-C stop. */
static bool pause_full(void *face, int ms)
{
    full *f = face;
    att_msec end = att_stamp_mono() + ms;

    while (caught_now(f) == 0) {
        struct pollfd p = { .fd = f->in, .events = POLLIN };
        att_msec left = end - att_stamp_mono();
        int key = getch();

        if (key == 'q' || key == ATT_CTRL('C') || has_hung_up(f->in)) {
            return false;
        }
        if (key != ERR || (ms >= 0 && left <= 0)) {
            return true;
        }
        poll(&p, 1, ms < 0 || left > PAUSE_LOOK ? PAUSE_LOOK : (int)left);
    }
    return false;
}

static void size_full(void *face, int *columns, int *rows)
{
    (void)face;
    *columns = COLS;
    *rows = LINES;
}

/* Nothing of the one before is left: not a widget, not an answer half done. */
static void turn_to_full(void *face, const att_session *session)
{
    full *f = face;

    f->widget = NULL;
    att_typing_begin(&f->typing, NULL, "");
    att_arena_drop(&f->arena);
    f->n_items = att_session_sheet(session)->instrument->n_items;
    f->left = att_new_n(&f->arena, att_widget *, f->n_items);
    f->is_met = att_new_n(&f->arena, bool, f->n_items);
    f->review_focus = 0;
    att_buf_cut(&f->paste, 0);
    f->is_pasting = false;
}

const att_face att_face_full = {
    .name = "full",
    .about = "the whole screen, one question at a time",
    .open = open_full,
    .ask = ask_full,
    .kept = kept_full,
    .end = end_full,
    .turn_to = turn_to_full,
    .close = close_full,
    .show = show_full,
    .pause = pause_full,
    .size = size_full,
};
