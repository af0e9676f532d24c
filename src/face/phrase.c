/* phrase.c - sentences made of several words; see the header */
#include "phrase.h"

#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

static char *say(att_arena *arena, const att_words *words, att_word word, const char *a,
                 const char *b)
{
    const char *args[2] = { a, b };

    return att_say_text(arena, words, word, args, 2);
}

static char *count(att_arena *arena, size_t n)
{
    return att_arena_format(arena, "%zu", n);
}

static char *take(att_arena *arena, att_buf *buf)
{
    char *text = att_buf_copy(arena, buf);

    att_buf_drop(buf);
    return text;
}

char *att_phrase_number(att_arena *arena, double number)
{
    att_buf buf = { 0 };

    if (!isfinite(number)) {
        return att_arena_text(arena, "");
    }
    att_number_write(&buf, number);
    return take(arena, &buf);
}

/* ---- days and times ---- */

char *att_phrase_day(att_arena *arena, const att_words *words, att_day day)
{
    const char *args[3];
    att_words own = *words;
    int year, month, dom;

    att_day_split(day, &year, &month, &dom);
    args[0] = att_arena_format(arena, "%d", dom);
    args[1] = words->months[month - 1];
    args[2] = att_arena_format(arena, "%d", year);
    own.word[0] = words->date;
    return att_say_text(arena, &own, (att_word)0, args, 3);
}

char *att_phrase_weekday(att_arena *arena, const att_words *words, att_day day)
{
    char *text = say(arena, words, ATT_SAY_WEEKDAY_DATE, words->days[att_day_week(day)],
                     att_phrase_day(arena, words, day));

    return att_text_raise(arena, text);
}

static char *say_day_month(att_arena *arena, const att_words *words, att_day day)
{
    int year, month, dom;

    att_day_split(day, &year, &month, &dom);
    return say(arena, words, ATT_SAY_DAY_MONTH, att_arena_format(arena, "%d", dom),
               words->months[month - 1]);
}

char *att_phrase_time(att_arena *arena, att_msec at, int offset)
{
    char stamp[ATT_STAMP_SIZE];

    att_stamp_write(stamp, at + (att_msec)offset * 60000);
    return att_arena_text_n(arena, stamp + 11, 5);
}

/* ---- where we are ---- */

static char *say_place(att_arena *arena, const att_words *words, const att_view *view)
{
    const char *args[4];
    bool is_many = view->at_last > view->at;
    bool is_about = view->of_low != view->of_high;
    size_t n = 0;
    att_word word;

    args[n++] = count(arena, view->at);
    if (is_many) {
        args[n++] = count(arena, view->at_last);
    }
    args[n++] = count(arena, view->of_low);
    if (is_about) {
        args[n++] = count(arena, view->of_high);
    }
    if (is_many) {
        word = is_about ? ATT_SAY_QUESTIONS_ABOUT : ATT_SAY_QUESTIONS;
    } else {
        word = is_about ? ATT_SAY_QUESTION_ABOUT : ATT_SAY_QUESTION;
    }
    return att_say_text(arena, words, word, args, n);
}

static char *say_short(att_arena *arena, const att_words *words, const att_view *view)
{
    const char *args[3];

    args[0] =
        count(arena, view->at + (view->screen == ATT_SCREEN_GRID ? view->row : 0));
    args[1] = count(arena, view->of_low);
    args[2] = count(arena, view->of_high);
    return att_say_text(
        arena, words,
        view->of_low != view->of_high ? ATT_SAY_SHORT_ABOUT : ATT_SAY_SHORT, args, 3);
}

static char *say_minutes_about(att_arena *arena, const att_words *words, double minutes)
{
    if (!(minutes > 0)) {
        return att_arena_text(arena, "");
    }
    return say(arena, words,
               minutes <= 1 ? ATT_SAY_ABOUT_MINUTE : ATT_SAY_ABOUT_MINUTES,
               att_phrase_number(arena, minutes), "");
}

