/* layout_frame.c - the first row, the last row, and what stands between; see layout.h */
#include "layout_in.h"

#include <math.h>
#include <string.h>

#include <attune/base/text.h>

#include "phrase.h"

#define TITLE_GAP 9  /* blanks at least between title and place */
#define NAME_WIDE 12 /* a person's name may stand before the number, not a title */

static const char *title(const att_drawing *d);

/* "question 5 of 20", and its forms. */
static const char *question_place(const att_drawing *d)
{
    const att_view *view = d->view;
    bool is_range = view->of_high > view->of_low;
    bool is_rows = view->screen == ATT_SCREEN_GRID && !d->seen.is_listed &&
                   view->at_last > view->at;
    size_t at =
        view->screen == ATT_SCREEN_GRID && !is_rows ? view->at + d->w->row : view->at;
    const char *section = att_draw_row_text(d, view->section);
    const char *n = att_draw_number(d, (double)at);
    const char *low = att_draw_number(d, (double)view->of_low);
    const char *high = is_range ? att_draw_number(d, (double)view->of_high) : NULL;
    const char *args[4] = { n, att_draw_number(d, (double)view->at_last), low, high };

    if (view->at == 0 || view->of_high == 0 || view->hides_progress) {
        return "";
    }
    if (view->alter != NULL && view->alter[0] != '\0' &&
        d->w->mode == ATT_MODE_ANSWER) {
        return att_draw_row_text(d, att_phrase_place(d->arena, d->words, view, false));
    }
    if (d->is_narrow) {
        return att_draw_say(d, is_range ? ATT_SAY_SHORT_ABOUT : ATT_SAY_SHORT, n, low,
                            high);
    }
    if (is_rows) {
        return att_say_text(d->arena, d->words,
                            is_range ? ATT_SAY_QUESTIONS_ABOUT : ATT_SAY_QUESTIONS,
                            args, is_range ? 4 : 3);
    }
    if (section[0] != '\0' && att_text_width(section) <= NAME_WIDE) {
        return att_arena_format(
            d->arena, "%s, %s", section,
            att_draw_say(d, is_range ? ATT_SAY_SHORT_ABOUT : ATT_SAY_SHORT, n, low,
                         high));
    }
    return att_draw_say(d, is_range ? ATT_SAY_QUESTION_ABOUT : ATT_SAY_QUESTION, n, low,
                        high);
}

/* The time left behind the place, where the whole title stays beside it. */
static const char *with_left(const att_drawing *d, const char *place)
{
    const char *left = att_phrase_left(d->arena, d->words, d->view);
    const char *all;

    if (left[0] == '\0' || place[0] == '\0' || d->w->mode != ATT_MODE_ANSWER) {
        return place;
    }
    all = att_arena_format(d->arena, "%s, %s", place, left);
    return att_text_width(title(d)) + TITLE_GAP + att_text_width(all) <= d->text
               ? all
               : place;
}

/* The screens of a kiosk that say nothing of the interview. */
static bool is_kiosk(const att_drawing *d)
{
    return d->w->mode == ATT_MODE_LOCKED || d->w->mode == ATT_MODE_PIN;
}

static const char *place(const att_drawing *d)
{
    const att_view *view = d->view;
    double minutes = view->minutes;

    if (d->w->mode == ATT_MODE_ANSWER) {
        if (view->screen == ATT_SCREEN_START) {
            return !(minutes > 0) ? ""
                   : minutes <= 1
                       ? d->words->word[ATT_SAY_ABOUT_MINUTE]
                       : att_draw_say(d, ATT_SAY_ABOUT_MINUTES,
                                      att_draw_number(d, round(minutes)), NULL, NULL);
        }
        if (view->screen == ATT_SCREEN_REVIEW) {
            return att_draw_say(d, ATT_SAY_N_OF_ANSWERED,
                                att_draw_number(d, (double)view->n_answered),
                                att_draw_number(d, (double)view->n_review), NULL);
        }
        if (view->screen == ATT_SCREEN_FINISHED) {
            return d->words->word[ATT_SAY_FINISHED];
        }
    }
    if (is_kiosk(d)) {
        return "";
    }
    return with_left(d, question_place(d));
}

/* Whether the top row has the instrument's title, not a word of the face. */
static bool is_instruments(const att_drawing *d)
{
    att_screen screen = d->view->screen;

    return d->w->mode == ATT_MODE_ANSWER && screen != ATT_SCREEN_LEFT &&
           screen != ATT_SCREEN_WELCOME && screen != ATT_SCREEN_REVIEW;
}

