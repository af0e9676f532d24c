/* widget.c - the answer that is being given: its state; see the header */
#include "widget_in.h"

#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

#define FIND_FROM_START 60 /* longer lists open with their search */

/* ---- what sort of answer ---- */

bool att_widget_is_grid(const att_widget *w)
{
    return w->view.screen == ATT_SCREEN_GRID;
}

bool att_widget_is_asking(const att_widget *w)
{
    return w->view.screen == ATT_SCREEN_QUESTION;
}

static bool is_one(const att_widget *w)
{
    return w->view.screen == ATT_SCREEN_START || w->view.screen == ATT_SCREEN_WELCOME ||
           (att_widget_is_asking(w) && w->view.shape == ATT_SHAPE_PICK_ONE);
}

bool att_widget_is_many(const att_widget *w)
{
    return att_widget_is_asking(w) && w->view.shape == ATT_SHAPE_PICK_MANY;
}

bool att_widget_is_rank(const att_widget *w)
{
    return att_widget_is_asking(w) && w->view.shape == ATT_SHAPE_RANK;
}

bool att_widget_is_slider(const att_widget *w)
{
    return att_widget_is_asking(w) && w->view.shape == ATT_SHAPE_SLIDER;
}

bool att_widget_is_box(const att_widget *w)
{
    return att_widget_is_asking(w) && w->view.shape == ATT_SHAPE_TEXT;
}

bool att_widget_is_typed(const att_widget *w)
{
    return att_widget_is_slider(w) || att_widget_is_box(w) ||
           (att_widget_is_asking(w) &&
            (w->view.shape == ATT_SHAPE_NUMBER || w->view.shape == ATT_SHAPE_DATE ||
             w->view.shape == ATT_SHAPE_TIME || w->view.shape == ATT_SHAPE_DATETIME));
}

att_scene att_widget_hints(const att_widget *w)
{
    if (w->seen.is_tiny) {
        return ATT_SCENE_TINY;
    }
    if (w->mode == ATT_MODE_PIN) {
        return ATT_SCENE_PIN;
    }
    if (w->mode != ATT_MODE_ANSWER) {
        return w->mode == ATT_MODE_HELP ? ATT_SCENE_OVER : ATT_SCENE_ASK;
    }
    if (w->is_finding) {
        return ATT_SCENE_FIND;
    }
    if (w->view.screen == ATT_SCREEN_REVIEW) {
        return ATT_SCENE_LIST;
    }
    if (att_widget_is_grid(w)) {
        return w->seen.is_listed ? ATT_SCENE_ONE : ATT_SCENE_GRID;
    }
    if (att_widget_is_many(w)) {
        return ATT_SCENE_MANY;
    }
    if (att_widget_is_rank(w)) {
        return ATT_SCENE_RANK;
    }
    if (att_widget_is_slider(w)) {
        return ATT_SCENE_SLIDER;
    }
    if (att_widget_is_box(w)) {
        return w->view.is_long ? ATT_SCENE_TEXT : ATT_SCENE_LINE;
    }
    return is_one(w) ? ATT_SCENE_ONE : ATT_SCENE_FIELD;
}

att_scene att_widget_scene(const att_widget *w)
{
    att_scene scene = att_widget_hints(w);

    /* the choices below a box are choices */
    if (w->is_in_list && att_widget_is_typed(w) && w->mode == ATT_MODE_ANSWER &&
        !w->seen.is_tiny) {
        return ATT_SCENE_ONE;
    }
    return scene;
}

/* ---- options ---- */

size_t att_widget_find_number(const att_widget *w, int number)
{
    size_t i;

    for (i = 0; i < w->view.n_options; i++) {
        const att_option *option = &w->view.options[i];

        if (option->reason == ATT_REASON_NONE && option->number == number) {
            return i;
        }
    }
    return ATT_NONE;
}

size_t att_widget_find_letter(const att_widget *w, int letter)
{
    size_t i;

    for (i = 0; i < w->view.n_options; i++) {
        if (w->view.options[i].letter != 0 && w->view.options[i].letter == letter) {
            return i;
        }
    }
    return ATT_NONE;
}

