/* Items of a Questionnaire. */
#include <math.h>
#include <string.h>

#include <attune/base/stamp.h>
#include <attune/instrument/kind.h>

#include "dialect_fhir_writer.h"
#include "expr_tree.h"

#define LOSE ATT_FHIR_LOSE

/* ---- sorts of items ---- */

static bool is_grid(const att_item *item)
{
    return item->kind->shape == ATT_SHAPE_CONTAINER && item->kind->has_choices;
}

static bool is_page(const att_item *item)
{
    return strcmp(item->kind->name, "page") == 0;
}

static bool is_whole(double x)
{
    return x == floor(x) && fabs(x) < 2147483648.0;
}

/* A slider that stops at whole numbers only. */
static bool is_whole_slider(const att_item *item)
{
    return is_whole(item->step) && is_whole(item->min) && is_whole(item->max);
}

static const char *type_of(const att_fhir_writer *w, const att_item *item)
{
    switch (item->kind->shape) {
    case ATT_SHAPE_NOTE: return "display";
    case ATT_SHAPE_CONTAINER: return "group";
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_PICK_MANY:
    case ATT_SHAPE_RANK:
    case ATT_SHAPE_CONSENT:
        return att_set_behind(w->instrument, item) == NULL ? "string" : "choice";
    case ATT_SHAPE_NUMBER:
        return strcmp(item->kind->name, "integer") == 0 ? "integer" : "decimal";
    case ATT_SHAPE_SLIDER: return is_whole_slider(item) ? "integer" : "decimal";
    case ATT_SHAPE_CALC: return "decimal";
    case ATT_SHAPE_TEXT: return item->is_long ? "text" : "string";
    case ATT_SHAPE_DATE: return "date";
    case ATT_SHAPE_TIME: return "time";
    case ATT_SHAPE_DATETIME: return "dateTime";
    }
    return "string";
}

/* ---- extensions ---- */

/* The list of an element's extensions, opened with its first. */
typedef struct extending {
    att_fhir_writer *w;
    const char *type; /* of the item */
    bool is_open;
} extending;

static void open_list(extending *e)
{
    if (!e->is_open) {
        att_json_key(&e->w->out, "extension");
        att_json_list(&e->w->out);
        e->is_open = true;
    }
}

static void close_list(extending *e)
{
    if (e->is_open) {
        att_json_end_list(&e->w->out);
    }
}

static void put_control(extending *e, const char *code)
{
    open_list(e);
    att_fhir_put_control(e->w, code);
}

static void put_whole(extending *e, const char *url, long long n)
{
    open_list(e);
    att_fhir_begin_extension(e->w, url);
    att_json_put_whole(&e->w->out, "valueInteger", n);
    att_fhir_end_extension(e->w);
}

static void put_limit(extending *e, const char *url, double x)
{
    bool is_integer = strcmp(e->type, "integer") == 0;

    open_list(e);
    att_fhir_begin_extension(e->w, url);
    if (is_integer && is_whole(x)) {
        att_json_put_whole(&e->w->out, "valueInteger", (long long)x);
    } else {
        att_json_put_number(&e->w->out, "valueDecimal", x);
    }
    att_fhir_end_extension(e->w);
}

static void put_range(extending *e, const att_item *item)
{
    if (item->has_min || item->kind->shape == ATT_SHAPE_SLIDER) {
        put_limit(e, ATT_FHIR_MIN, item->min);
    }
    if (item->has_max || item->kind->shape == ATT_SHAPE_SLIDER) {
        put_limit(e, ATT_FHIR_MAX, item->max);
    }
}

static void put_step(extending *e, const att_item *item)
{
    bool is_slider = item->kind->shape == ATT_SHAPE_SLIDER;

    if (is_slider && is_whole(item->step)) {
        put_whole(e, ATT_FHIR_STEP, item->step > 0 ? (long long)item->step : 1);
    } else if (item->step != 0 && !(item->step == 1 && !is_slider &&
                                    strcmp(item->kind->name, "integer") == 0)) {
        LOSE(e->w, DROPPED, item->id, "the step of %g", item->step);
    }
}

static void put_clock(extending *e, const char *url, double minutes)
{
    int n = (int)minutes;

    open_list(e);
    att_fhir_begin_extension(e->w, url);
    att_json_put_string(&e->w->out, "valueTime",
                        att_arena_format(e->w->arena, "%02d:%02d:00", n / 60, n % 60));
    att_fhir_end_extension(e->w);
}

