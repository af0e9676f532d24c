/* layout_around.c - the screens around questions: start, welcome, review, help, leave,
 * finished; see layout_in.h
 */
#include "layout_in.h"

#include <math.h>
#include <string.h>

#include <attune/base/text.h>

#include "phrase.h"

#define REVIEW_ROWS 7 /* rows of the review at a time: docs/SCREENS.md, review */
#define KEYS_WIDE   23

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
static void put_words(att_drawing *d, const char *text)
{
    att_draw_words(d, ATT_PART_HEAD, text, d->text - 1, ATT_PAINT_TEXT);
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
        put_words(d, d->words->word[ATT_SAY_START_NO_DECISIONS]);
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
    att_page_text(&d->page, ATT_PART_HEAD, att_draw_tame(d, view->purpose), d->text - 1,
                  ATT_PAINT_TEXT);
    put_words(d, d->words->word[view->is_about_others ? ATT_SAY_START_RIGHTS_OTHERS
                                                      : ATT_SAY_START_RIGHTS]);
    att_draw_gap(d, ATT_PART_HEAD);
    about = att_draw_say(d, ATT_SAY_START_VERSION, att_draw_row_text(d, view->version),
                         language_words(d), NULL);
    about = join(d, about, licence_words(d));
    put_words(d, join(d, about,
                      att_arena_format(
                          d->arena, "%s.",
                          att_text_raise(
                              d->arena, count_words(d, view->of_low, view->of_high)))));
    if (view->authors != NULL && view->authors[0] != '\0') {
        put_words(d, att_draw_say(d, ATT_SAY_START_WORDING,
                                  att_draw_row_text(d, view->authors), NULL, NULL));
    }
    att_draw_gap(d, ATT_PART_HEAD);
    att_draw_words(d, ATT_PART_HEAD, d->words->word[ATT_SAY_START_ASK], d->text,
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

    put_words(d, join(d,
                      att_draw_say(d, ATT_SAY_STOPPED, day_and_month(d, day),
                                   clock_words(d, view->left_at), NULL),
                      saved_words(d)));
    if (view->has_draft) {
        put_words(d, d->words->word[ATT_SAY_DRAFT_KEPT]);
    }
    att_draw_gap(d, ATT_PART_HEAD);
    put_words(d, has_newer ? att_draw_say(d, ATT_SAY_GO_ON_VERSION_NEWER, began,
                                          att_draw_row_text(d, view->newer), NULL)
                           : att_draw_say(d, ATT_SAY_GO_ON_VERSION, began, NULL, NULL));
    put_two(d, "1", "2");
    att_draw_message(d);
}

/* ---- the review ---- */

static const char *review_answer(const att_drawing *d, const att_review_row *row)
{
    const char *answer = row->answer != NULL ? row->answer : "";

    if (row->is_end) {
        answer = d->words->word[ATT_SAY_NAMES_END];
    } else if (answer[0] == '\0') {
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

    d->page.side = ATT_SIDE_WORDS;
    for (i = 0; i < left.n || i < right.n; i++) {
        att_page_add(&d->page, ATT_PART_HEAD);
        if (i < left.n) {
            d->page.side = ATT_SIDE_LEFT; /* as the keys are labelled */
            att_page_put(&d->page, 3, left.line[i], ATT_PAINT_KEY);
            d->page.side = ATT_SIDE_WORDS;
        }
        if (i < right.n) {
            att_page_put(&d->page, 3 + wide, right.line[i], ATT_PAINT_TEXT);
        }
    }
    d->page.side = ATT_SIDE_LANGUAGE;
}

void att_draw_help(att_drawing *d)
{
    att_widget asked = *d->w;
    att_scene scene;
    size_t i;

    asked.mode = ATT_MODE_ANSWER;
    asked.seen.is_tiny = false; /* it may have been, at the last drawing */
    scene = att_widget_hints(&asked);
    for (i = 0; i < att_n_keymap; i++) {
        const att_key_row *row = &att_keymap[i];
        const char *keys = row->shown;
        bool has_parts = row->press != ATT_PRESS_PART || d->view->n_options > 0;

        if ((row->helps & 1U << scene) == 0 || keys == NULL || !has_parts ||
            (row->press == ATT_PRESS_SEARCH && !att_widget_can_find(d->w))) {
            continue;
        }
        if (keys[0] == '\0') {
            keys = row->press == ATT_PRESS_REASON ? letters(d)
                                                  : att_draw_numbers(d, false);
        }
        if (keys[0] != '\0') {
            draw_key(d, keys, d->words->word[row->help]);
        }
    }
    if (d->view->help != NULL && d->view->help[0] != '\0') {
        att_draw_gap(d, ATT_PART_HEAD);
        put_words(d, att_draw_say(d, ATT_SAY_HELP_ABOUT, d->view->help, NULL, NULL));
    }
    d->page.is_followed = false;
}

void att_draw_leave(att_drawing *d)
{
    size_t i;

    put_words(d, join(d, saved_words(d), d->words->word[ATT_SAY_NOTHING_SENT]));
    if (d->opts->resume_with != NULL && d->opts->resume_with[0] != '\0') {
        att_draw_gap(d, ATT_PART_HEAD);
        put_words(
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
    put_words(d, att_draw_say(d, ATT_SAY_RECEIPT,
                              att_draw_row_text(d, d->view->session), NULL, NULL));
    put_words(d, receipt_words(d));
    put_words(d, d->words->word[ATT_SAY_RECEIPT_KEEP]);
}

void att_draw_end(att_drawing *d)
{
    if (d->view->screen == ATT_SCREEN_FINISHED) {
        const char *draft = d->view->maturity == ATT_MATURITY_DRAFT
                                ? d->words->word[ATT_SAY_A_DRAFT]
                                : "";

        put_words(d, d->words->word[ATT_SAY_THANKS]);
        put_words(d, counts(d));
        put_words(d, join(d, finished_words(d), draft));
        draw_receipt(d);
    } else if (d->view->screen == ATT_SCREEN_DECLINED) {
        put_words(d, d->words->word[att_phrase_declined(d->view)]);
    } else {
        att_draw_leave(d);
        return;
    }
    att_page_gap(&d->page, ATT_PART_TAIL);
    att_page_gap(&d->page, ATT_PART_TAIL);
    att_page_add(&d->page, ATT_PART_TAIL)->cursor = 1;
    att_page_put(&d->page, 1, ">", ATT_PAINT_TEXT);
    d->page.side = ATT_SIDE_WORDS;
    att_page_put(&d->page, 3, d->words->word[ATT_SAY_PRESS_ENTER], ATT_PAINT_TEXT);
    d->page.side = ATT_SIDE_LANGUAGE;
}
