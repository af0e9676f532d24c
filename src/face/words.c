/* words.c - tables of words, and the sentences that refuse an answer */
#include <attune/face/words.h>

#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/session/view.h>

#include "phrase.h"

const att_words *const att_words_list[] = { &att_words_en, &att_words_es };
const size_t att_n_words_list = sizeof att_words_list / sizeof att_words_list[0];

const att_words *att_words_for(const char *tag)
{
    const char *wanted = tag == NULL ? "" : tag;
    size_t n = strcspn(wanted, "-_");
    size_t i;

    for (i = 0; i < att_n_words_list; i++) {
        const char *own = att_words_list[i]->tag;

        if (strlen(own) == n && strncmp(own, wanted, n) == 0) {
            return att_words_list[i];
        }
    }
    return &att_words_en;
}

const char *const *att_words_spoken(size_t *n)
{
    static const char *const tags[] = { "en", "es" };

    *n = sizeof tags / sizeof tags[0];
    return tags;
}

void att_say(att_buf *out, const att_words *words, att_word word,
             const char *const *args, size_t n)
{
    const char *p = words->word[word];

    while (*p != '\0') {
        size_t plain = strcspn(p, "{");

        att_buf_add_n(out, p, plain);
        p += plain;
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}') {
            size_t k = (size_t)(p[1] - '1');

            att_buf_add(out, k < n ? args[k] : "");
            p += 3;
        } else if (p[0] == '{') {
            att_buf_char(out, *p++);
        }
    }
}

char *att_say_text(att_arena *arena, const att_words *words, att_word word,
                   const char *const *args, size_t n)
{
    att_buf buf = { 0 };
    char *text;

    att_say(&buf, words, word, args, n);
    text = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return text;
}

const char *att_say_reason(const att_words *words, att_reason reason)
{
    switch (reason) {
    case ATT_REASON_NONE: return "";
    case ATT_REASON_NOT_REACHED: return words->word[ATT_SAY_REASON_NOT_REACHED];
    case ATT_REASON_SKIPPED: return words->word[ATT_SAY_REASON_SKIPPED];
    case ATT_REASON_REFUSED: return words->word[ATT_SAY_REASON_REFUSED];
    case ATT_REASON_NOT_APPLICABLE: return words->word[ATT_SAY_REASON_NOT_APPLICABLE];
    case ATT_REASON_DONT_KNOW: return words->word[ATT_SAY_REASON_DONT_KNOW];
    case ATT_REASON_NOT_ASKED: return words->word[ATT_SAY_REASON_NOT_ASKED];
    case ATT_REASON_UNREADABLE: return words->word[ATT_SAY_REASON_UNREADABLE];
    }
    return "";
}

/* ---- an answer in words ---- */

static const att_option *option_of_code(const att_view *view, int code)
{
    size_t i;

    for (i = 0; i < view->n_choices; i++) {
        if (view->options[i].code == code) {
            return &view->options[i];
        }
    }
    return NULL;
}

static char *say_codes(att_arena *arena, const att_view *view, const att_answer *answer)
{
    att_buf buf = { 0 };
    char *text;
    size_t i;

    for (i = 0; i < answer->n_codes; i++) {
        const att_option *option = option_of_code(view, answer->codes[i]);

        att_buf_add(&buf, i == 0 ? "" : "; ");
        if (answer->kind == ATT_ANSWER_RANKS) {
            att_buf_format(&buf, "%zu. ", i + 1);
        }
        if (option != NULL) {
            att_buf_add(&buf, option->text);
        } else {
            att_buf_format(&buf, "%d", answer->codes[i]);
        }
    }
    text = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return text;
}

static const char *say_reason_here(const att_words *words, const att_view *view,
                                   att_reason reason)
{
    size_t i;

    for (i = view->n_choices; i < view->n_options; i++) {
        if (view->options[i].reason == reason && view->options[i].text[0] != '\0') {
            return view->options[i].text;
        }
    }
    return att_say_reason(words, reason);
}

char *att_say_answer(att_arena *arena, const att_words *words, const att_view *view,
                     const att_answer *answer)
{
    const att_option *option;

    switch (answer->kind) {
    case ATT_ANSWER_NONE: return att_arena_text(arena, words->word[ATT_SAY_NO_ANSWER]);
    case ATT_ANSWER_REASON:
        return att_arena_text(arena, say_reason_here(words, view, answer->reason));
    case ATT_ANSWER_NUMBER:
        option = view->shape == ATT_SHAPE_PICK_ONE && view->n_choices > 0 &&
                         fabs(answer->number) < 1e9
                     ? option_of_code(view, (int)answer->number)
                     : NULL;
        return option != NULL ? att_arena_text(arena, option->text)
                              : att_phrase_number(arena, answer->number);
    case ATT_ANSWER_CODES:
    case ATT_ANSWER_RANKS: return say_codes(arena, view, answer);
    case ATT_ANSWER_TEXT: return att_arena_text(arena, answer->text);
    case ATT_ANSWER_DAY: return att_phrase_day(arena, words, answer->day);
    }
    return att_arena_text(arena, "");
}

