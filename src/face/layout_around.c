/* layout_around.c - the screens around questions: start, welcome, review, help, leave,
 * finished; the first and the last row; see layout_in.h
 */
#include "layout_in.h"

#include <math.h>
#include <string.h>

#include <attune/base/text.h>

#define REVIEW_ROWS 7 /* rows of the review at a time: docs/SCREENS.md, review */
#define KEYS_WIDE   23
#define TITLE_GAP   9 /* blanks at least between title and place */

#define NAME_WIDE 12 /* a person's name may stand before the number, not a title */

#define MINUTE 60000

/* ---- words of several parts ---- */

const char *att_draw_long_day(const att_drawing *d, att_day day)
{
    int year, month, dom;
    att_buf out = { 0 };
    const char *p;
    const char *copy;

    att_day_split(day, &year, &month, &dom);
    for (p = d->words->date; *p != '\0'; p++) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '3' && p[2] == '}') {
            if (p[1] == '2') {
                att_buf_add(&out, d->words->months[month - 1]);
            } else {
                att_buf_format(&out, "%d", p[1] == '1' ? dom : year);
            }
            p += 2;
        } else {
            att_buf_char(&out, *p);
        }
    }
    copy = att_buf_copy(d->arena, &out);
    att_buf_drop(&out);
    return copy;
}

/* "14:02" on the session's own clock. */
static const char *clock_words(const att_drawing *d, att_msec at)
{
    long long minutes = (at / MINUTE + d->view->offset) % (24 * 60);

    minutes = minutes < 0 ? minutes + 24 * 60 : minutes;
    return att_arena_format(d->arena, "%02d:%02d", (int)(minutes / 60),
                            (int)(minutes % 60));
}

static const char *count_words(const att_drawing *d, size_t low, size_t high)
{
    const char *a = att_draw_number(d, (double)low);

    if (high > low) {
        return att_draw_say(d, ATT_SAY_ABOUT_N_QUESTIONS, a,
                            att_draw_number(d, (double)high), NULL);
    }
    return low == 1 ? d->words->word[ATT_SAY_ONE_QUESTION]
                    : att_draw_say(d, ATT_SAY_N_QUESTIONS, a, NULL, NULL);
}

static const char *saved_words(const att_drawing *d)
{
    size_t n = d->view->n_answered;

    if (n == 1) {
        return d->words->word[ATT_SAY_ONE_SAVED];
    }
    return n == 0 ? d->words->word[ATT_SAY_NONE_SAVED]
                  : att_draw_say(d, ATT_SAY_N_SAVED, att_draw_number(d, (double)n),
                                 NULL, NULL);
}

static const char *join(const att_drawing *d, const char *a, const char *b)
{
    return a[0] == '\0'   ? b
           : b[0] == '\0' ? a
                          : att_arena_format(d->arena, "%s %s", a, b);
}

/* Running text leaves one column more: docs/SCREENS.md, start. */
static void put_text(att_drawing *d, const char *text)
{
    att_page_text(&d->page, ATT_PART_HEAD, text, d->text - 1, ATT_PAINT_TEXT);
}

static void put_two(att_drawing *d, const char *first, const char *second)
{
    size_t i;

    for (i = 0; i < 2; i++) {
        att_choice_line line = { "( )", i == 0 ? first : second,
                                 1,     att_draw_option_text(d, &d->view->options[i]),
                                 i,     d->w->focus == i };

        line.mark = d->w->mark == i ? "(*)" : "( )";
        att_draw_option(d, &line);
    }
}

/* ---- start and welcome ---- */

static void draw_maturity(att_drawing *d)
{
    static const att_word word[] = {
        [ATT_MATURITY_DRAFT] = ATT_SAY_START_DRAFT,
        [ATT_MATURITY_PILOTED] = ATT_SAY_START_PILOTED,
        [ATT_MATURITY_STRUCTURE_TESTED] = ATT_SAY_START_STRUCTURE_TESTED,
        [ATT_MATURITY_RETIRED] = ATT_SAY_START_RETIRED,
    };

    if (d->view->maturity != ATT_MATURITY_VALIDATED) {
        att_draw_alert(d, d->words->word[word[d->view->maturity]]);
        put_text(d, d->words->word[ATT_SAY_START_NO_DECISIONS]);
    }
    if (d->view->is_unreviewed) {
        att_draw_alert(d, d->words->word[ATT_SAY_START_UNREVIEWED]);
    }
}