/* A limit that is worked out: the value's element holds the expression. */
static void put_today(extending *e, const char *key)
{
    att_json_out *out = &e->w->out;

    att_json_key(out, att_arena_format(e->w->arena, "_%s", key));
    att_json_object(out);
    att_json_key(out, "extension");
    att_json_list(out);
    att_fhir_put_expression(e->w, ATT_FHIR_WORKED_OUT, "today()", "today");
    att_json_end_list(out);
    att_json_end_object(out);
}

static void put_day(extending *e, const char *url, const char *id, const att_expr *expr)
{
    const char *key = strcmp(e->type, "date") == 0 ? "valueDate" : "valueDateTime";
    const att_node *root = expr == NULL ? NULL : expr->root;
    bool is_today = root != NULL && root->kind == ATT_NODE_REF &&
                    root->ref.kind == ATT_REF_WORD && root->ref.index == ATT_WORD_TODAY;
    char day[ATT_DAY_SIZE];

    if (root == NULL) {
        return;
    }
    if (!is_today && (root->kind != ATT_NODE_VALUE || root->type != ATT_TYPE_DAY)) {
        LOSE(e->w, DROPPED, id, "the limit is worked out: %s", att_expr_text(expr));
        return;
    }
    open_list(e);
    att_fhir_begin_extension(e->w, url);
    if (is_today) {
        put_today(e, key);
    } else {
        att_day_write(day, (att_day)root->value.number);
        att_json_put_string(&e->w->out, key, day);
    }
    att_fhir_end_extension(e->w);
}

/* Checks that have an extension of their own: the least length, and a pattern. */
static bool put_check(extending *e, const att_node *node)
{
    const att_node *call = node->kind == ATT_NODE_COMPARE ? node->kids[0] : node;

    if (node->kind == ATT_NODE_AND) {
        bool is_said = true;

        for (size_t i = 0; i < node->n_kids; i++) {
            is_said = put_check(e, node->kids[i]) && is_said;
        }
        return is_said;
    }
    if (call->kind != ATT_NODE_CALL || call->kids[0]->kind != ATT_NODE_OWN) {
        return false;
    }
    if (node->kind == ATT_NODE_COMPARE && node->op == 'g' &&
        call->function->id == ATT_FN_LENGTH && node->kids[1]->kind == ATT_NODE_VALUE &&
        is_whole(node->kids[1]->value.number)) {
        put_whole(e, ATT_FHIR_MIN_LENGTH, (long long)node->kids[1]->value.number);
        return true;
    }
    if (node == call && call->function->id == ATT_FN_MATCHES &&
        call->kids[1]->kind == ATT_NODE_VALUE) {
        open_list(e);
        att_fhir_begin_extension(e->w, ATT_FHIR_REGEX);
        att_json_put_string(&e->w->out, "valueString", call->kids[1]->value.text);
        att_fhir_end_extension(e->w);
        return true;
    }
    return false;
}

static void put_checks(extending *e, const att_item *item)
{
    if (item->check != NULL && !put_check(e, item->check->root)) {
        LOSE(e->w, DROPPED, item->id, "the check %s", att_expr_text(item->check));
    } else if (item->check != NULL && item->check_text.in != NULL) {
        LOSE(e->w, DROPPED, item->id, "what is said when the check does not hold");
    }
    if (item->warn != NULL) {
        LOSE(e->w, DROPPED, item->id, "the warning unless %s",
             att_expr_text(item->warn));
    }
}

static void put_short(extending *e, const att_item *item)
{
    if (att_fhir_words(e->w, &item->brief)[0] != '\0') {
        open_list(e);
        att_fhir_begin_extension(e->w, ATT_FHIR_SHORT);
        att_fhir_put_words(e->w, "valueString", item->id, &item->brief);
        att_fhir_end_extension(e->w);
    }
}

static void put_calculation(extending *e, const char *id, const att_expr *value)
{
    att_logic logic =
        att_fhir_path(e->w->arena, e->w->instrument, &e->w->scores, value, true);

    if (logic.text == NULL) {
        LOSE(e->w, DROPPED, id, "the calculation %s: %s", att_expr_text(value),
             logic.why);
        return;
    }
    if (logic.near[0] != '\0') {
        LOSE(e->w, APPROXIMATED, id, "the calculation %s: %s", att_expr_text(value),
             logic.near);
    }
    open_list(e);
    att_fhir_put_expression(e->w, ATT_FHIR_CALCULATED, logic.text,
                            att_expr_text(value));
}

