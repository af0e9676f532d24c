/* line_say.c - what the line face says */
#include "line.h"

#include <math.h>
#include <string.h>

#include <attune/base/text.h>

#include <attune/face/keymap.h>

#include "phrase.h"

void line_put(line_face *face, const char *text)
{
    att_buf safe = { 0 };

    att_text_tame(&safe, text);
    fwrite(att_buf_text(&safe), 1, safe.n, face->out);
    face->has_written = true;
    att_buf_drop(&safe);
}

void line_put_line(line_face *face, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        line_put(face, text);
        line_put(face, "\n");
    }
}

bool line_is_text(const att_view *view)
{
    return view->screen == ATT_SCREEN_QUESTION && view->shape == ATT_SHAPE_TEXT;
}

size_t line_item(const att_view *view)
{
    return view->screen == ATT_SCREEN_GRID ? view->rows[view->row].item : view->item;
}

const att_answer *line_answer(const att_view *view)
{
    return view->screen == ATT_SCREEN_GRID ? &view->rows[view->row].answer
                                           : &view->answer;
}

att_view line_with_choices(const att_view *view, att_option options[2])
{
    att_view own = *view;

    if (view->screen == ATT_SCREEN_START) {
        options[0] = (att_option){ .number = 1, .text = "" };
        options[1] = (att_option){ .number = 2, .text = "" };
        own.shape = ATT_SHAPE_PICK_ONE;
        own.options = options;
        own.n_options = 2;
        own.n_choices = 2;
    }
    return own;
}

static void say_line(line_face *face, att_word word, const char *a, const char *b)
{
    att_arena scratch = { 0 };
    const char *args[2] = { a, b };

    line_put_line(face, att_say_text(&scratch, face->words, word, args, 2));
    att_arena_drop(&scratch);
}

/* ---- choices ---- */

static void list_option(line_face *face, const att_view *view, size_t i)
{
    const att_option *option = &view->options[i];
    att_buf row = { 0 };

    if (option->letter == '\0') {
        att_buf_format(&row, "%d ", option->number);
    } else {
        att_buf_add(&row, line_is_text(view) ? ":reason " : "");
        att_buf_char(&row, option->letter);
        att_buf_char(&row, ' ');
    }
    att_buf_add(&row, att_phrase_option(face->words, option));
    line_put_line(face, att_buf_text(&row));
    att_buf_drop(&row);
}

static void list_options(line_face *face, const att_view *view, size_t from)
{
    size_t i;

    for (i = from; i < view->n_options; i++) {
        list_option(face, view, i);
    }
}

static void list_start(line_face *face)
{
    say_line(face, ATT_SAY_START_ASK, "", "");
    line_put(face, "1 ");
    say_line(face, ATT_SAY_START_YES, "", "");
    line_put(face, "2 ");
    say_line(face, ATT_SAY_START_NO, "", "");
}

static void list_review(line_face *face, const att_view *view)
{
    att_arena scratch = { 0 };
    size_t i;

    for (i = 0; i < view->n_review; i++) {
        const att_review_row *row = &view->review[i];

        line_put_line(face,
                      att_arena_format(&scratch, "%zu %s - %s", i + 1, row->question,
                                       att_phrase_review(&scratch, face->words, row)));
    }
    att_arena_drop(&scratch);
}

void line_list(line_face *face, const att_view *view)
{
    switch (view->screen) {
    case ATT_SCREEN_START: list_start(face); break;
    case ATT_SCREEN_REVIEW: list_review(face, view); break;
    case ATT_SCREEN_QUESTION:
    case ATT_SCREEN_GRID: list_options(face, view, 0); break;
    case ATT_SCREEN_WELCOME:
    case ATT_SCREEN_NOTE:
    case ATT_SCREEN_FINISHED:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT: break;
    }
}

/* ---- an answer, as it was typed and in words ---- */

static char *typed_codes(att_arena *arena, const att_view *view,
                         const att_answer *answer)
{
    att_buf buf = { 0 };
    char *text;
    size_t i, k;

    for (k = 0; k < answer->n_codes; k++) {
        for (i = 0; i < view->n_choices; i++) {
            if (view->options[i].code == answer->codes[k]) {
                att_buf_format(&buf, "%s%d", buf.n > 0 ? " " : "",
                               view->options[i].number);
            }
        }
    }
    text = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return text;
}