/* "CC0-1.0" is read as "CC0 1.0". */
static const char *licence_words(const att_drawing *d)
{
    char *licence = att_arena_text(d->arena, att_draw_row_text(d, d->view->licence));
    bool is_free = strncmp(licence, "CC0", 3) == 0 || strncmp(licence, "CC-BY", 5) == 0;
    char *p;

    if (licence[0] == '\0') {
        return "";
    }
    for (p = licence; is_free && *p != '\0'; p++) {
        *p = *p == '-' ? ' ' : *p;
    }
    return att_draw_say(d, is_free ? ATT_SAY_START_FREE : ATT_SAY_START_LICENCE,
                        licence, NULL, NULL);
}

static const char *language_words(const att_drawing *d)
{
    const char *tag = d->view->language != NULL ? d->view->language : "";
    size_t n = strlen(d->words->tag);
    bool is_ours =
        strncmp(tag, d->words->tag, n) == 0 && (tag[n] == '\0' || tag[n] == '-');

    return is_ours || tag[0] == '\0' ? d->words->word[ATT_SAY_LANGUAGE]
                                     : att_draw_row_text(d, tag);
}

void att_draw_start(att_drawing *d)
{
    const att_view *view = d->view;
    const char *about;

    draw_maturity(d);
    att_draw_gap(d, ATT_PART_HEAD);
    put_text(d, att_draw_tame(d, view->purpose));
    put_text(d, d->words->word[view->is_about_others ? ATT_SAY_START_RIGHTS_OTHERS
                                                     : ATT_SAY_START_RIGHTS]);
    att_draw_gap(d, ATT_PART_HEAD);
    about = att_draw_say(d, ATT_SAY_START_VERSION, att_draw_row_text(d, view->version),
                         language_words(d), NULL);
    about = join(d, about, licence_words(d));
    put_text(d, join(d, about,
                     att_arena_format(
                         d->arena, "%s.",
                         att_text_raise(d->arena,
                                        count_words(d, view->of_low, view->of_high)))));
    if (view->authors != NULL && view->authors[0] != '\0') {
        put_text(d, att_draw_say(d, ATT_SAY_START_WORDING,
                                 att_draw_row_text(d, view->authors), NULL, NULL));
    }
    att_draw_gap(d, ATT_PART_HEAD);
    att_page_text(&d->page, ATT_PART_HEAD, d->words->word[ATT_SAY_START_ASK], d->text,
                  ATT_PAINT_QUESTION);
    att_draw_gap(d, ATT_PART_HEAD);
    put_two(d, "1", "2");
    att_draw_message(d);
}

static const char *day_and_month(const att_drawing *d, att_day day)
{
    int year, month, dom;

    att_day_split(day, &year, &month, &dom);
    return att_draw_say(d, ATT_SAY_DAY_MONTH, att_draw_number(d, dom),
                        d->words->months[month - 1], NULL);
}

void att_draw_welcome(att_drawing *d)
{
    const att_view *view = d->view;
    att_day day = att_day_at(view->left_at, view->offset);
    const char *began = att_draw_row_text(d, view->began_version != NULL &&
                                                     view->began_version[0] != '\0'
                                                 ? view->began_version
                                                 : view->version);
    bool has_newer = view->newer != NULL && view->newer[0] != '\0';

    put_text(d, join(d,
                     att_draw_say(d, ATT_SAY_STOPPED, day_and_month(d, day),
                                  clock_words(d, view->left_at), NULL),
                     saved_words(d)));
    att_draw_gap(d, ATT_PART_HEAD);
    put_text(d, has_newer ? att_draw_say(d, ATT_SAY_GO_ON_VERSION_NEWER, began,
                                         att_draw_row_text(d, view->newer), NULL)
                          : att_draw_say(d, ATT_SAY_GO_ON_VERSION, began, NULL, NULL));
    put_two(d, "1", "2");
    att_draw_message(d);
}