static const char *title(const att_drawing *d)
{
    const att_view *view = d->view;

    if (d->w->mode == ATT_MODE_HELP) {
        return d->words->word[ATT_SAY_HELP_TITLE];
    }
    if (is_kiosk(d)) {
        return d->words
            ->word[d->w->mode == ATT_MODE_PIN ? ATT_SAY_PIN_TITLE : ATT_SAY_LOCKED];
    }
    if (d->w->mode == ATT_MODE_LEAVE || view->screen == ATT_SCREEN_LEFT) {
        return d->words->word[ATT_SAY_LEAVE_ASK];
    }
    if (view->screen == ATT_SCREEN_WELCOME) {
        return d->words->word[ATT_SAY_WELCOME];
    }
    return view->screen == ATT_SCREEN_REVIEW ? d->words->word[ATT_SAY_REVIEW]
                                             : att_draw_row_text(d, view->title);
}

/* A title cut to a width; "..." follows a letter, never a blank. */
static const char *cut_title(const att_drawing *d, const char *text, size_t width)
{
    char *cut = att_text_cut(d->arena, text, width);
    size_t n = strlen(cut);
    size_t end = n >= 3 ? n - 3 : n;

    if (att_text_width(text) <= width || n < 3) {
        return cut;
    }
    while (end > 0 && cut[end - 1] == ' ') {
        end--;
    }
    return att_arena_format(d->arena, "%.*s...", (int)end, cut);
}

static void draw_title(const att_drawing *d, att_layout *out)
{
    att_span *span = att_new_n(d->arena, att_span, 2);
    const char *right = att_text_cut(d->arena, place(d), d->text);
    size_t n = att_text_width(right);
    size_t left = n == 0                    ? d->text
                  : d->text > n + TITLE_GAP ? d->text - n - TITLE_GAP
                                            : 0;
    bool is_done =
        d->view->screen == ATT_SCREEN_FINISHED && d->w->mode == ATT_MODE_ANSWER;

    if (!out->has_title) {
        return;
    }
    span[0] =
        (att_span){ 3, left > 3 ? cut_title(d, title(d), left) : "", ATT_PAINT_TEXT,
                    is_instruments(d) ? ATT_SIDE_LANGUAGE : ATT_SIDE_WORDS };
    span[1] = (att_span){ 3 + d->text - n, right,
                          is_done ? ATT_PAINT_GOOD : ATT_PAINT_QUIET, ATT_SIDE_WORDS };
    out->row[0] = (att_screen_row){ span, 2 };
}

/* "1 to 5", or "" when no choice has a number. */
const char *att_draw_numbers(const att_drawing *d, bool is_hint)
{
    const att_view *view = d->view;
    const char *first;
    const char *last;

    if (view->n_choices == 0) {
        return "";
    }
    first = att_draw_number(d, view->options[0].number);
    last = att_draw_number(d, view->options[view->n_choices - 1].number);
    if (view->n_choices == 1) {
        return first;
    }
    return is_hint ? att_arena_format(d->arena, "%s-%s", first, last)
                   : att_draw_say(d, ATT_SAY_TO, first, last, NULL);
}

static bool has_hints(const att_drawing *d)
{
    att_screen screen = d->view->screen;

    if (d->w->mode != ATT_MODE_ANSWER) {
        return d->w->mode != ATT_MODE_LOCKED;
    }
    return (screen != ATT_SCREEN_FINISHED && screen != ATT_SCREEN_DECLINED &&
            screen != ATT_SCREEN_LEFT);
}

static void draw_hints(const att_drawing *d, att_layout *out)
{
    size_t n = 0;
    att_widget asked = *d->w;
    const att_word *hint;
    att_span *span;
    size_t column = 3;
    size_t n_spans = 0;
    size_t i;

    asked.seen.is_listed = d->seen.is_listed;
    asked.seen.is_tiny = false; /* it may have been, at the last drawing */
    hint = att_keymap_hints(att_widget_hints(&asked), &n);
    span = att_new_n(d->arena, att_span, 2 * n);
    for (i = 0; has_hints(d) && i < n; i++) {
        const char *range = att_draw_numbers(d, true);
        const char *text = att_say_text(d->arena, d->words, hint[i], &range, 1);
        const char *tab = strchr(text, '\t');
        size_t key = tab != NULL ? (size_t)(tab - text) : strlen(text);
        const char *verb = tab != NULL ? tab + 1 : "";
        size_t width;

        if (hint[i] == ATT_SAY_HINT_OTHER && d->view->n_options == 0) {
            continue;
        }
        width = att_text_width_n(text, key) + 1 + att_text_width(verb);
        if (column + width > 3 + d->text) {
            break;
        }
        span[n_spans++] = (att_span){ column, att_arena_text_n(d->arena, text, key),
                                      ATT_PAINT_KEY, ATT_SIDE_WORDS };
        span[n_spans++] = (att_span){ column + att_text_width_n(text, key) + 1, verb,
                                      ATT_PAINT_QUIET, ATT_SIDE_WORDS };
        column += width + 3;
    }
    out->row[out->height - 1] = (att_screen_row){ span, n_spans };
}