/* A condition that a list of comparisons cannot say. */
static void put_condition(extending *e, const char *id, const att_expr *show)
{
    att_logic logic =
        att_fhir_path(e->w->arena, e->w->instrument, &e->w->scores, show, false);

    if (logic.text == NULL) {
        LOSE(e->w, DROPPED, id, "the condition %s: %s", att_expr_text(show), logic.why);
        return;
    }
    if (logic.near[0] != '\0') {
        LOSE(e->w, APPROXIMATED, id, "the condition %s: %s", att_expr_text(show),
             logic.near);
    }
    open_list(e);
    att_fhir_put_expression(e->w, ATT_FHIR_ENABLE, logic.text, att_expr_text(show));
}

static void put_extensions(att_fhir_writer *w, const att_item *item, bool has_whens)
{
    extending e = { .w = w, .type = type_of(w, item) };

    if (is_page(item)) {
        put_control(&e, "page");
    } else if (is_grid(item)) {
        put_control(&e, "table");
    }
    if (w->scores.repeats[item - w->instrument->items]) {
        put_whole(&e, ATT_FHIR_LEAST, (long long)item->roster->n);
        put_whole(&e, ATT_FHIR_MOST, (long long)item->roster->n);
    }
    put_short(&e, item);
    switch (item->kind->shape) {
    case ATT_SHAPE_SLIDER:
    case ATT_SHAPE_NUMBER:
        if (item->kind->shape == ATT_SHAPE_SLIDER) {
            put_control(&e, "slider");
        }
        put_range(&e, item);
        put_step(&e, item);
        if (item->decimals >= 0) {
            put_whole(&e, ATT_FHIR_DECIMALS, item->decimals);
        }
        break;
    case ATT_SHAPE_DATE:
    case ATT_SHAPE_DATETIME:
        put_day(&e, ATT_FHIR_MIN, item->id, item->min_day);
        put_day(&e, ATT_FHIR_MAX, item->id, item->max_day);
        break;
    case ATT_SHAPE_TIME:
        if (item->has_min) {
            put_clock(&e, ATT_FHIR_MIN, item->min);
        }
        if (item->has_max) {
            put_clock(&e, ATT_FHIR_MAX, item->max);
        }
        break;
    case ATT_SHAPE_CALC:
        open_list(&e);
        att_fhir_put_flag(w, ATT_FHIR_HIDDEN);
        put_calculation(&e, item->id, item->value);
        break;
    default: break;
    }
    put_checks(&e, item);
    if (item->show != NULL && !has_whens) {
        put_condition(&e, item->id, item->show);
    }
    close_list(&e);
}

/* ---- conditions ---- */

static void put_when(att_fhir_writer *w, const att_fhir_when *when)
{
    att_json_out *out = &w->out;

    att_json_object(out);
    att_json_put_string(out, "question", when->question);
    att_json_put_string(out, "operator", when->op);
    if (strcmp(when->answer, "answerCoding") == 0) {
        att_json_key(out, when->answer);
        att_json_object(out);
        att_json_put_string(out, "system", when->system);
        att_json_put_string(out, "code", when->text);
        att_json_end_object(out);
    } else if (when->text != NULL) {
        att_json_put_string(out, when->answer, when->text);
    } else if (strcmp(when->answer, "answerBoolean") == 0) {
        att_json_put_bool(out, when->answer, when->number == 1);
    } else if (strcmp(when->answer, "answerInteger") == 0) {
        att_json_put_whole(out, when->answer, (long long)when->number);
    } else {
        att_json_put_number(out, when->answer, when->number);
    }
    att_json_end_object(out);
}

static void put_whens(att_fhir_writer *w, const att_fhir_whens *whens)
{
    att_json_key(&w->out, "enableWhen");
    att_json_list(&w->out);
    for (size_t i = 0; i < whens->n; i++) {
        put_when(w, &whens->list[i]);
    }
    att_json_end_list(&w->out);
    if (whens->n > 1) {
        att_json_put_string(&w->out, "enableBehavior", whens->is_any ? "any" : "all");
    }
}

/* ---- what has no place there ---- */

static void lose_choices(att_fhir_writer *w, const att_item *item)
{
    const att_choices *set = att_set_behind(w->instrument, item);

    if (!item->kind->has_choices || item->kind->shape == ATT_SHAPE_CONTAINER) {
        return;
    }
    if (set == NULL) {
        LOSE(w, APPROXIMATED, item->id,
             "its choices are a setting of the study (\"%s\"); it becomes a string",
             item->from_setting == NULL ? "" : item->from_setting);
        return;
    }
    if (item->from == ATT_FROM_ITEM) {
        LOSE(w, APPROXIMATED, item->id,
             "it offers all choices of \"%s\", not those that were marked",
             w->instrument->items[item->from_item].id);
    }
}