/* ---- the review ---- */

static const char *review_answer(const att_drawing *d, const att_review_row *row)
{
    const char *answer = row->answer != NULL ? row->answer : "";

    if (answer[0] == '\0') {
        answer = row->value.kind == ATT_ANSWER_REASON
                     ? att_say_reason(d->words, row->value.reason)
                     : d->words->word[ATT_SAY_NO_ANSWER];
    }
    if (row->was != NULL && row->was[0] != '\0') {
        answer = att_draw_say(d, ATT_SAY_REVIEW_WAS, answer, row->was, NULL);
    }
    return att_draw_row_text(d, answer);
}

void att_draw_review(att_drawing *d)
{
    const att_view *view = d->view;
    size_t n = strlen(att_draw_number(d, (double)view->n_review));
    size_t rest = d->text - n - 2;
    size_t question = rest * 5 / 9;
    size_t i;

    d->page.list_max = REVIEW_ROWS + 1;
    for (i = 0; i < view->n_review; i++) {
        const att_review_row *row = &view->review[i];
        bool is_here = d->w->focus == i;
        att_page_line *line = att_page_add(&d->page, ATT_PART_LIST);

        line->entry = i;
        line->cursor = is_here ? 2 + n : 0;
        if (is_here) {
            att_page_put(&d->page, 1, ">", ATT_PAINT_TEXT);
        }
        att_page_put(&d->page, 3,
                     att_arena_format(d->arena, "%*s", (int)n,
                                      att_draw_number(d, (double)(i + 1))),
                     is_here ? ATT_PAINT_FOCUS : ATT_PAINT_TEXT);
        att_page_put(
            &d->page, 3 + n + 2,
            att_text_cut(d->arena, att_draw_row_text(d, row->question), question),
            ATT_PAINT_TEXT);
        att_page_put(&d->page, 3 + n + 2 + question + 2,
                     att_text_cut(d->arena, review_answer(d, row), rest - question - 2),
                     ATT_PAINT_TEXT);
    }
    att_page_add(&d->page, ATT_PART_TAIL);
    if (d->w->focus >= view->n_review) {
        d->page.line[d->page.n - 1].cursor = 3 + n + 2;
        att_page_put(&d->page, 1, ">", ATT_PAINT_TEXT);
    }
    att_page_put(&d->page, 3 + n + 2, d->words->word[ATT_SAY_REVIEW_FINISH],
                 d->w->focus >= view->n_review ? ATT_PAINT_FOCUS : ATT_PAINT_TEXT);
    att_draw_message(d);
}

/* ---- help and leaving ---- */

/* "1 to 5", or "" when no choice has a number. */
static const char *numbers(const att_drawing *d, bool is_hint)
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

static const char *letters(const att_drawing *d)
{
    const char *all = "";
    size_t i;

    for (i = 0; i < d->view->n_options; i++) {
        if (d->view->options[i].letter != 0) {
            all = join(d, all,
                       att_arena_format(d->arena, "%c", d->view->options[i].letter));
        }
    }
    return all;
}

static void draw_key(att_drawing *d, const char *keys, const char *does)
{
    size_t wide = d->is_narrow ? d->text / 2 : KEYS_WIDE;
    att_lines left = att_text_wrap(d->arena, keys, wide - 1);
    att_lines right = att_text_wrap(d->arena, does, d->text - wide);
    size_t i;

    for (i = 0; i < left.n || i < right.n; i++) {
        att_page_add(&d->page, ATT_PART_HEAD);
        if (i < left.n) {
            att_page_put(&d->page, 3, left.line[i], ATT_PAINT_KEY);
        }
        if (i < right.n) {
            att_page_put(&d->page, 3 + wide, right.line[i], ATT_PAINT_TEXT);
        }
    }
}