char *att_phrase_left(att_arena *arena, const att_words *words, const att_view *view)
{
    double minutes = ceil(view->minutes_left);

    if (!(minutes > 0)) {
        return att_arena_text(arena, "");
    }
    return say(arena, words, minutes <= 1 ? ATT_SAY_MINUTE_LEFT : ATT_SAY_MINUTES_LEFT,
               att_phrase_number(arena, minutes), "");
}

static bool has_alter(const att_view *view)
{
    return view->alter != NULL && view->alter[0] != '\0';
}

/* "Sam, 3 of 9" */
static char *say_alter(att_arena *arena, const att_words *words, const att_view *view)
{
    const char *args[3] = { view->alter, count(arena, view->alter_at),
                            count(arena, view->alter_of) };

    return att_say_text(arena, words, ATT_SAY_ALTER_PLACE, args, 3);
}

char *att_phrase_person(att_arena *arena, const att_words *words, const att_view *view)
{
    const char *args[3] = { count(arena, view->person_at),
                            count(arena, view->person_of), "" };
    att_buf all = { 0 };

    if (view->person_of == 0 || (!view->is_person_known && has_alter(view))) {
        return att_arena_text(arena, "");
    }
    if (!view->is_person_known || !has_alter(view)) {
        return att_say_text(arena, words, ATT_SAY_PERSON_OF, args, 2);
    }
    if (view->person_before[0] != '\0') {
        att_buf_format(&all, "%s, ",
                       say(arena, words, ATT_SAY_PERSON_DONE, view->person_before, ""));
    }
    att_buf_add(&all, say(arena, words, ATT_SAY_PERSON_NOW, view->alter, ""));
    if (view->person_after[0] != '\0') {
        att_buf_format(&all, ", %s",
                       say(arena, words, ATT_SAY_PERSON_NEXT, view->person_after, ""));
    }
    args[2] = take(arena, &all);
    return att_say_text(arena, words, ATT_SAY_PERSON_AMONG, args, 3);
}

char *att_phrase_place(att_arena *arena, const att_words *words, const att_view *view,
                       bool is_short)
{
    switch (view->screen) {
    case ATT_SCREEN_START: return say_minutes_about(arena, words, view->minutes);
    case ATT_SCREEN_FINISHED:
        return att_arena_text(arena, words->word[ATT_SAY_FINISHED]);
    case ATT_SCREEN_REVIEW:
        return say(arena, words, is_short ? ATT_SAY_SHORT : ATT_SAY_N_OF_ANSWERED,
                   count(arena, view->n_answered), count(arena, view->of_low));
    case ATT_SCREEN_WELCOME:
    case ATT_SCREEN_QUESTION:
    case ATT_SCREEN_GRID:
        if (has_alter(view) && view->screen != ATT_SCREEN_WELCOME) {
            return say_alter(arena, words, view);
        }
        if (view->hides_progress) {
            break;
        }
        return is_short ? say_short(arena, words, view) : say_place(arena, words, view);
    case ATT_SCREEN_NOTE:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT: break;
    }
    return att_arena_text(arena, "");
}

/* ---- what can be pressed or typed ---- */

/* Parts joined: "a", "a or b", "a, b or c". */
static char *join(att_arena *arena, const att_words *words, const char **parts,
                  size_t n)
{
    att_buf buf = { 0 };
    size_t i;

    if (n == 0) {
        return att_arena_text(arena, "");
    }
    for (i = 0; i + 1 < n; i++) {
        att_buf_add(&buf, i == 0 ? "" : ", ");
        att_buf_add(&buf, parts[i]);
    }
    if (n > 1) {
        const char *args[2] = { att_buf_text(&buf), parts[n - 1] };
        char *text = att_say_text(arena, words, ATT_SAY_OR, args, 2);

        att_buf_drop(&buf);
        return text;
    }
    return att_arena_text(arena, parts[0]);
}

static bool is_run(const att_view *view)
{
    return view->options[view->n_choices - 1].number - view->options[0].number ==
           (int)view->n_choices - 1;
}

#define PARTS_MAX   16
#define LAST_MINUTE (24 * 60 - 1) /* of a day */