static bool is_repeat(const att_fhir_writer *w, const att_item *item)
{
    return w->scores.repeats[item - w->instrument->items];
}

/* A roster stands there with all the entries that it may have. */
static void lose_roster(att_fhir_writer *w, const att_item *item)
{
    const att_item *first = w->instrument->items;

    if (item->roster != NULL && first + item->roster->item == item &&
        !is_repeat(w, item)) {
        LOSE(w, APPROXIMATED, item->id,
             "a roster becomes groups, of at most %zu entries, one after another",
             item->roster->n);
    }
}

static void lose_keys(att_fhir_writer *w, const att_item *item)
{
    lose_roster(w, item);
    att_lose_order(w->losses, w->row, item);
    att_lose_fixed(w->losses, w->row, w->instrument, item);
    if (item->probe.in != NULL || item->note.in != NULL) {
        LOSE(w, DROPPED, item->id, "what is written for interviewers");
    }
    if (item->is_identifying) {
        LOSE(w, DROPPED, item->id, "that the answer tells who somebody is");
    }
    if (item->required == ATT_REQUIRED_SOFT) {
        LOSE(w, APPROXIMATED, item->id,
             "\"required\": \"soft\" asks once more here; there it is not required");
    }
    if (item->kind->shape == ATT_SHAPE_CONSENT) {
        LOSE(w, APPROXIMATED, item->id,
             "a consent is a question with two choices there; its version is %s",
             item->version);
    }
    if (item->kind->shape == ATT_SHAPE_RANK) {
        LOSE(w, APPROXIMATED, item->id,
             "choices put in order are choices that may be several there");
    }
    if (item->kind->shape == ATT_SHAPE_NOTE && item->title.in != NULL) {
        LOSE(w, DROPPED, item->id, "the title of a note");
    }
    if (item->kind->shape == ATT_SHAPE_NOTE && item->help.in != NULL) {
        LOSE(w, DROPPED, item->id, "the help of a note");
    }
    if (item->is_other) {
        LOSE(w, APPROXIMATED, item->id,
             "the text that a choice opens is an item of its own");
    }
    if (item->tier > 0) {
        LOSE(w, DROPPED, item->id, "\"tier\": %d", item->tier);
    }
    if (item->vis != NULL && item->vis[0] != '\0') {
        LOSE(w, DROPPED, item->id, "\"vis\": \"%s\"", item->vis);
    }
    if (item->fn != NULL && item->fn[0] != '\0') {
        LOSE(w, DROPPED, item->id, "\"fn\": \"%s\"", item->fn);
    }
}

static void lose_variants(att_fhir_writer *w, size_t index)
{
    for (size_t i = 0; i < w->instrument->n_variants; i++) {
        const att_variant *variant = &w->instrument->variants[i];

        for (size_t k = 0; k < variant->n_items; k++) {
            if (variant->items[k] == index) {
                LOSE(w, DROPPED, w->instrument->items[index].id, "other words when %s",
                     att_expr_text(variant->when));
            }
        }
    }
}

/* ---- items ---- */

/* A text beside a question or in a group: help, the words at the ends of a slider. */
static void put_beside(att_fhir_writer *w, const att_item *item, const char *control,
                       const att_wording *wording)
{
    att_json_out *out = &w->out;

    if (att_fhir_words(w, wording)[0] == '\0') {
        return;
    }
    att_json_object(out);
    att_json_key(out, "extension");
    att_json_list(out);
    att_fhir_put_control(w, control);
    att_json_end_list(out);
    att_json_put_string(
        out, "linkId",
        att_arena_format(w->arena, "%s.%s", att_fhir_link(&w->scores, item), control));
    att_fhir_put_words(w, "text", item->id, wording);
    att_json_put_string(out, "type", "display");
    att_json_end_object(out);
}

static bool has_two_texts(const att_item *item)
{
    return item->kind->shape == ATT_SHAPE_CONTAINER && item->title.in != NULL &&
           item->text.in != NULL;
}

static void put_inner(att_fhir_writer *w, size_t index)
{
    const att_item *item = &w->instrument->items[index];
    bool is_holder = item->kind->shape == ATT_SHAPE_CONTAINER;
    bool has_beside = item->help.in != NULL || item->anchors[0].in != NULL;

    if (item->kind->shape == ATT_SHAPE_NOTE || (!is_holder && !has_beside)) {
        return;
    }
    att_json_key(&w->out, "item");
    att_json_list(&w->out);
    if (has_two_texts(item) || (is_page(item) && item->text.in != NULL)) {
        put_beside(w, item, "prompt", &item->text);
    }
    put_beside(w, item, "help", &item->help);
    put_beside(w, item, "lower", &item->anchors[0]);
    put_beside(w, item, "upper", &item->anchors[1]);
    if (is_holder && is_repeat(w, item)) {
        size_t entry = item->roster->entries[0];

        att_fhir_put_items(w, entry + 1, w->instrument->items[entry].end);
    } else if (is_holder) {
        att_fhir_put_items(w, index + 1, item->end);
    }
    att_json_end_list(&w->out);
}