/* Whether some number has these digits in front and more behind. */
bool att_widget_begins_number(const att_widget *w, int digits)
{
    size_t i;

    for (i = 0; i < w->view.n_options; i++) {
        int rest = w->view.options[i].reason == ATT_REASON_NONE
                       ? w->view.options[i].number / 10
                       : 0;

        while (rest > digits) {
            rest /= 10;
        }
        if (rest == digits && rest > 0) {
            return true;
        }
    }
    return false;
}

static size_t find_answer(const att_widget *w, const att_answer *answer)
{
    size_t i;

    for (i = 0; i < w->view.n_options; i++) {
        const att_option *option = &w->view.options[i];
        bool is_same = answer->kind == ATT_ANSWER_REASON
                           ? option->reason == answer->reason
                           : option->reason == ATT_REASON_NONE &&
                                 (double)option->code == answer->number;

        if (is_same &&
            (answer->kind == ATT_ANSWER_REASON || answer->kind == ATT_ANSWER_NUMBER)) {
            return i;
        }
    }
    return ATT_NONE;
}

att_answer att_widget_answer_of(const att_option *option)
{
    return option->reason != ATT_REASON_NONE ? att_answer_of_reason(option->reason)
                                             : att_answer_of_number(option->code);
}

/* ---- opening ---- */

static const att_option *local_options(att_arena *arena, const att_words *words,
                                       const att_view *view)
{
    att_option *options = att_new_n(arena, att_option, 2);
    att_buf number = { 0 };
    const char *args[1];

    att_number_write(&number, (double)view->at);
    args[0] = att_buf_text(&number);
    options[0] = (att_option){ .number = 1, .code = 1 };
    options[1] = (att_option){ .number = 2, .code = 2 };
    if (view->screen == ATT_SCREEN_START) {
        options[0].text = words->word[ATT_SAY_START_YES];
        options[1].text = words->word[ATT_SAY_START_NO];
    } else {
        options[0].text = view->at > 0
                              ? att_say_text(arena, words, ATT_SAY_GO_ON_WITH, args, 1)
                              : words->word[ATT_SAY_GO_ON_REVIEW];
        options[1].text = words->word[ATT_SAY_LOOK_OVER_FIRST];
    }
    att_buf_drop(&number);
    return options;
}

static void take_view(att_widget *w, const att_view *view)
{
    w->view = *view;
    if (view->screen == ATT_SCREEN_START || view->screen == ATT_SCREEN_WELCOME) {
        w->view.options = local_options(w->arena, w->words, view);
        w->view.n_options = w->view.n_choices = 2;
        w->view.shape = ATT_SHAPE_PICK_ONE;
        w->view.required = ATT_REQUIRED_HARD;
        w->view.answer = (att_answer){ 0 };
    }
}

static void show_codes(att_widget *w, const att_answer *answer)
{
    size_t i, j;

    for (i = 0; i < w->view.n_options; i++) {
        const att_option *option = &w->view.options[i];

        for (j = 0; answer->kind == ATT_ANSWER_CODES && j < answer->n_codes; j++) {
            w->many.on[i] |=
                option->reason == ATT_REASON_NONE && option->code == answer->codes[j];
        }
        w->many.on[i] |=
            answer->kind == ATT_ANSWER_REASON && option->reason == answer->reason;
    }
}

/* An answer as it would be typed. */
static void write_typed(att_buf *out, const att_answer *answer)
{
    if (answer->kind == ATT_ANSWER_NUMBER && isfinite(answer->number)) {
        att_number_write(out, answer->number);
    } else if (answer->kind == ATT_ANSWER_DAY) {
        char day[ATT_DAY_SIZE];

        att_day_write(day, answer->day);
        att_buf_add(out, day);
    } else if (answer->kind == ATT_ANSWER_TEXT && answer->text != NULL) {
        att_buf_add(out, answer->text);
    }
}

static void show_typed(att_widget *w, const att_answer *answer)
{
    att_buf text = { 0 };

    write_typed(&text, answer);
    att_edit_set(w->arena, &w->edit, att_buf_text(&text));
    w->is_fresh = true;
    att_buf_drop(&text);
}

/* What was typed before the session stopped stands in the box again. */
static void show_draft(att_widget *w, const char *draft)
{
    if (draft != NULL && att_widget_is_typed(w) && !att_widget_is_slider(w)) {
        att_edit_set(w->arena, &w->edit, draft);
        w->mark = ATT_NONE;
        w->is_in_list = false;
        w->focus = 0;
    }
}