/* The letters of the reasons, from parts[n] on; the new n. */
static size_t add_letters(att_arena *arena, const att_view *view, const char **parts,
                          size_t n)
{
    size_t i;

    for (i = view->n_choices; i < view->n_options && n < PARTS_MAX; i++) {
        parts[n++] = att_arena_format(arena, "%c", view->options[i].letter);
    }
    return n;
}

static char *number_of(att_arena *arena, const att_view *view, size_t choice)
{
    return att_arena_format(arena, "%d", view->options[choice].number);
}

char *att_phrase_keys(att_arena *arena, const att_words *words, const att_view *view)
{
    const char *parts[PARTS_MAX];
    size_t n = 0;
    size_t i;

    if (view->n_choices > 2 && (is_run(view) || view->n_choices > 6)) {
        parts[n++] = say(arena, words, ATT_SAY_TO, number_of(arena, view, 0),
                         number_of(arena, view, view->n_choices - 1));
    } else {
        for (i = 0; i < view->n_choices; i++) {
            parts[n++] = number_of(arena, view, i);
        }
    }
    n = add_letters(arena, view, parts, n);
    return join(arena, words, parts, n);
}

char *att_phrase_letters(att_arena *arena, const att_words *words, const att_view *view)
{
    const char *parts[PARTS_MAX];
    size_t n = add_letters(arena, view, parts, 0);

    return join(arena, words, parts, n);
}

char *att_phrase_numbers(att_arena *arena, const att_view *view)
{
    if (view->n_choices == 0) {
        return att_arena_text(arena, "");
    }
    if (view->shape == ATT_SHAPE_RANK) {
        return view->n_ranks == 1 ? att_arena_text(arena, "1")
                                  : att_arena_format(arena, "1-%zu", view->n_ranks);
    }
    if (view->n_choices == 1) {
        return number_of(arena, view, 0);
    }
    return att_arena_format(arena, "%d-%d", view->options[0].number,
                            view->options[view->n_choices - 1].number);
}

static char *say_number_wanted(att_arena *arena, const att_words *words,
                               const att_view *view, bool is_whole)
{
    static const att_word wholes[] = { ATT_SAY_A_WHOLE, ATT_SAY_A_WHOLE_FROM,
                                       ATT_SAY_A_WHOLE_UP_TO, ATT_SAY_A_WHOLE_TO };
    static const att_word numbers[] = { ATT_SAY_A_NUMBER, ATT_SAY_A_NUMBER_FROM,
                                        ATT_SAY_A_NUMBER_UP_TO, ATT_SAY_A_NUMBER_TO };
    bool has_low = !isnan(view->low);
    bool has_high = !isnan(view->high);
    size_t which = (has_low ? 1U : 0U) + (has_high ? 2U : 0U);
    att_word word = is_whole && view->is_whole ? wholes[which] : numbers[which];

    return say(arena, words, word,
               att_phrase_number(arena, has_low ? view->low : view->high),
               att_phrase_number(arena, view->high));
}

char *att_phrase_wanted(att_arena *arena, const att_words *words, const att_view *view,
                        bool is_whole)
{
    const char *parts[PARTS_MAX];
    size_t n = 0;

    switch (view->shape) {
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER: return say_number_wanted(arena, words, view, is_whole);
    case ATT_SHAPE_DATE: return att_arena_text(arena, words->word[ATT_SAY_A_DATE]);
    case ATT_SHAPE_TIME: return att_arena_text(arena, words->word[ATT_SAY_A_TIME]);
    case ATT_SHAPE_DATETIME:
        return att_arena_text(arena, words->word[ATT_SAY_A_DATETIME]);
    case ATT_SHAPE_TEXT: return att_arena_text(arena, words->word[ATT_SAY_A_TEXT]);
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_CONSENT:
    case ATT_SHAPE_PICK_MANY:
    case ATT_SHAPE_RANK:
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CALC:
    case ATT_SHAPE_CONTAINER: break;
    }
    if (view->n_choices == 1) {
        parts[n++] = number_of(arena, view, 0);
    } else if (view->n_choices > 1) {
        parts[n++] = say(arena, words, ATT_SAY_A_NUMBER_TO, number_of(arena, view, 0),
                         number_of(arena, view, view->n_choices - 1));
    }
    n = add_letters(arena, view, parts, n);
    return join(arena, words, parts, n);
}