/* A page is named by its title; a group or grid that has but a title takes it for its
 * text. */
static void put_text(att_fhir_writer *w, const att_item *item)
{
    bool is_holder = item->kind->shape == ATT_SHAPE_CONTAINER;
    bool by_title =
        is_holder && (is_page(item) || has_two_texts(item) || item->text.in == NULL);

    att_fhir_put_words(w, "text", item->id, by_title ? &item->title : &item->text);
    if (is_holder && !is_page(item) && item->text.in == NULL &&
        item->title.in != NULL) {
        LOSE(w, APPROXIMATED, item->id, "its title stands where the stem would");
    }
}

static void put_code(att_fhir_writer *w, const att_item *item)
{
    if (item->code != NULL && item->code[0] != '\0') {
        att_json_key(&w->out, "code");
        att_json_list(&w->out);
        att_json_object(&w->out);
        att_json_put_string(&w->out, "system", ATT_FHIR_OURS "act");
        att_json_put_string(&w->out, "code", item->code);
        att_json_end_object(&w->out);
        att_json_end_list(&w->out);
    }
}

static void put_flags(att_fhir_writer *w, const att_item *item)
{
    if (item->required == ATT_REQUIRED_HARD &&
        item->kind->shape != ATT_SHAPE_CONTAINER) {
        att_json_put_bool(&w->out, "required", true);
    }
    if ((item->kind->shape == ATT_SHAPE_PICK_MANY ||
         item->kind->shape == ATT_SHAPE_RANK) &&
        att_set_behind(w->instrument, item) != NULL) {
        att_json_put_bool(&w->out, "repeats", true);
    }
    if (is_repeat(w, item)) {
        att_json_put_bool(&w->out, "repeats", true);
    }
    if (item->kind->shape == ATT_SHAPE_CALC) {
        att_json_put_bool(&w->out, "readOnly", true);
    }
    if (item->kind->shape == ATT_SHAPE_TEXT && item->max_length > 0) {
        att_json_put_whole(&w->out, "maxLength", (long long)item->max_length);
    }
}

static void put_item(att_fhir_writer *w, size_t index)
{
    const att_item *item = &w->instrument->items[index];
    att_fhir_whens whens = { 0 };
    bool has_whens;

    att_json_object(&w->out);
    att_fhir_at_line(w);
    w->n_before = w->losses->n;
    has_whens = item->show != NULL && att_fhir_enable(w->arena, w->instrument,
                                                      &w->scores, item->show, &whens);
    att_json_put_string(&w->out, "linkId", att_fhir_link(&w->scores, item));
    put_extensions(w, item, has_whens);
    put_code(w, item);
    put_text(w, item);
    att_json_put_string(&w->out, "type", type_of(w, item));
    if (has_whens) {
        put_whens(w, &whens);
    }
    put_flags(w, item);
    if (item->kind->shape != ATT_SHAPE_CONTAINER) {
        att_fhir_put_options(w, item);
    }
    lose_choices(w, item);
    lose_keys(w, item);
    lose_variants(w, index);
    if (w->losses->n == w->n_before) {
        LOSE(w, MAPPED, item->id, "a %s is an item of type %s", item->kind->name,
             type_of(w, item));
    }
    put_inner(w, index);
    att_json_end_object(&w->out);
}

void att_fhir_put_items(att_fhir_writer *w, size_t first, size_t end)
{
    for (size_t i = first; i < end; i = w->instrument->items[i].end) {
        put_item(w, i);
    }
}

/* ---- scores ---- */

void att_fhir_put_calculated(att_fhir_writer *w, const char *id,
                             const att_wording *title, const att_expr *value)
{
    extending e = { .w = w, .type = "decimal" };

    att_json_object(&w->out);
    att_fhir_at_line(w);
    att_json_put_string(&w->out, "linkId", id);
    open_list(&e);
    att_fhir_put_flag(w, ATT_FHIR_HIDDEN);
    put_calculation(&e, id, value);
    close_list(&e);
    att_fhir_put_words(w, "text", id, title);
    att_json_put_string(&w->out, "type", e.type);
    att_json_put_bool(&w->out, "readOnly", true);
    att_json_end_object(&w->out);
}