static char *typed_choice(att_arena *arena, const att_view *view, double code)
{
    size_t i;

    for (i = 0; i < view->n_choices; i++) {
        if ((double)view->options[i].code == code) {
            return att_arena_format(arena, "%d", view->options[i].number);
        }
    }
    return att_arena_text(arena, "");
}

char *line_typed(att_arena *arena, const att_view *view, const att_answer *answer)
{
    char day[ATT_DAY_SIZE];
    char letter;

    switch (answer->kind) {
    case ATT_ANSWER_REASON:
        letter = att_reason_letter(answer->reason);
        return letter == '\0' ? att_arena_text(arena, "")
                              : att_arena_format(arena, "%c", letter);
    case ATT_ANSWER_NUMBER:
        return view->shape == ATT_SHAPE_PICK_ONE
                   ? typed_choice(arena, view, answer->number)
                   : att_arena_text(arena, "");
    case ATT_ANSWER_CODES:
    case ATT_ANSWER_RANKS: return typed_codes(arena, view, answer);
    case ATT_ANSWER_DAY:
        att_day_write(day, answer->day);
        return att_arena_text(arena, day);
    case ATT_ANSWER_NONE:
    case ATT_ANSWER_TEXT: break;
    }
    return att_arena_text(arena, "");
}

/* Long text is counted rather than repeated. */
static char *in_words(att_arena *arena, const line_face *face, const att_view *view,
                      const att_answer *answer)
{
    const char *args[2];

    if (answer->kind != ATT_ANSWER_TEXT || !view->is_long) {
        return att_say_answer(arena, face->words, view, answer);
    }
    args[0] = att_arena_format(arena, "%zu", att_text_length(answer->text));
    args[1] = att_arena_format(arena, "%zu", view->max_length);
    return att_say_text(arena, face->words, ATT_SAY_OF_CHARACTERS, args, 2);
}

static void say_answer(line_face *face, const att_view *view, const att_answer *answer,
                       att_word with_both, att_word with_one)
{
    att_arena scratch = { 0 };
    const char *typed = line_typed(&scratch, view, answer);
    const char *words = in_words(&scratch, face, view, answer);

    if (typed[0] == '\0') {
        say_line(face, with_one, words, "");
    } else {
        say_line(face, with_both, typed, words);
    }
    att_arena_drop(&scratch);
}

/* An empty line ended a list of names. */
static void say_named(line_face *face, const att_view *view)
{
    att_arena scratch = { 0 };

    say_line(face, ATT_SAY_LINE_NAMED, att_arena_format(&scratch, "%zu", view->n_named),
             att_arena_format(&scratch, "%zu", view->name_of));
    att_arena_drop(&scratch);
}

void line_saved(line_face *face, const att_view *view, const att_answer *answer,
                bool is_kept)
{
    if (view->name_of > 0 && answer->kind == ATT_ANSWER_REASON &&
        answer->reason == ATT_REASON_SKIPPED) {
        say_named(face, view);
        return;
    }
    say_answer(face, view, answer, is_kept ? ATT_SAY_LINE_KEPT : ATT_SAY_LINE_SAVED,
               is_kept ? ATT_SAY_LINE_KEPT_ONE : ATT_SAY_LINE_SAVED_ONE);
}

/* ---- screens ---- */

static void show_start(line_face *face, const att_view *view)
{
    att_arena scratch = { 0 };
    att_start_text text = att_phrase_start(&scratch, face->words, view);

    line_put_line(face, view->title);
    line_put_line(face, text.warning);
    line_put_line(face, text.decisions);
    line_put_line(face, text.unreviewed);
    line_put_line(face, text.purpose);
    line_put_line(face, text.rights);
    line_put_line(face, text.about);
    line_put_line(face, text.wording);
    list_start(face);
    att_arena_drop(&scratch);
}

static void show_welcome(line_face *face, const att_view *view)
{
    att_arena scratch = { 0 };
    att_welcome_text text = att_phrase_welcome(&scratch, face->words, view);

    line_put(face, face->words->word[ATT_SAY_WELCOME]);
    line_put(face, ". ");
    line_put_line(face, text.stopped);
    if (view->has_draft) {
        line_put_line(face, face->words->word[ATT_SAY_DRAFT_KEPT]);
    }
    line_put_line(face, text.version);
    face->is_welcomed = true;
    att_arena_drop(&scratch);
}