char *att_phrase_range(att_arena *arena, const att_words *words, const att_view *view)
{
    static const att_word wholes[] = { ATT_SAY_RANGE_WHOLE_ANY,
                                       ATT_SAY_RANGE_WHOLE_FROM, ATT_SAY_RANGE_WHOLE_TO,
                                       ATT_SAY_RANGE_WHOLE };
    static const att_word numbers[] = { ATT_SAY_RANGE_ANY, ATT_SAY_RANGE_FROM,
                                        ATT_SAY_RANGE_TO, ATT_SAY_RANGE };
    bool has_low = !isnan(view->low);
    bool has_high = !isnan(view->high);
    size_t which = (has_low ? 1U : 0U) + (has_high ? 2U : 0U);

    return say(arena, words, view->is_whole ? wholes[which] : numbers[which],
               att_phrase_number(arena, has_low ? view->low : view->high),
               att_phrase_number(arena, view->high));
}

static char *say_bound(att_arena *arena, const att_words *words, const att_view *view,
                       att_day day)
{
    char text[ATT_DAY_SIZE];

    att_day_write(text, day);
    return day == view->today ? say(arena, words, ATT_SAY_TODAY, text, "")
                              : att_arena_text(arena, text);
}

att_word att_phrase_declined(const att_view *view)
{
    return view->n_answered > 0 ? ATT_SAY_DECLINED_LATER : ATT_SAY_DECLINED;
}

char *att_phrase_times(att_arena *arena, const att_words *words, const att_view *view)
{
    int low = isnan(view->low) ? 0 : (int)view->low;
    int high = isnan(view->high) ? LAST_MINUTE : (int)view->high;

    return say(arena, words, ATT_SAY_DATE_FROM_TO, att_clock_text(arena, low),
               att_clock_text(arena, high));
}

char *att_phrase_days(att_arena *arena, const att_words *words, const att_view *view)
{
    const char *first =
        view->has_first_day ? say_bound(arena, words, view, view->first_day) : "";
    const char *last =
        view->has_last_day ? say_bound(arena, words, view, view->last_day) : "";

    if (view->has_first_day && view->has_last_day) {
        return say(arena, words, ATT_SAY_DATE_FROM_TO, first, last);
    }
    if (view->has_first_day) {
        return say(arena, words, ATT_SAY_DATE_FROM, first, "");
    }
    return view->has_last_day ? say(arena, words, ATT_SAY_DATE_TO, last, "")
                              : att_arena_text(arena, "");
}

const char *att_phrase_option(const att_words *words, const att_option *option)
{
    return option->text[0] != '\0' ? option->text
                                   : att_say_reason(words, option->reason);
}

/* ---- saved, help, review ---- */

char *att_phrase_saved(att_arena *arena, const att_words *words, size_t n)
{
    att_word word = ATT_SAY_N_SAVED;

    if (n < 2) {
        word = n == 0 ? ATT_SAY_NONE_SAVED : ATT_SAY_ONE_SAVED;
    }
    return say(arena, words, word, count(arena, n), "");
}

char *att_phrase_about(att_arena *arena, const att_words *words, const att_view *view)
{
    return view->help[0] == '\0'
               ? att_arena_text(arena, "")
               : say(arena, words, ATT_SAY_HELP_ABOUT, view->help, "");
}

char *att_phrase_later(att_arena *arena, const att_words *words, const char *command)
{
    return command == NULL || command[0] == '\0'
               ? att_arena_text(arena, "")
               : say(arena, words, ATT_SAY_GO_ON_LATER, command, "");
}

static const char *say_value(const att_words *words, const att_review_row *row)
{
    if (row->is_end) {
        return words->word[ATT_SAY_NAMES_END];
    }
    if (row->answer[0] != '\0') {
        return row->answer;
    }
    return row->value.kind == ATT_ANSWER_REASON
               ? att_say_reason(words, row->value.reason)
               : words->word[ATT_SAY_NO_ANSWER];
}

