/* fuzz_keys.c - any keys on any question at any size: no crash, the cursor on the screen,
 * no control byte in what is drawn
 *
 * The first bytes make the view and the size, the rest are keys.
 */
#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/text.h>

#include "src/face/layout.h"

#define KEYS_MOST 400

typedef struct input {
    const uint8_t *at;
    size_t left;
} input;

static unsigned take(input *in)
{
    unsigned byte = 0;

    if (in->left > 0) {
        byte = *in->at++;
        in->left--;
    }
    return byte;
}

/* A text of up to 255 letters: words, wide letters, breaks, control bytes. */
static const char *take_text(att_arena *arena, input *in)
{
    static const char *const part[] = {
        "word ",        "a",         "longer-than-most ",
        "\n",           " ",         "\x1b[2J",
        "\xe6\xbc\xa2", "e\xcc\x81", "\xd8\xb9\xd8\xb1\xd8\xa8 ",
        "(12) "
    };
    size_t n = take(in);
    size_t i;
    att_buf out = { 0 };
    const char *text;

    for (i = 0; i < n / 4; i++) {
        att_buf_add(&out, part[(n * 7 + i * i + i) % 10]);
    }
    text = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return text;
}

static void take_options(att_arena *arena, input *in, att_view *view)
{
    static const att_reason reasons[] = { ATT_REASON_NOT_APPLICABLE, ATT_REASON_REFUSED,
                                          ATT_REASON_DONT_KNOW };
    size_t n_reasons = take(in) % 4;
    att_option *options;
    size_t i;

    view->n_choices = take(in) % 80; /* over 60 they open with a search */
    view->n_options = view->n_choices + n_reasons;
    options = att_new_n(arena, att_option, view->n_options);
    for (i = 0; i < view->n_choices; i++) {
        options[i].number = options[i].code = (int)(i * (1 + view->n_choices % 13));
        options[i].text = take_text(arena, in);
        options[i].is_exclusive = i % 5 == 4;
    }
    for (i = 0; i < n_reasons; i++) {
        options[view->n_choices + i] =
            (att_option){ .letter = att_reason_letter(reasons[i]),
                          .code = att_reason_code(reasons[i]),
                          .reason = reasons[i],
                          .text = "" };
    }
    view->options = options;
}

static void take_rows(att_arena *arena, input *in, att_view *view)
{
    size_t n = 1 + take(in) % 8;
    att_row *rows = att_new_n(arena, att_row, n);
    att_review_row *review = att_new_n(arena, att_review_row, n);
    size_t i;

    for (i = 0; i < n; i++) {
        rows[i] = (att_row){ .item = i,
                             .text = take_text(arena, in),
                             .probe = take(in) % 4 == 0 ? take_text(arena, in) : "",
                             .note = "" };
        review[i] =
            (att_review_row){ .item = i, .question = rows[i].text, .answer = "" };
    }
    view->rows = rows;
    view->n_rows = view->screen == ATT_SCREEN_GRID ? n : 0;
    view->row = view->screen == ATT_SCREEN_GRID ? take(in) % n : 0;
    view->review = review;
    view->n_review = view->screen == ATT_SCREEN_REVIEW ? n : 0;
}

static att_view take_view(att_arena *arena, input *in)
{
    unsigned first = take(in);
    att_view view = { .screen = (att_screen)(first % (ATT_SCREEN_LEFT + 1)),
                      .shape = (att_shape)(take(in) % (ATT_SHAPE_RANK + 1)),
                      .is_rtl = first >= 0x80 };

    view.language = "en";
    view.title = take_text(arena, in);
    view.section = view.brief = view.purpose = view.version = "";
    view.began_version = view.newer = view.licence = view.authors = view.session = "";
    view.id = "";
    view.stem = take_text(arena, in);
    view.text = take_text(arena, in);
    view.help = take_text(arena, in);
    view.anchors[0] = take_text(arena, in);
    view.anchors[1] = take_text(arena, in);
    view.is_long = take(in) % 2 == 1;
    view.max_length = take(in);
    view.low = take(in) % 3 == 0 ? NAN : 0;
    view.high = take(in) % 3 == 0 ? NAN : (double)take(in);
    view.step = view.shape == ATT_SHAPE_SLIDER ? take(in) % 4 : 0;
    view.at = take(in);
    view.at_last = view.at + 3;
    view.of_low = view.at + 5;
    view.of_high = view.of_low + take(in) % 2;
    take_options(arena, in, &view);
    take_rows(arena, in, &view);
    view.n_ranks = view.n_choices > 0 ? view.n_choices - view.at % view.n_choices : 0;
    return view;
}

static void look(att_widget *w, size_t width, size_t height, att_bidi_mode bidi)
{
    att_arena arena = { 0 };
    att_layout_opts opts = { .width = width,
                             .height = height,
                             .resume_with = "attune resume k7q2mh",
                             .receipt = "",
                             .bidi = bidi };
    att_layout l = att_layout_of(&arena, w, &opts);
    size_t i, j;

    assert(l.cursor_row >= 1 && l.cursor_row <= height);
    assert(l.cursor_column >= 1);
    for (i = 0; i < height; i++) {
        for (j = 0; j < l.row[i].n; j++) {
            const att_span *span = &l.row[i].span[j];

            assert(span->column >= 1);
            assert(!l.seen.is_mirrored ||
                   span->column + att_text_width(span->text) <= width + 1);
            assert(att_text_is_tame(span->text));
            assert(strchr(span->text, '\n') == NULL);
        }
    }
    w->seen = l.seen;
    att_arena_drop(&arena);
}

static int take_key(input *in)
{
    unsigned byte = take(in);

    if (byte >= 0xC0 && byte < 0xD0) {
        return 0x628 + (int)(byte - 0xC0); /* Arabic letters */
    }
    if (byte >= 0xE0) {
        return ATT_KEY_UP + (int)(byte - 0xE0) % (ATT_KEY_F1 - ATT_KEY_UP + 1);
    }
    return byte == 0x7F ? ATT_KEY_BACKSPACE : (int)byte;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    att_arena arena = { 0 };
    input in = { data, size };
    att_view view = take_view(&arena, &in);
    att_widget *w = att_widget_open(&arena, &att_words_en, &view);
    size_t width = 1 + take(&in) % 140;
    size_t height = 1 + take(&in) % 60;
    size_t n = 0;
    att_bidi_mode bidi = (att_bidi_mode)((width + height) % 3);

    look(w, width, height, bidi);
    while (in.left > 0 && n++ < KEYS_MOST) {
        att_event event = { 0 };
        int key = take_key(&in);

        if (key == 0) { /* another size */
            width = 1 + take(&in) % 140;
            height = 1 + take(&in) % 60;
        } else if (key == 0x1C) {
            att_widget_paste(w, take_text(&arena, &in));
        } else if (key == 0x1D) {
            att_refusal refusal = { (att_refusal_code)(take(&in) %
                                                       (ATT_REFUSAL_NOTHING_BACK + 1)),
                                    1, 2, 3, "text" };

            att_widget_refuse(w, &refusal);
        } else if (att_widget_key(w, key, &event) == ATT_TURN_EVENT) {
            assert(att_widget_renew(w, &view));
            while (att_widget_flush(w, &event)) {
                assert(event.item != ATT_NONE);
                w->is_flushing = false; /* the session of a fuzzer keeps nothing */
            }
        }
        look(w, width, height, bidi);
    }
    att_arena_drop(&arena);
    return 0;
}