void att_draw_help(att_drawing *d)
{
    att_widget asked = *d->w;
    att_scene scene;
    size_t i;

    asked.mode = ATT_MODE_ANSWER;
    scene = att_widget_hints(&asked);
    for (i = 0; i < att_n_keymap; i++) {
        const att_key_row *row = &att_keymap[i];
        const char *keys = row->shown;
        bool has_parts = row->press != ATT_PRESS_PART || d->view->n_options > 0;

        if ((row->helps & 1U << scene) == 0 || keys == NULL || !has_parts) {
            continue;
        }
        if (keys[0] == '\0') {
            keys = row->press == ATT_PRESS_REASON ? letters(d) : numbers(d, false);
        }
        if (keys[0] != '\0') {
            draw_key(d, keys, d->words->word[row->help]);
        }
    }
    if (d->view->help != NULL && d->view->help[0] != '\0') {
        att_draw_gap(d, ATT_PART_HEAD);
        put_text(d, att_draw_say(d, ATT_SAY_HELP_ABOUT, d->view->help, NULL, NULL));
    }
    d->page.is_followed = false;
}

void att_draw_leave(att_drawing *d)
{
    size_t i;

    put_text(d, join(d, saved_words(d), d->words->word[ATT_SAY_NOTHING_SENT]));
    if (d->opts->resume_with != NULL && d->opts->resume_with[0] != '\0') {
        att_draw_gap(d, ATT_PART_HEAD);
        put_text(
            d, att_draw_say(d, ATT_SAY_GO_ON_LATER, d->opts->resume_with, NULL, NULL));
    }
    att_draw_gap(d, ATT_PART_HEAD);
    for (i = 0; i < 2; i++) {
        att_choice_line line = {
            "( )", i == 0 ? "n" : "y",
            1,     d->words->word[i == 0 ? ATT_SAY_STAY : ATT_SAY_LEAVE],
            i,     d->w->leave_focus == i
        };

        att_draw_option(d, &line);
    }
}

/* ---- the end ---- */

static const char *counts(const att_drawing *d)
{
    const att_view *view = d->view;
    const struct part {
        att_word word;
        size_t n;
    } parts[] = {
        { ATT_SAY_N_ANSWERED, view->n_values },
        { ATT_SAY_N_SKIPPED, view->n_skipped },
        { ATT_SAY_N_REFUSED, view->n_refused },
        { ATT_SAY_N_OTHER, view->n_other },
    };
    const char *list = "";
    size_t n = 0;
    size_t i;

    for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *part;

        if (parts[i].n == 0) {
            continue;
        }
        part = att_draw_say(d, parts[i].word, att_draw_number(d, (double)parts[i].n),
                            NULL, NULL);
        list =
            list[0] == '\0' ? part : att_arena_format(d->arena, "%s, %s", list, part);
        n += parts[i].n;
    }
    return list[0] == '\0'
               ? ""
               : att_draw_say(d, ATT_SAY_COUNTS, count_words(d, n, n), list, NULL);
}

static const char *finished_words(const att_drawing *d)
{
    const att_view *view = d->view;
    const char *day = att_draw_long_day(d, att_day_at(view->finished, view->offset));
    const char *clock = clock_words(d, view->finished);
    const char *minutes = d->words->word[ATT_SAY_UNDER_A_MINUTE];
    long long n = view->finished >= view->started
                      ? (view->finished - view->started + MINUTE / 2) / MINUTE
                      : -1;

    if (n == 1) {
        minutes = d->words->word[ATT_SAY_MINUTE];
    } else if (n > 1) {
        minutes =
            att_draw_say(d, ATT_SAY_MINUTES, att_draw_number(d, (double)n), NULL, NULL);
    }
    return n < 0 ? att_draw_say(d, ATT_SAY_FINISHED_ON, day, clock, NULL)
                 : att_draw_say(d, ATT_SAY_FINISHED_ON_IN, day, clock, minutes);
}

/* 64 digits in eights. */
static const char *receipt_words(const att_drawing *d)
{
    const char *digits = att_draw_row_text(d, d->opts->receipt);
    att_buf out = { 0 };
    const char *copy;
    size_t i;

    for (i = 0; digits[i] != '\0'; i++) {
        if (i > 0 && i % 8 == 0) {
            att_buf_char(&out, ' ');
        }
        att_buf_char(&out, digits[i]);
    }
    copy = att_buf_copy(d->arena, &out);
    att_buf_drop(&out);
    return copy;
}