/* "Question 5 of 20." and what follows on the same line. */
static void show_place(line_face *face, const att_view *view, const char *rest)
{
    att_arena scratch = { 0 };
    char *place = att_phrase_place(&scratch, face->words, view, false);
    char *left = att_phrase_left(&scratch, face->words, view);

    if (left[0] != '\0' && ceil(view->minutes_left) != face->said_left) {
        face->said_left = ceil(view->minutes_left); /* only when it is another */
        line_put(face, att_text_raise(&scratch, left));
        line_put(face, ".\n");
    }
    if (place[0] != '\0') {
        line_put(face, att_text_raise(&scratch, place));
        line_put(face, rest[0] == '\0' ? "." : ". ");
    }
    line_put(face, rest);
    line_put(face, "\n");
    att_arena_drop(&scratch);
}

/* What only an interviewer is told. */
static void show_interviewing(line_face *face, const char *note, const char *probe)
{
    if (note != NULL && note[0] != '\0') {
        say_line(face, ATT_SAY_NOTE, note, "");
    }
    if (probe != NULL && probe[0] != '\0') {
        say_line(face, ATT_SAY_PROBE, probe, "");
    }
}

/* Which name of a list this is; "" for another question. */
static void show_name(line_face *face, const att_view *view)
{
    att_arena scratch = { 0 };

    if (view->name_of > 0) {
        say_line(face,
                 view->answer.kind == ATT_ANSWER_TEXT ? ATT_SAY_LINE_NAME_KEPT
                                                      : ATT_SAY_LINE_NAME,
                 att_arena_format(&scratch, "%zu", view->name_at),
                 att_arena_format(&scratch, "%zu", view->name_of));
    }
    att_arena_drop(&scratch);
}

/* Whom the questions are about, once for each. */
static void show_person(line_face *face, const att_view *view)
{
    att_arena scratch = { 0 };

    if (view->alter[0] == '\0' || view->alter_at == 1) {
        line_put_line(face, att_phrase_person(&scratch, face->words, view));
    }
    att_arena_drop(&scratch);
}

static void show_question(line_face *face, const att_view *view)
{
    bool has_stem = view->stem[0] != '\0';

    if (view->name_at > 1) { /* the question was put with the first of the names */
        show_name(face, view);
        return;
    }
    show_person(face, view);
    show_place(face, view, has_stem ? view->stem : view->text);
    line_put_line(face, has_stem ? view->text : "");
    show_interviewing(face, view->note, view->probe);
    if (view->n_choices > 0) { /* a field's reasons stand in its prompt and its help */
        list_options(face, view, view->n_choices > LONG_LIST ? view->n_choices : 0);
    }
    if (view->shape == ATT_SHAPE_SLIDER) {
        att_arena scratch = { 0 };
        const char *low = att_phrase_number(&scratch, view->low);
        const char *high = att_phrase_number(&scratch, view->high);

        if (view->anchors[0][0] != '\0') {
            line_put_line(face,
                          att_arena_format(&scratch, "%s %s", low, view->anchors[0]));
        }
        if (view->anchors[1][0] != '\0') {
            line_put_line(face,
                          att_arena_format(&scratch, "%s %s", high, view->anchors[1]));
        }
        att_arena_drop(&scratch);
    } else if (view->shape == ATT_SHAPE_TIME) {
        att_arena scratch = { 0 };

        line_put_line(face, att_phrase_times(&scratch, face->words, view));
        att_arena_drop(&scratch);
    } else if (view->shape == ATT_SHAPE_DATE || view->shape == ATT_SHAPE_DATETIME) {
        att_arena scratch = { 0 };

        line_put_line(face, att_phrase_days(&scratch, face->words, view));
        att_arena_drop(&scratch);
    }
    show_name(face, view);
}

/* What the whole screen left in a box, to be typed again or not. */
static void show_draft(line_face *face, const att_view *view)
{
    if (view->draft != NULL) {
        say_line(face, ATT_SAY_DRAFT_WAS, view->draft, "");
    }
}

static void show_row(line_face *face, const att_view *view)
{
    att_arena scratch = { 0 };
    const char *args[2] = { att_arena_format(&scratch, "%zu", view->row + 1),
                            att_arena_format(&scratch, "%zu", view->n_rows) };

    line_put(face, att_say_text(&scratch, face->words, ATT_SAY_ROW_OF, args, 2));
    line_put(face, " ");
    line_put_line(face, view->rows[view->row].text);
    show_interviewing(face, view->rows[view->row].note, view->rows[view->row].probe);
    att_arena_drop(&scratch);
}