const char *att_widget_draft(const att_widget *w)
{
    const char *text = "";
    att_buf kept = { 0 };

    if (att_widget_is_typed(w) && !att_widget_is_slider(w)) {
        write_typed(&kept, &w->view.answer);
        text = strcmp(w->edit.text, att_buf_text(&kept)) == 0 ? "" : w->edit.text;
        att_buf_drop(&kept);
    }
    return text;
}

/* Fills the state from what is kept. */
static void show_kept(att_widget *w)
{
    const att_answer *answer = &w->view.answer;
    size_t i;

    if (att_widget_is_many(w)) {
        show_codes(w, answer);
        for (i = w->view.n_options; i-- > 0;) {
            w->focus = w->many.on[i] ? i : w->focus;
        }
        return;
    }
    if (att_widget_is_rank(w)) {
        att_widget_show_places(w, answer);
        return;
    }
    if (att_widget_is_typed(w)) {
        show_typed(w, answer);
        w->mark = answer->kind == ATT_ANSWER_REASON ? find_answer(w, answer) : ATT_NONE;
        w->is_in_list = w->mark != ATT_NONE;
    } else {
        w->mark = find_answer(w, answer);
    }
    w->focus = w->mark != ATT_NONE ? w->mark : 0;
}

void att_widget_enter_row(att_widget *w, size_t row)
{
    w->row = row < w->view.n_rows ? row : 0;
    w->focus = 0;
    if (w->view.n_rows > 0 && w->row_mark[w->row] != ATT_NONE) {
        w->focus = w->row_mark[w->row];
    }
}

att_widget *att_widget_open(att_arena *arena, const att_words *words,
                            const att_view *view)
{
    att_widget *w = att_new(arena, att_widget);
    size_t i;

    w->arena = arena;
    w->words = words;
    w->mark = ATT_NONE;
    w->seen.is_reading = true;
    take_view(w, view);
    att_edit_set(arena, &w->edit, "");
    w->many = att_widget_make_marks(arena, w->view.n_options);
    w->before = att_widget_make_marks(arena, w->view.n_options);
    w->place = att_new_n(arena, size_t, w->view.n_options);
    w->place_before = att_new_n(arena, size_t, w->view.n_options);
    w->row_mark = att_new_n(arena, size_t, w->view.n_rows);
    w->row_item = att_new_n(arena, size_t, w->view.n_rows);
    for (i = 0; i < w->view.n_rows; i++) {
        w->row_mark[i] = find_answer(w, &w->view.rows[i].answer);
        w->row_item[i] = w->view.rows[i].item;
    }
    if (att_widget_is_grid(w)) {
        att_widget_enter_row(w, w->view.row);
    } else if (att_widget_is_asking(w)) {
        show_kept(w);
        show_draft(w, view->draft);
        if (view->n_choices > FIND_FROM_START) {
            att_widget_begin_find(w);
        }
    }
    return w;
}

bool att_widget_renew(att_widget *w, const att_view *view)
{
    size_t n = w->view.n_options;
    size_t i;

    if (view->screen != w->view.screen || view->item != w->view.item ||
        view->shape != w->view.shape || view->n_rows != w->view.n_rows) {
        return w->view.screen == view->screen &&
               (view->screen == ATT_SCREEN_START || view->screen == ATT_SCREEN_WELCOME);
    }
    for (i = 0; i < view->n_rows; i++) {
        if (view->rows[i].item != w->row_item[i]) {
            return false;
        }
    }
    if (view->screen == ATT_SCREEN_REVIEW && view->n_review != w->view.n_review) {
        return false;
    }
    if (view->screen != ATT_SCREEN_START && view->screen != ATT_SCREEN_WELCOME &&
        view->n_options != n) {
        return false;
    }
    take_view(w, view);
    w->refusal = (att_refusal){ 0 };
    w->typed = 0;
    w->is_finding = false;
    w->folded = NULL; /* the texts may be others now */
    if (att_widget_is_grid(w) && !w->is_flushing) {
        att_widget_enter_row(w, view->row);
    }
    return true;
}

void att_widget_say(att_widget *w, const att_refusal *refusal)
{
    w->refusal = *refusal;
    if (refusal->text != NULL) {
        w->refusal.text = att_arena_text(w->arena, refusal->text);
    }
    w->is_flushing = false;
    w->seen.is_reading = false;
}