char *att_phrase_review(att_arena *arena, const att_words *words,
                        const att_review_row *row)
{
    const char *now = say_value(words, row);

    if (row->was == NULL) {
        return att_arena_text(arena, now);
    }
    return say(arena, words, ATT_SAY_REVIEW_WAS, now,
               row->was[0] != '\0' ? row->was : words->word[ATT_SAY_REASON_SKIPPED]);
}

/* ---- the start ---- */

static const char *say_maturity(const att_words *words, att_maturity maturity)
{
    switch (maturity) {
    case ATT_MATURITY_DRAFT: return words->word[ATT_SAY_START_DRAFT];
    case ATT_MATURITY_PILOTED: return words->word[ATT_SAY_START_PILOTED];
    case ATT_MATURITY_STRUCTURE_TESTED:
        return words->word[ATT_SAY_START_STRUCTURE_TESTED];
    case ATT_MATURITY_RETIRED: return words->word[ATT_SAY_START_RETIRED];
    case ATT_MATURITY_VALIDATED: break;
    }
    return "";
}

/* "CC0-1.0" is said "CC0 1.0"; Creative Commons licences let anyone use the wording. */
static char *say_licence(att_arena *arena, const att_words *words, const char *licence)
{
    char *name = att_arena_text(arena, licence);
    bool is_free = strncmp(licence, "CC0", 3) == 0 || strncmp(licence, "CC-BY", 5) == 0;
    char *version = strrchr(name, '-');

    if (licence[0] == '\0') {
        return name;
    }
    if (is_free && version != NULL && version[1] >= '0' && version[1] <= '9') {
        *version = ' ';
    }
    return say(arena, words, is_free ? ATT_SAY_START_FREE : ATT_SAY_START_LICENCE, name,
               "");
}

static char *say_questions(att_arena *arena, const att_words *words,
                           const att_view *view)
{
    if (view->of_low != view->of_high) {
        return say(arena, words, ATT_SAY_ABOUT_N_QUESTIONS, count(arena, view->of_low),
                   count(arena, view->of_high));
    }
    return say(arena, words,
               view->of_low == 1 ? ATT_SAY_ONE_QUESTION : ATT_SAY_N_QUESTIONS,
               count(arena, view->of_low), "");
}

static char *say_about(att_arena *arena, const att_words *words, const att_view *view)
{
    att_buf buf = { 0 };
    const char *licence = say_licence(arena, words, view->licence);
    bool is_spoken = strncmp(words->tag, view->language, strlen(words->tag)) == 0;

    att_buf_add(&buf, say(arena, words, ATT_SAY_START_VERSION, view->version,
                          is_spoken ? words->word[ATT_SAY_LANGUAGE] : view->language));
    if (licence[0] != '\0') {
        att_buf_char(&buf, ' ');
        att_buf_add(&buf, licence);
    }
    att_buf_char(&buf, ' ');
    att_buf_add(&buf, att_text_raise(arena, say_questions(arena, words, view)));
    att_buf_char(&buf, '.');
    return take(arena, &buf);
}

att_start_text att_phrase_start(att_arena *arena, const att_words *words,
                                const att_view *view)
{
    bool is_open = view->maturity == ATT_MATURITY_DRAFT ||
                   view->maturity == ATT_MATURITY_PILOTED ||
                   view->maturity == ATT_MATURITY_STRUCTURE_TESTED;
    att_start_text text = {
        .warning = say_maturity(words, view->maturity),
        .decisions = is_open ? words->word[ATT_SAY_START_NO_DECISIONS] : "",
        .unreviewed = view->is_unreviewed ? words->word[ATT_SAY_START_UNREVIEWED] : "",
        .purpose = view->purpose,
        .rights = words->word[view->is_about_others ? ATT_SAY_START_RIGHTS_OTHERS
                                                    : ATT_SAY_START_RIGHTS],
        .about = say_about(arena, words, view),
        .wording = view->authors[0] == '\0'
                       ? ""
                       : say(arena, words, ATT_SAY_START_WORDING, view->authors, ""),
    };

    return text;
}