static void show_review(line_face *face, const att_view *view)
{
    line_put(face, face->words->word[ATT_SAY_REVIEW]);
    line_put(face, ". ");
    show_place(face, view, "");
    list_review(face, view);
}

static void show_screen(line_face *face, const att_view *view)
{
    if (face->has_written && !face->is_welcomed) {
        line_put(face, "\n");
    }
    face->is_welcomed = false;
    switch (view->screen) {
    case ATT_SCREEN_START: show_start(face, view); break;
    case ATT_SCREEN_WELCOME: show_welcome(face, view); break;
    case ATT_SCREEN_NOTE:
        line_put_line(face, view->section);
        line_put_line(face, view->text);
        show_interviewing(face, view->note, view->probe);
        break;
    case ATT_SCREEN_QUESTION: show_question(face, view); break;
    case ATT_SCREEN_GRID:
        show_person(face, view);
        show_place(face, view, view->stem);
        show_interviewing(face, view->note, view->probe);
        list_options(face, view, 0);
        break;
    case ATT_SCREEN_REVIEW: show_review(face, view); break;
    case ATT_SCREEN_FINISHED:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT: break;
    }
}

void line_show(line_face *face, const att_view *view)
{
    bool is_same =
        face->is_shown && face->screen == view->screen && face->item == view->item;
    bool is_grid = view->screen == ATT_SCREEN_GRID;
    const att_answer *answer = line_answer(view);

    if (is_same && (!is_grid || face->row == view->row)) {
        return;
    }
    if (!is_same) {
        show_screen(face, view);
    }
    if (is_grid) {
        show_row(face, view);
    }
    if ((is_grid || view->screen == ATT_SCREEN_QUESTION) &&
        answer->kind != ATT_ANSWER_NONE) {
        say_answer(face, view, answer, ATT_SAY_LINE_YOURS, ATT_SAY_LINE_YOURS_ONE);
    }
    show_draft(face, view);
    face->is_shown = true;
    face->screen = view->screen;
    face->item = view->item;
    face->row = view->row;
}

/* ---- prompts ---- */

static char *prompt_field(att_arena *arena, const att_words *words,
                          const att_view *view)
{
    const char *args[3] = { att_phrase_wanted(arena, words, view, true), "?", "?" };
    const char *letters = att_phrase_letters(arena, words, view);

    if (letters[0] == '\0') {
        return att_say_text(arena, words, ATT_SAY_LINE_ANSWER_TEXT, args, 2);
    }
    args[1] = letters;
    return att_say_text(arena, words, ATT_SAY_LINE_TYPE, args, 3);
}

/* "Type the numbers in order, first to last, like 3 1 2 (1 to 4 or r)" */
static char *prompt_rank(att_arena *arena, const att_words *words, const att_view *view)
{
    size_t n = view->n_ranks < 3 ? view->n_ranks : 3;
    const char *args[3] = { "", att_phrase_keys(arena, words, view), "?" };
    att_buf like = { 0 };

    for (size_t i = 0; i < n; i++) {
        size_t choice = i == 0 ? n - 1 : i - 1;

        att_buf_format(&like, "%s%d", i == 0 ? "" : " ", view->options[choice].number);
    }
    args[0] = att_buf_copy(arena, &like);
    att_buf_drop(&like);
    return att_say_text(arena, words,
                        view->n_ranks < view->n_choices ? ATT_SAY_LINE_TYPE_RANK_SOME
                                                        : ATT_SAY_LINE_TYPE_RANK,
                        args, 3);
}