void att_widget_refuse(att_widget *w, const att_refusal *refusal)
{
    att_widget_say(w, refusal);
    w->mode = ATT_MODE_ANSWER;
}

/* ---- the answer as it stands ---- */

static int compare_codes(int a, int b)
{
    return a < b ? -1 : a > b;
}

static att_answer marked_codes(const att_widget *w)
{
    int *codes = att_new_n(w->arena, int, w->view.n_options);
    size_t n = 0;
    size_t i, j;

    for (i = 0; i < w->view.n_options; i++) {
        const att_option *option = &w->view.options[i];

        if (!w->many.on[i]) {
            continue;
        }
        if (option->reason != ATT_REASON_NONE) {
            return att_answer_of_reason(option->reason);
        }
        for (j = n; j > 0 && compare_codes(codes[j - 1], option->code) > 0; j--) {
            codes[j] = codes[j - 1];
        }
        codes[j] = option->code;
        n++;
    }
    return n > 0 ? att_answer_of_codes(codes, n) : (att_answer){ 0 };
}

bool att_widget_is_blank(const char *text)
{
    return text[strspn(text, " \t\n")] == '\0';
}

static att_answer typed_answer(const att_widget *w)
{
    att_answer none = { 0 };
    double number = 0;
    att_day day = 0;

    if (att_widget_is_blank(w->edit.text)) {
        return none;
    }
    if (att_widget_is_box(w)) {
        return att_answer_of_text(att_text_compose(w->arena, w->edit.text));
    }
    if (w->view.shape == ATT_SHAPE_DATE) {
        return att_day_read(w->edit.text, w->edit.n, &day) ? att_answer_of_day(day)
                                                           : none;
    }
    if (w->view.shape == ATT_SHAPE_TIME || w->view.shape == ATT_SHAPE_DATETIME) {
        const char *kept = att_clock_compose(w->arena, w->edit.text,
                                             w->view.shape == ATT_SHAPE_DATETIME);

        return kept == NULL ? none : att_answer_of_text(kept);
    }
    return att_number_read(w->edit.text, w->edit.n, &number)
               ? att_answer_of_number(number)
               : none;
}

att_answer att_widget_answer(const att_widget *w)
{
    size_t mark = att_widget_marked(w, w->row);

    if (att_widget_is_many(w)) {
        return marked_codes(w);
    }
    if (att_widget_is_rank(w) && mark == ATT_NONE) {
        return att_widget_places(w);
    }
    if (mark != ATT_NONE) {
        return att_widget_answer_of(&w->view.options[mark]);
    }
    return att_widget_is_typed(w) ? typed_answer(w) : (att_answer){ 0 };
}

size_t att_widget_marked(const att_widget *w, size_t row)
{
    if (!att_widget_is_grid(w)) {
        return w->mark;
    }
    return row < w->view.n_rows ? w->row_mark[row] : ATT_NONE;
}

bool att_widget_value(const att_widget *w, double *out)
{
    return att_widget_is_slider(w) && w->mark == ATT_NONE &&
           att_number_read(w->edit.text, w->edit.n, out);
}

bool att_widget_row_is_pending(const att_widget *w, size_t row)
{
    size_t mark = w->row_mark[row];
    att_answer answer;

    if (mark == ATT_NONE) {
        return false;
    }
    answer = att_widget_answer_of(&w->view.options[mark]);
    return !att_answer_same(&answer, &w->view.rows[row].answer);
}

bool att_widget_is_pending(const att_widget *w)
{
    att_answer answer;
    size_t i;

    for (i = 0; att_widget_is_grid(w) && i < w->view.n_rows; i++) {
        if (att_widget_row_is_pending(w, i)) {
            return true;
        }
    }
    if (!att_widget_is_asking(w)) {
        return false;
    }
    answer = att_widget_answer(w);
    if (answer.kind == ATT_ANSWER_NONE && w->edit.n > 0 && w->mark == ATT_NONE) {
        return true; /* half a number */
    }
    if (answer.kind == ATT_ANSWER_NONE && w->view.answer.kind == ATT_ANSWER_REASON) {
        return find_answer(w, &w->view.answer) != ATT_NONE;
    }
    return !att_answer_same(&answer, &w->view.answer);
}