/* ---- all of it ---- */

static void draw_tiny(const att_drawing *d, att_layout *out)
{
    const char *text[4];
    size_t i;

    text[0] = att_draw_say(d, ATT_SAY_TOO_SMALL, att_draw_number(d, (double)d->width),
                           att_draw_number(d, (double)d->height), NULL);
    text[1] = att_draw_say(d, ATT_SAY_MAKE_LARGER, att_draw_number(d, ATT_MIN_WIDTH),
                           att_draw_number(d, ATT_MIN_HEIGHT), NULL);
    text[2] = d->words->word[ATT_SAY_ALL_SAVED];
    text[3] = d->words->word[ATT_SAY_ONLY_CTRL_C];
    for (i = 0; i < 4 && i < d->height; i++) {
        att_span *span = att_new(d->arena, att_span);

        *span = (att_span){ 1, att_text_cut(d->arena, text[i], d->width),
                            ATT_PAINT_TEXT, ATT_SIDE_WORDS };
        out->row[i] = (att_screen_row){ span, 1 };
    }
    out->cursor_row = i > 0 ? i : 1;
    out->cursor_column = 1;
    out->seen.is_tiny = true;
}

static void draw_body(att_drawing *d)
{
    switch (d->view->screen) {
    case ATT_SCREEN_START: att_draw_start(d); break;
    case ATT_SCREEN_WELCOME: att_draw_welcome(d); break;
    case ATT_SCREEN_REVIEW: att_draw_review(d); break;
    case ATT_SCREEN_NOTE:
        att_draw_question(d);
        d->page.is_followed = false;
        break;
    case ATT_SCREEN_QUESTION:
    case ATT_SCREEN_GRID: att_draw_question(d); break;
    case ATT_SCREEN_FINISHED:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT: att_draw_end(d); break;
    }
}

att_layout att_layout_of(att_arena *arena, const att_widget *widget,
                         const att_layout_opts *opts)
{
    att_layout out = { 0 };
    att_drawing d = { 0 };

    out.width = opts->width;
    out.height = opts->height;
    out.row = att_new_n(arena, att_screen_row, opts->height);
    d.arena = d.page.arena = arena;
    d.words = d.page.words = widget->words;
    d.w = widget;
    d.view = &widget->view;
    d.opts = opts;
    d.width = opts->width;
    d.height = opts->height;
    d.page.is_followed = true;
    out.seen = widget->seen;
    out.seen.page = 1;
    out.seen.is_tiny = false;
    if (d.width < ATT_MIN_WIDTH || d.height < ATT_MIN_HEIGHT) {
        draw_tiny(&d, &out);
        att_draw_mirror(&d, &out);
        return out;
    }
    d.text = d.width - 4;
    d.is_narrow = d.width < 60;
    if (d.height >= 16) {
        att_page_gap(&d.page, ATT_PART_HEAD); /* row 2 */
    }
    if (widget->mode == ATT_MODE_HELP) {
        att_draw_help(&d);
    } else if (widget->mode == ATT_MODE_LEAVE) {
        att_draw_leave(&d);
    } else if (widget->mode == ATT_MODE_LOCKED) {
        att_draw_locked(&d);
    } else if (widget->mode == ATT_MODE_PIN) {
        att_draw_pin(&d);
    } else {
        draw_body(&d);
    }
    att_page_fit(&d.page, &widget->seen, &out);
    out.seen.is_listed =
        widget->mode == ATT_MODE_ANSWER ? d.seen.is_listed : widget->seen.is_listed;
    out.seen.columns = d.text;
    draw_title(&d, &out);
    draw_hints(&d, &out);
    att_draw_mirror(&d, &out);
    return out;
}
