/* test_resize.c - windows of any size, at each screen of interviews of all kinds
 *
 * A window may change at any moment: nothing is drawn outside it, the cursor stays
 * inside and on what is drawn, and the answer that is being given is not touched.
 */
#include "att_test.h"

#include <string.h>

#include <attune/base/text.h>

#include "att_talk.h"
#include "layout.h"

#define SIZES 60 /* a screen and mode */
#define MOST  80 /* screens of an interview */

/* A small generator: any order of sizes will do, but always the same. */
static size_t next(unsigned long long *at, size_t n)
{
    *at = *at * 6364136223846793005ULL + 1442695040888963407ULL;
    return (size_t)(*at >> 33) % n;
}

static void check_row(const att_layout *l, size_t row)
{
    for (size_t i = 0; i < l->row[row].n; i++) {
        const att_span *span = &l->row[row].span[i];

        assert_true(span->column >= 1);
        assert_true(att_text_is_tame(span->text));
        assert_null(strchr(span->text, '\n'));
        if (span->text[0] != '\0' && span->column > l->width) {
            fail_msg("\"%s\" begins in column %zu of %zu", span->text, span->column,
                     l->width);
        }
    }
}

/* What a terminal is handed at one size; `seen` goes back as the full face does it. */
static void draw_at(att_widget *w, size_t width, size_t height)
{
    att_arena scratch = { 0 };
    att_layout_opts opts = {
        width, height, "attune resume k7q2mh", "", 5, ATT_BIDI_APP
    };
    att_layout l = att_layout_of(&scratch, w, &opts);

    assert_int_equal(l.width, width);
    assert_int_equal(l.height, height);
    for (size_t i = 0; i < height; i++) {
        check_row(&l, i);
    }
    assert_in_range(l.cursor_row, 1, height);
    assert_true(l.cursor_column >= 1);
    if (l.cursor_column > width + 1) { /* behind the last letter at most */
        fail_msg("the cursor is in column %zu of %zu", l.cursor_column, width);
    }
    if (l.row[l.cursor_row - 1].n == 0) {
        fail_msg("the cursor is in row %zu of %zu by %zu, which is empty (screen %d, "
                 "mode %d)",
                 l.cursor_row, width, height, (int)w->view.screen, (int)w->mode);
    }
    if (width >= ATT_MIN_WIDTH && height >= ATT_MIN_HEIGHT &&
        w->mode != ATT_MODE_LOCKED) {
        assert_true(l.row[height - 1].n > 0); /* the hints */
    }
    assert_true(l.seen.is_tiny == (width < ATT_MIN_WIDTH || height < ATT_MIN_HEIGHT));
    w->seen = l.seen;
    att_arena_drop(&scratch);
}

static void draw_at_all(att_widget *w, unsigned long long *at)
{
    for (int mode = ATT_MODE_ANSWER; mode <= ATT_MODE_PIN; mode++) {
        att_answer before = att_widget_answer(w);
        att_answer after;
        size_t focus = w->focus;

        w->mode = (att_mode)mode;
        w->seen.top = 0; /* as the keys that lead there do */
        w->seen.is_reading = true;
        for (size_t i = 0; i < SIZES; i++) {
            size_t height = 5 + next(at, 56);

            draw_at(w, 20 + next(at, 181), height);
        }
        after = att_widget_answer(w);
        assert_true(att_answer_same(&before, &after));
        assert_int_equal(w->focus, focus);
    }
    w->mode = ATT_MODE_ANSWER;
}

/* Some keys that answer: marks, letters, digits, and moves. */
static void press_some(att_widget *w)
{
    static const int keys[] = { '1', 'a', ATT_KEY_DOWN, ATT_KEY_RIGHT, '2' };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        att_event event = { 0 };

        att_widget_key(w, keys[i], &event);
    }
}

static void step(att_talk *talk, att_event_kind kind, size_t item)
{
    const char *id = item != ATT_NONE ? talk->instrument->items[item].id : NULL;

    att_talk_event(talk, kind, id, (att_answer){ 0 });
}

/* On, whatever it takes: an offered choice where one must be made. */
static void go_on(att_talk *talk, const att_view *view)
{
    bool is_grid = view->screen == ATT_SCREEN_GRID;
    size_t item = is_grid ? view->rows[view->row].item : view->item;

    switch (view->screen) {
    case ATT_SCREEN_START: att_talk_do(talk, ATT_EVENT_AGREE); return;
    case ATT_SCREEN_NOTE: att_talk_do(talk, ATT_EVENT_NEXT); return;
    case ATT_SCREEN_REVIEW: att_talk_do(talk, ATT_EVENT_FINISH); return;
    default: break;
    }
    if (view->n_choices > 0 &&
        (view->shape == ATT_SHAPE_PICK_ONE || view->is_consent || is_grid)) {
        att_talk_answer(talk, talk->instrument->items[item].id,
                        att_answer_of_number(view->options[0].code));
        return;
    }
    step(talk, ATT_EVENT_SKIP, item);
    step(talk, ATT_EVENT_SKIP, item); /* a soft question asks once more */
}

static void no_size_breaks_a_screen(void **state)
{
    static const char *const paths[] = {
        "instruments/everything.json", "instruments/kinds.json",
        "instruments/grid.json",       "instruments/long-list.json",
        "instruments/number.json",     "instruments/branches.json",
        "instruments/network.json",    "instruments/network.json",
    };
    unsigned long long at = 20260914;

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        att_talk *talk = att_talk_open(paths[i], i < 7 ? "en" : "ar");
        size_t n = 0;

        while (n++ < MOST && att_session_status(talk->session) == ATT_STATUS_OPEN) {
            att_view view = att_talk_view(talk);
            att_widget *w = att_widget_open(&talk->arena, &att_words_en, &view);

            draw_at(w, 80, 24);
            draw_at_all(w, &at);
            draw_at(w, 80, 24);
            press_some(w);
            draw_at_all(w, &at);
            go_on(talk, &view);
        }
        assert_true(n > 1);
        assert_int_equal(att_session_status(talk->session), ATT_STATUS_COMPLETE);
        att_talk_close(talk);
    }
}

ATT_TEST_MAIN(cmocka_unit_test(no_size_breaks_a_screen))