/* ---- back again ---- */

att_welcome_text att_phrase_welcome(att_arena *arena, const att_words *words,
                                    const att_view *view)
{
    att_day day = att_day_at(view->left_at, view->offset);
    bool is_newer = view->newer != NULL && view->newer[0] != '\0';
    bool is_asked = view->at > 0 && view->at <= view->of_high;
    att_welcome_text text;

    text.stopped = att_arena_format(
        arena, "%s %s",
        say(arena, words, ATT_SAY_STOPPED, say_day_month(arena, words, day),
            att_phrase_time(arena, view->left_at, view->offset)),
        att_phrase_saved(arena, words, view->n_answered));
    text.version = say(arena, words,
                       is_newer ? ATT_SAY_GO_ON_VERSION_NEWER : ATT_SAY_GO_ON_VERSION,
                       view->began_version, is_newer ? view->newer : "");
    text.go_on = is_asked
                     ? say(arena, words, ATT_SAY_GO_ON_WITH, count(arena, view->at), "")
                     : words->word[ATT_SAY_GO_ON_REVIEW];
    return text;
}

/* ---- finished ---- */

static char *say_counts(att_arena *arena, const att_words *words, const att_view *view)
{
    const struct part {
        att_word word;
        size_t n;
    } parts[] = { { ATT_SAY_N_ANSWERED, view->n_values },
                  { ATT_SAY_N_SKIPPED, view->n_skipped },
                  { ATT_SAY_N_REFUSED, view->n_refused },
                  { ATT_SAY_N_OTHER, view->n_other } };
    att_buf buf = { 0 };
    char *text;
    size_t i;

    for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (i == 0 || parts[i].n > 0) {
            att_buf_add(&buf, i == 0 ? "" : ", ");
            att_buf_add(&buf,
                        say(arena, words, parts[i].word, count(arena, parts[i].n), ""));
        }
    }
    text = say(arena, words, ATT_SAY_COUNTS,
               att_text_raise(arena, say_questions(arena, words, view)),
               att_buf_text(&buf));
    att_buf_drop(&buf);
    return text;
}

#define LONGEST_STAY 180 /* minutes; over that it was left and taken up again */

static char *say_when(att_arena *arena, const att_words *words, const att_view *view)
{
    att_day day = att_day_at(view->finished, view->offset);
    long long minutes = (view->finished - view->started + 30000) / 60000;
    const char *args[3] = { att_phrase_day(arena, words, day),
                            att_phrase_time(arena, view->finished, view->offset), "" };
    char *when;

    if (minutes < 0 || minutes > LONGEST_STAY) {
        when = att_say_text(arena, words, ATT_SAY_FINISHED_ON, args, 2);
    } else {
        att_word word = ATT_SAY_MINUTES;

        if (minutes < 2) {
            word = minutes == 1 ? ATT_SAY_MINUTE : ATT_SAY_UNDER_A_MINUTE;
        }
        args[2] = say(arena, words, word, att_arena_format(arena, "%lld", minutes), "");
        when = att_say_text(arena, words, ATT_SAY_FINISHED_ON_IN, args, 3);
    }
    return view->maturity != ATT_MATURITY_DRAFT
               ? when
               : att_arena_format(arena, "%s %s", when, words->word[ATT_SAY_A_DRAFT]);
}

att_finish_text att_phrase_finish(att_arena *arena, const att_words *words,
                                  const att_view *view, const char *receipt)
{
    att_finish_text text = { .counts = say_counts(arena, words, view),
                             .when = say_when(arena, words, view),
                             .session =
                                 say(arena, words, ATT_SAY_RECEIPT, view->session, ""),
                             .receipt = "" };
    att_buf buf = { 0 };
    size_t i;

    if (receipt != NULL) {
        for (i = 0; receipt[i] != '\0'; i++) {
            if (i > 0 && i % 8 == 0) {
                att_buf_char(&buf, ' ');
            }
            att_buf_char(&buf, receipt[i]);
        }
        text.receipt = take(arena, &buf);
    }
    return text;
}