static char *prompt_question(att_arena *arena, const att_words *words,
                             const att_view *view)
{
    const char *args[2] = { "", "?" };

    switch (view->shape) {
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER:
    case ATT_SHAPE_DATE:
    case ATT_SHAPE_TIME:
    case ATT_SHAPE_DATETIME: return prompt_field(arena, words, view);
    case ATT_SHAPE_TEXT:
        args[0] = ":help";
        if (view->name_of > 0 && view->brief[0] != '\0') {
            args[0] = view->brief;
            args[1] = ":help";
            return att_say_text(arena, words, ATT_SAY_LINE_TYPE_NAME, args, 2);
        }
        return att_say_text(
            arena, words,
            view->is_long ? ATT_SAY_LINE_TYPE_LONG : ATT_SAY_LINE_TYPE_TEXT, args, 1);
    case ATT_SHAPE_RANK: return prompt_rank(arena, words, view);
    case ATT_SHAPE_PICK_MANY:
        args[0] = att_phrase_keys(arena, words, view);
        return att_say_text(arena, words, ATT_SAY_LINE_TYPE_MANY, args, 2);
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_CONSENT:
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CALC:
    case ATT_SHAPE_CONTAINER: break;
    }
    if (view->n_choices > LONG_LIST) {
        return att_say_text(arena, words, ATT_SAY_LINE_TYPE_FIND, args + 1, 1);
    }
    args[0] = att_phrase_keys(arena, words, view);
    return att_say_text(arena, words, ATT_SAY_LINE_ANSWER, args, 2);
}

void line_prompt(line_face *face, const att_view *view)
{
    att_arena scratch = { 0 };
    att_option options[2];
    att_view own = line_with_choices(view, options);
    const char *help = "?";

    if (view->screen == ATT_SCREEN_REVIEW) {
        line_put(face, face->words->word[ATT_SAY_LINE_REVIEW]);
    } else if (view->screen == ATT_SCREEN_NOTE) {
        line_put(face,
                 att_say_text(&scratch, face->words, ATT_SAY_LINE_READ, &help, 1));
    } else {
        line_put(face, prompt_question(&scratch, face->words, &own));
    }
    line_put(face, " ");
    att_arena_drop(&scratch);
}

/* ---- help: made from the table of keys ---- */

static void add_help(att_buf *out, const att_words *words, const char *keys,
                     att_word does)
{
    const char *args[2] = { keys, words->word[does] };

    att_buf_add(out, out->n > 0 ? " " : "");
    att_say(out, words, ATT_SAY_HELP_LINE, args, 2);
}

static void add_press(att_buf *out, const line_face *face, att_press press,
                      bool is_text)
{
    size_t i;

    for (i = 0; i < att_n_keymap; i++) {
        const att_key_row *row = &att_keymap[i];
        const char *typed = is_text ? row->colon : row->line;

        if (row->press == press && typed != NULL && typed[0] != '\0') {
            add_help(out, face->words, typed, row->help);
            return;
        }
    }
}

/* "1 to 5, n, r" */
static char *keys_listed(att_arena *arena, const att_words *words, const att_view *view)
{
    att_view choices = *view;
    att_buf buf = { 0 };
    char *text;
    size_t i;

    choices.n_options = view->n_choices;
    att_buf_add(&buf,
                view->n_choices > 0 ? att_phrase_keys(arena, words, &choices) : "");
    for (i = view->n_choices; i < view->n_options; i++) {
        att_buf_format(&buf, "%s%s%c", buf.n > 0 ? ", " : "",
                       line_is_text(view) ? ":reason " : "", view->options[i].letter);
    }
    text = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return text;
}

void line_help(line_face *face, const att_view *view)
{
    static const att_press more[] = { ATT_PRESS_LIST, ATT_PRESS_SAVE, ATT_PRESS_HELP };
    att_arena scratch = { 0 };
    att_option options[2];
    att_view own = line_with_choices(view, options);
    bool is_text = line_is_text(view);
    att_buf row = { 0 };
    size_t i;

    if (view->screen == ATT_SCREEN_REVIEW) {
        add_press(&row, face, ATT_PRESS_FINISH, false);
    } else if (own.n_options > 0) {
        add_help(&row, face->words, keys_listed(&scratch, face->words, &own),
                 own.n_choices > 0 ? ATT_SAY_KEY_MARK : ATT_SAY_KEY_REASON);
    }
    if (view->screen != ATT_SCREEN_START) {
        add_press(&row, face, ATT_PRESS_BACK, is_text);
    }
    line_put_line(face, att_buf_text(&row));
    att_buf_cut(&row, 0);
    for (i = 0; i < sizeof more / sizeof more[0]; i++) {
        add_press(&row, face, more[i], is_text);
    }
    line_put_line(face, att_buf_text(&row));
    if (view->screen == ATT_SCREEN_QUESTION && view->n_choices == 0) {
        list_options(face, view, 0);
    }
    line_put_line(face, att_phrase_about(&scratch, face->words, view));
    att_buf_drop(&row);
    att_arena_drop(&scratch);
}