/* ---- refusals ---- */

static char *say_1(att_arena *arena, const att_words *words, att_word word,
                   const char *a)
{
    return att_say_text(arena, words, word, &a, 1);
}

static char *say_2(att_arena *arena, const att_words *words, att_word word,
                   const char *a, const char *b)
{
    const char *args[2] = { a, b };

    return att_say_text(arena, words, word, args, 2);
}

static char *say_3(att_arena *arena, const att_words *words, att_word word,
                   const char *a, const char *b, const char *c)
{
    const char *args[3] = { a, b, c };

    return att_say_text(arena, words, word, args, 3);
}

static const char *text_of(const att_refusal *refusal)
{
    return refusal->text == NULL ? "" : refusal->text;
}

/* What was typed: a number as it is, anything else in quotes. */
static const char *quoted(att_arena *arena, const char *typed)
{
    double x;

    if (typed[0] != '\0' &&
        (att_number_read(typed, strlen(typed), &x) || typed[1] == '\0')) {
        return typed;
    }
    return att_arena_format(arena, "\"%s\"", typed);
}

static char *say_required(att_arena *arena, const att_words *words,
                          const att_view *view)
{
    bool is_picked =
        view->shape == ATT_SHAPE_PICK_ONE || view->shape == ATT_SHAPE_PICK_MANY ||
        view->screen == ATT_SCREEN_GRID || view->screen == ATT_SCREEN_START;

    return is_picked ? say_1(arena, words, ATT_SAY_NO_ANSWER_PRESS,
                             att_phrase_keys(arena, words, view))
                     : say_1(arena, words, ATT_SAY_NO_ANSWER_TYPE,
                             att_phrase_wanted(arena, words, view, false));
}

static char *say_warning(att_arena *arena, const att_words *words,
                         const att_refusal *refusal, bool is_typed)
{
    const char *tail;

    if (isnan(refusal->number)) {
        tail = words->word[is_typed ? ATT_SAY_KEEPS_ALONE : ATT_SAY_KEEPS];
    } else {
        tail = say_1(arena, words,
                     is_typed ? ATT_SAY_KEEPS_NUMBER_ALONE : ATT_SAY_KEEPS_NUMBER,
                     att_phrase_number(arena, refusal->number));
    }
    return text_of(refusal)[0] == '\0'
               ? say_1(arena, words, ATT_SAY_CHECK_PLAIN, tail)
               : say_2(arena, words, ATT_SAY_CHECK, text_of(refusal), tail);
}

static char *say_number(att_arena *arena, const att_words *words, const att_view *view,
                        const att_refusal *refusal)
{
    const char *number = att_phrase_number(arena, refusal->number);
    const char *wanted = att_phrase_wanted(arena, words, view, false);

    switch (refusal->code) {
    case ATT_REFUSAL_TOO_LOW:
        return say_3(arena, words, ATT_SAY_NOT_SAVED_TOO_LOW, number,
                     att_phrase_number(arena, refusal->low), wanted);
    case ATT_REFUSAL_TOO_HIGH:
        return say_3(arena, words, ATT_SAY_NOT_SAVED_TOO_HIGH, number,
                     att_phrase_number(arena, refusal->high), wanted);
    case ATT_REFUSAL_TOO_LONG:
        return say_2(arena, words, ATT_SAY_NOT_SAVED_TOO_LONG, number,
                     att_phrase_number(arena, refusal->high));
    default: break;
    }
    if (isnan(refusal->low)) {
        return say_2(arena, words, ATT_SAY_NOT_SAVED_DECIMALS, number,
                     att_phrase_number(arena, refusal->high));
    }
    return say_3(arena, words, ATT_SAY_NOT_SAVED_STEP, number,
                 att_phrase_number(arena, refusal->low), wanted);
}

static char *say_date(att_arena *arena, const att_words *words, const att_view *view,
                      const att_refusal *refusal)
{
    char day[ATT_DAY_SIZE];
    char bound[ATT_DAY_SIZE];
    bool is_early = refusal->code == ATT_REFUSAL_DATE_EARLY;

    if (refusal->code == ATT_REFUSAL_NOT_DATE) {
        att_day_write(day, view->today);
        return say_2(arena, words, ATT_SAY_NOT_SAVED_NOT_DATE, text_of(refusal), day);
    }
    att_day_write(day, (att_day)refusal->number);
    att_day_write(bound, (att_day)(is_early ? refusal->low : refusal->high));
    return say_2(arena, words,
                 is_early ? ATT_SAY_NOT_SAVED_EARLY : ATT_SAY_NOT_SAVED_LATE, day,
                 bound);
}