static void draw_receipt(att_drawing *d)
{
    if (d->opts->receipt == NULL || d->opts->receipt[0] == '\0') {
        return;
    }
    att_draw_gap(d, ATT_PART_HEAD);
    put_text(d, att_draw_say(d, ATT_SAY_RECEIPT, att_draw_row_text(d, d->view->session),
                             NULL, NULL));
    put_text(d, receipt_words(d));
    put_text(d, d->words->word[ATT_SAY_RECEIPT_KEEP]);
}

void att_draw_end(att_drawing *d)
{
    if (d->view->screen == ATT_SCREEN_FINISHED) {
        const char *draft = d->view->maturity == ATT_MATURITY_DRAFT
                                ? d->words->word[ATT_SAY_A_DRAFT]
                                : "";

        put_text(d, d->words->word[ATT_SAY_THANKS]);
        put_text(d, counts(d));
        put_text(d, join(d, finished_words(d), draft));
        draw_receipt(d);
    } else if (d->view->screen == ATT_SCREEN_DECLINED) {
        put_text(d, d->words->word[ATT_SAY_DECLINED]);
    } else {
        att_draw_leave(d);
        return;
    }
    att_page_gap(&d->page, ATT_PART_TAIL);
    att_page_gap(&d->page, ATT_PART_TAIL);
    att_page_add(&d->page, ATT_PART_TAIL)->cursor = 1;
    att_page_put(&d->page, 1, ">", ATT_PAINT_TEXT);
    att_page_put(&d->page, 3, d->words->word[ATT_SAY_PRESS_ENTER], ATT_PAINT_TEXT);
}

/* ---- the first row and the last ---- */

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

    if (view->at == 0 || view->of_high == 0) {
        return "";
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
    return question_place(d);
}

static const char *title(const att_drawing *d)
{
    const att_view *view = d->view;

    if (d->w->mode == ATT_MODE_HELP) {
        return d->words->word[ATT_SAY_HELP_TITLE];
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

void att_draw_title(const att_drawing *d, att_layout *out)
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
        (att_span){ 3, left > 3 ? cut_title(d, title(d), left) : "", ATT_PAINT_TEXT };
    span[1] = (att_span){ 3 + d->text - n, right,
                          is_done ? ATT_PAINT_GOOD : ATT_PAINT_QUIET };
    out->row[0] = (att_screen_row){ span, 2 };
}

static bool has_hints(const att_drawing *d)
{
    att_screen screen = d->view->screen;

    return d->w->mode != ATT_MODE_ANSWER ||
           (screen != ATT_SCREEN_FINISHED && screen != ATT_SCREEN_DECLINED &&
            screen != ATT_SCREEN_LEFT);
}

void att_draw_hints(const att_drawing *d, att_layout *out)
{
    size_t n = 0;
    att_widget asked = *d->w;
    const att_word *hint;
    att_span *span;
    size_t column = 3;
    size_t n_spans = 0;
    size_t i;

    asked.seen.is_listed = d->seen.is_listed;
    hint = att_keymap_hints(att_widget_hints(&asked), &n);
    span = att_new_n(d->arena, att_span, 2 * n);
    for (i = 0; has_hints(d) && i < n; i++) {
        const char *range = numbers(d, true);
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
        span[n_spans++] =
            (att_span){ column, att_arena_text_n(d->arena, text, key), ATT_PAINT_KEY };
        span[n_spans++] = (att_span){ column + att_text_width_n(text, key) + 1, verb,
                                      ATT_PAINT_QUIET };
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

        *span =
            (att_span){ 1, att_text_cut(d->arena, text[i], d->width), ATT_PAINT_TEXT };
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
    } else {
        draw_body(&d);
    }
    att_page_fit(&d.page, &widget->seen, &out);
    out.seen.is_listed =
        widget->mode == ATT_MODE_ANSWER ? d.seen.is_listed : widget->seen.is_listed;
    out.seen.columns = d.text;
    att_draw_title(&d, &out);
    att_draw_hints(&d, &out);
    return out;
}