static char *say_time(att_arena *arena, const att_words *words, const att_view *view,
                      const att_refusal *refusal)
{
    bool is_early = refusal->code == ATT_REFUSAL_TIME_EARLY;
    char day[ATT_DAY_SIZE];

    if (refusal->code != ATT_REFUSAL_NOT_TIME) {
        return say_2(
            arena, words,
            is_early ? ATT_SAY_NOT_SAVED_TIME_EARLY : ATT_SAY_NOT_SAVED_TIME_LATE,
            att_clock_text(arena, (int)refusal->number),
            att_clock_text(arena, (int)(is_early ? refusal->low : refusal->high)));
    }
    if (view->shape == ATT_SHAPE_TIME) {
        return say_2(arena, words, ATT_SAY_NOT_SAVED_NOT_TIME, text_of(refusal),
                     "14:30");
    }
    att_day_write(day, view->today);
    return say_2(arena, words, ATT_SAY_NOT_SAVED_NOT_DATETIME, text_of(refusal),
                 att_arena_format(arena, "%s 14:30", day));
}

static char *say_refusal(att_arena *arena, const att_words *words, const att_view *view,
                         const att_refusal *refusal, bool is_typed)
{
    const char *text = text_of(refusal);

    switch (refusal->code) {
    case ATT_REFUSAL_NONE: break;
    case ATT_REFUSAL_REQUIRED: return say_required(arena, words, view);
    case ATT_REFUSAL_ASK_SKIP: return say_2(arena, words, ATT_SAY_ASK_SKIP, "", "");
    case ATT_REFUSAL_NO_CHOICE:
        return say_2(arena, words, ATT_SAY_NOT_SAVED_NO_CHOICE, quoted(arena, text),
                     att_phrase_wanted(arena, words, view, false));
    case ATT_REFUSAL_NO_REASON:
        return say_2(arena, words, ATT_SAY_NOT_SAVED_NO_REASON, quoted(arena, text),
                     att_phrase_wanted(arena, words, view, false));
    case ATT_REFUSAL_NOT_NUMBER:
        return say_2(arena, words, ATT_SAY_NOT_SAVED_NOT_NUMBER, text,
                     att_phrase_wanted(arena, words, view, false));
    case ATT_REFUSAL_NOT_WHOLE:
        if (text[0] == '\0' && !isnan(refusal->number)) {
            text = att_phrase_number(arena, refusal->number);
        }
        return say_2(arena, words, ATT_SAY_NOT_SAVED_NOT_WHOLE, text,
                     att_phrase_wanted(arena, words, view, true));
    case ATT_REFUSAL_TOO_LOW:
    case ATT_REFUSAL_TOO_HIGH:
    case ATT_REFUSAL_STEP:
    case ATT_REFUSAL_TOO_LONG: return say_number(arena, words, view, refusal);
    case ATT_REFUSAL_NOT_DATE:
    case ATT_REFUSAL_DATE_EARLY:
    case ATT_REFUSAL_DATE_LATE: return say_date(arena, words, view, refusal);
    case ATT_REFUSAL_NOT_TIME:
    case ATT_REFUSAL_TIME_EARLY:
    case ATT_REFUSAL_TIME_LATE: return say_time(arena, words, view, refusal);
    case ATT_REFUSAL_EXCLUSIVE:
        return say_1(arena, words, ATT_SAY_NOT_SAVED_EXCLUSIVE,
                     att_phrase_number(arena, refusal->number));
    case ATT_REFUSAL_TWICE:
        return say_1(arena, words, ATT_SAY_NOT_SAVED_TWICE,
                     att_phrase_number(arena, refusal->number));
    case ATT_REFUSAL_TOO_FEW:
        return say_2(arena, words, ATT_SAY_NOT_SAVED_TOO_FEW,
                     att_phrase_number(arena, refusal->number),
                     att_phrase_number(arena, refusal->low));
    case ATT_REFUSAL_TOO_MANY:
        return say_2(arena, words, ATT_SAY_NOT_SAVED_TOO_MANY,
                     att_phrase_number(arena, refusal->number),
                     att_phrase_number(arena, refusal->high));
    case ATT_REFUSAL_GAP:
        return say_1(arena, words, ATT_SAY_NOT_SAVED_GAP,
                     att_phrase_number(arena, refusal->number));
    case ATT_REFUSAL_WRONG_SORT:
        return att_arena_text(arena, words->word[ATT_SAY_NOT_SAVED_SORT]);
    case ATT_REFUSAL_CHECK:
        return text[0] == '\0'
                   ? att_arena_text(arena, words->word[ATT_SAY_NOT_SAVED_CHECK_PLAIN])
                   : say_1(arena, words, ATT_SAY_NOT_SAVED_CHECK, text);
    case ATT_REFUSAL_WARN: return say_warning(arena, words, refusal, is_typed);
    case ATT_REFUSAL_NOT_SHOWN:
        return att_arena_text(arena, words->word[ATT_SAY_NOT_SHOWN]);
    case ATT_REFUSAL_NOTHING_BACK:
        return att_arena_text(arena, words->word[ATT_SAY_NOTHING_BACK]);
    }
    return att_arena_text(arena, "");
}

char *att_say_refusal(att_arena *arena, const att_words *words, const att_view *view,
                      const att_refusal *refusal)
{
    return say_refusal(arena, words, view, refusal, false);
}

char *att_say_refusal_typed(att_arena *arena, const att_words *words,
                            const att_view *view, const att_refusal *refusal)
{
    return say_refusal(arena, words, view, refusal, true);
}
