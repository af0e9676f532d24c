/* Conditions, calculations and constraints of a form. Of a constraint, what only limits
 * the answer itself becomes limits, the rest a check. */
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

#include "dialect_logic_tree.h"
#include "dialect_words.h"
#include "dialect_xlsform_draft.h"

#define NEAR ATT_XLS_NEAR
#define GONE ATT_XLS_GONE

#define LEAST_NUMBER -3 /* the codes of missing answers end at -4 */
#define PARTS_MAX    256

static const char *cell(const att_xls_form *form, const att_xls_item *item,
                        att_xls_column_kind kind)
{
    return att_xls_cell(form, item->row, kind);
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* What people typed into a sheet, with the quotes that it set upright again. */
static const char *upright(att_arena *arena, const char *text)
{
    static const char *const quotes[] = { "\xe2\x80\x98", "\xe2\x80\x99",
                                          "\xe2\x80\x9c", "\xe2\x80\x9d" };
    att_buf buf = { 0 };
    const char *copy;
    bool had_tags = false;

    for (const char *p = text; *p != '\0'; p++) {
        size_t k = 0;

        while (k < 4 && strncmp(p, quotes[k], 3) != 0) {
            k++;
        }
        att_buf_char(&buf, k == 4 ? *p : k < 2 ? '\'' : '"');
        p += k == 4 ? 0 : 2;
    }
    copy = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    if (strstr(copy, "&gt;") != NULL || strstr(copy, "&lt;") != NULL ||
        strstr(copy, "&amp;") != NULL) {
        copy = att_words_plain(arena, copy, &had_tags);
    }
    return copy;
}

/* The text of a logic, reported when it is not or not quite there. */
static const char *told(att_xls_form *form, att_xls_item *item, const char *what,
                        const char *text, att_logic logic)
{
    const char *cut = att_text_cut(form->arena, text, 80);

    if (logic.text == NULL) {
        GONE("the %s \"%s\": %s", what, cut, logic.why);
    } else if (logic.near[0] != '\0') {
        NEAR("the %s \"%s\": %s", what, cut, logic.near);
    }
    return logic.text;
}

static const char *read_logic(att_xls_form *form, att_xls_item *item, const char *what,
                              const char *text, bool is_value)
{
    return told(form, item, what, text,
                att_logic_read(form->arena, &form->fields, upright(form->arena, text),
                               is_value));
}

/* ---- constraints ---- */

/* "." or the question's own name; or one of these in a call of that name. */
static bool is_own(const att_xls_item *item, const att_term *node, const char *call)
{
    if (call != NULL) {
        return node->kind == ATT_TERM_CALL && is(node->text, call) &&
               node->n_kids == 1 && is_own(item, node->kids[0], NULL);
    }
    return node->kind == ATT_TERM_FIELD &&
           (is(node->groups[0], ".") || is(node->groups[0], item->name));
}

static bool read_number(const att_term *node, double *out)
{
    double x = 0;

    if (node->kind == ATT_TERM_NEGATE) {
        if (!read_number(node->kids[0], &x)) {
            return false;
        }
        *out = -x;
        return true;
    }
    return (node->kind == ATT_TERM_NUMBER || node->kind == ATT_TERM_TEXT) &&
           att_number_read(node->text, strlen(node->text), out);
}

static bool limit_number(att_xls_item *item, char op, double x)
{
    bool is_whole = is(item->kind, "integer") && x == (double)(long long)x;

    if ((op == '<' || op == '>') && !is_whole) {
        return false;
    }
    x += op == '>' ? 1 : op == '<' ? -1 : 0;
    if (op == 'g' || op == '>') {
        item->min = item->has_min && item->min > x ? item->min : x;
        item->has_min = true;
        return true;
    }
    if (op == 'l' || op == '<') {
        item->max = item->has_max && item->max < x ? item->max : x;
        item->has_max = true;
        return true;
    }
    return false;
}

static bool limit_day(att_xls_form *form, att_xls_item *item, char op,
                      const att_term *day)
{
    const char **limit = op == 'g'   ? &item->min_text
                         : op == 'l' ? &item->max_text
                                     : NULL;
    att_logic logic;

    if (limit == NULL || *limit != NULL) {
        return false;
    }
    logic = att_logic_of(form->arena, &form->fields, day, ATT_LOGIC_FOR_DAY);
    if (logic.text == NULL) {
        return false;
    }
    *limit = logic.text;
    if (logic.near[0] != '\0') {
        NEAR("a limit: %s", logic.near);
    }
    return true;
}

static char turned(char op)
{
    switch (op) {
    case '<': return '>';
    case '>': return '<';
    case 'l': return 'g';
    case 'g': return 'l';
    default: return op;
    }
}

static bool limit_length(att_xls_item *item, char op, double x)
{
    x -= op == '<' ? 1 : 0;
    if ((op != 'l' && op != '<') || item->max_length > 0 || x < 1 || x > 100000 ||
        x != (double)(long long)x) {
        return false;
    }
    item->max_length = (size_t)x;
    return true;
}

static bool take_compare(att_xls_form *form, att_xls_item *item, const att_term *node)
{
    const att_term *a = node->kids[0];
    const att_term *b = node->kids[1];
    bool is_number = is(item->kind, "integer") || is(item->kind, "decimal");
    char op = node->op;
    double x = 0;

    if (!is_own(item, a, NULL) && !is_own(item, a, "date") &&
        !is_own(item, a, "string-length")) {
        a = node->kids[1];
        b = node->kids[0];
        op = turned(op);
    }
    if (is_own(item, a, "string-length")) {
        return is(item->kind, "text") && read_number(b, &x) &&
               limit_length(item, op, x);
    }
    if (is_number && is_own(item, a, NULL)) {
        return read_number(b, &x) && limit_number(item, op, x);
    }
    if (is(item->kind, "date") || is(item->kind, "datetime")) {
        return (is_own(item, a, NULL) || is_own(item, a, "date")) &&
               limit_day(form, item, op, b);
    }
    return false;
}

/* not(selected(., 'x') and count-selected(.) > 1): nothing stands beside x */
static bool take_exclusive(att_xls_form *form, att_xls_item *item, const att_term *node)
{
    const att_term *both = node->n_kids == 1 ? node->kids[0] : NULL;
    const att_term *mark, *count;

    if (!is(item->kind, "many") || both == NULL || both->kind != ATT_TERM_AND ||
        both->n_kids != 2) {
        return false;
    }
    mark = both->kids[0];
    count = both->kids[1];
    if (mark->kind != ATT_TERM_CALL || !is(mark->text, "selected") ||
        mark->n_kids != 2 || !is_own(item, mark->kids[0], NULL) ||
        mark->kids[1]->kind != ATT_TERM_TEXT || count->kind != ATT_TERM_COMPARE ||
        count->op != '>' || !is_own(item, count->kids[0], "count-selected") ||
        count->kids[1]->kind != ATT_TERM_NUMBER || !is(count->kids[1]->text, "1")) {
        return false;
    }
    for (size_t i = 0; i < item->choices->n; i++) {
        const att_xls_choice *choice = &item->choices->list[i];

        if (is(choice->code.text, mark->kids[1]->text) &&
            choice->code.reason == ATT_REASON_NONE) {
            att_xls_own_list(form, item)->list[i].is_exclusive = true;
            return true;
        }
    }
    return false;
}

typedef struct parts {
    att_term *list[PARTS_MAX];
    size_t n;
} parts;

/* What a constraint says besides limits. */
static void take_parts(att_xls_form *form, att_xls_item *item, att_term *node,
                       parts *rest)
{
    bool is_taken = false;

    if (node->kind == ATT_TERM_AND) {
        for (size_t i = 0; i < node->n_kids; i++) {
            take_parts(form, item, node->kids[i], rest);
        }
        return;
    }
    if (node->kind == ATT_TERM_COMPARE) {
        is_taken = take_compare(form, item, node);
    } else if (node->kind == ATT_TERM_CALL && is(node->text, "not")) {
        is_taken = take_exclusive(form, item, node);
    }
    if (!is_taken && rest->n < PARTS_MAX) {
        rest->list[rest->n] = node;
    }
    rest->n += !is_taken;
}

static void read_check(att_xls_form *form, att_xls_item *item, const char *text,
                       parts *rest)
{
    att_term all = { .kind = ATT_TERM_AND, .kids = rest->list, .n_kids = rest->n };

    if (rest->n == 0) {
        return;
    }
    if (rest->n > PARTS_MAX) {
        GONE("the constraint \"%s\": it has too many parts",
             att_text_cut(form->arena, text, 80));
        return;
    }
    item->check =
        told(form, item, "constraint", text,
             att_logic_of(form->arena, &form->fields,
                          rest->n == 1 ? rest->list[0] : &all, ATT_LOGIC_FOR_CHECK));
}

static void read_constraint(att_xls_form *form, att_xls_item *item)
{
    const char *text = cell(form, item, ATT_XLS_CONSTRAINT);
    att_arena scratch = { 0 };
    const char *why = "";
    att_term *root;
    parts rest = { .n = 0 };
    const att_logic_field *field = att_logic_find(&form->fields, item->name);
    att_logic_field own;

    if (text[0] == '\0' || field == NULL) {
        return;
    }
    own = *field;
    own.id = ".";
    own.sort = is(item->kind, "datetime") ? ATT_LOGIC_DAY : own.sort;
    form->fields.own = &own;
    root = att_term_make(&scratch, &att_tongue_xpath, upright(&scratch, text), &why);
    if (root == NULL) {
        GONE("the constraint \"%s\": %s", att_text_cut(form->arena, text, 80), why);
    } else {
        take_parts(form, item, root, &rest);
        if (is(item->kind, "datetime") && rest.n > 0) {
            GONE("the constraint \"%s\": of a time with a day only the day is limited",
                 att_text_cut(form->arena, text, 80));
        } else {
            read_check(form, item, text, &rest);
        }
    }
    form->fields.own = NULL;
    att_arena_drop(&scratch);
}

/* Numbers here keep away from the codes of missing answers. */
static void settle_range(att_xls_form *form, att_xls_item *item)
{
    if (!is(item->kind, "integer") && !is(item->kind, "decimal")) {
        return;
    }
    if (item->has_min && item->has_max && item->min > item->max) {
        GONE("the limits leave nothing");
        item->has_min = item->has_max = false;
    }
    if ((item->has_max && item->max < -10) || (item->has_min && item->min > -4)) {
        return;
    }
    if (item->has_max && item->max < LEAST_NUMBER) {
        GONE("the limits hold only codes of missing answers");
        item->has_max = false;
    }
    item->has_min = true;
    item->min = LEAST_NUMBER;
    NEAR("numbers under %d are codes of missing answers here; %d is the least",
         LEAST_NUMBER, LEAST_NUMBER);
}

/* ---- choices that depend ---- */

/* "selected(${m}, name)" of the same list: what was marked there is offered. */
static void read_filter(att_xls_form *form, att_xls_item *item)
{
    static const char begin[] = "selected(${";
    static const char end[] = "},name)";
    const char *text = cell(form, item, ATT_XLS_FILTER);
    att_buf tight = { 0 };
    const char *name;
    size_t n;

    if (text[0] == '\0') {
        return;
    }
    for (const char *p = text; *p != '\0'; p++) {
        if (strchr(" \t\r\n", *p) == NULL) {
            att_buf_char(&tight, *p);
        }
    }
    name = att_arena_text(form->arena, att_buf_text(&tight));
    att_buf_drop(&tight);
    n = strlen(name);
    if (strncmp(name, begin, strlen(begin)) == 0 && n > strlen(begin) + strlen(end) &&
        is(name + n - strlen(end), end)) {
        name = att_arena_text_n(form->arena, name + strlen(begin),
                                n - strlen(begin) - strlen(end));
        for (size_t i = 0; i < form->n_items; i++) {
            att_xls_item *other = &form->items[i];

            if (is(other->name, name) && is(other->kind, "many") && other != item &&
                other->choices != NULL && item->choices != NULL &&
                is(other->choices->name, item->choices->name)) {
                item->from = other->id;
                return;
            }
        }
    }
    GONE("the filter of choices \"%s\": all are offered",
         att_text_cut(form->arena, text, 80));
}

/* ---- all ---- */

static void read_calculation(att_xls_form *form, att_xls_item *item)
{
    const char *text = cell(form, item, ATT_XLS_CALCULATION);

    if (!is(item->kind, "calc")) {
        if (text[0] != '\0') {
            GONE("the calculation \"%s\" of what is asked",
                 att_text_cut(form->arena, text, 80));
        }
        return;
    }
    if (text[0] == '\0') {
        GONE("a calculation without a formula");
    } else {
        item->value = read_logic(form, item, "calculation", text, true);
    }
    item->kind = item->value == NULL ? "" : item->kind;
}

/* ---- how often it repeats ---- */

/* Nobody says: it is asked. */
static void ask_count(att_xls_form *form, att_xls_item *item)
{
    item->asks_count =
        att_middle_id(form->arena, &form->ids,
                      att_arena_format(form->arena, "%s_count", item->name), '_');
    item->count = att_arena_format(form->arena, "%s", item->asks_count);
    item->most = ATT_XLS_REPEATS_MOST;
    NEAR("how often it repeats is asked before it, by \"%s\", whose words are made up; "
         "%d times at most",
         item->asks_count, ATT_XLS_REPEATS_MOST);
}

/* min(..., 3), or a question with a limit, say themselves how many there are at most. */
static size_t most_of(att_xls_form *form, const char *text, bool *is_said)
{
    att_arena scratch = { 0 };
    const char *why = "";
    const att_term *root =
        att_term_make(&scratch, &att_tongue_xpath, upright(&scratch, text), &why);
    size_t most = 0;
    double x = 0;

    for (size_t i = 0; root != NULL && root->kind == ATT_TERM_CALL &&
                       is(root->text, "min") && i < root->n_kids;
         i++) {
        if (read_number(root->kids[i], &x) && x >= 1 && x <= 500) {
            *is_said = true;
        }
    }
    if (root != NULL && root->kind == ATT_TERM_FIELD) {
        const att_xls_item *asked =
            att_xls_item_named(form, root->groups[0], strlen(root->groups[0]));

        if (asked != NULL && asked->has_max && asked->max >= 1 && asked->max <= 100) {
            most = (size_t)asked->max;
        }
    }
    att_arena_drop(&scratch);
    return most;
}

static void read_count(att_xls_form *form, att_xls_item *item)
{
    const char *text = cell(form, item, ATT_XLS_COUNT);
    bool is_said = false;
    double x = 0;

    if (text[0] == '\0') {
        ask_count(form, item);
        return;
    }
    if (att_number_read(text, strlen(text), &x) && x >= 1 && x <= 500) {
        item->most = (size_t)x;
        return;
    }
    item->count = read_logic(form, item, "number of repeats", text, true);
    if (item->count == NULL) {
        ask_count(form, item);
        return;
    }
    item->most = most_of(form, text, &is_said);
    if (item->most == 0 && !is_said) {
        item->most = ATT_XLS_REPEATS_MOST;
        NEAR("it repeats %d times at most", ATT_XLS_REPEATS_MOST);
    }
}

void att_xls_conditions(att_xls_form *form)
{
    for (size_t i = 0; i < form->n_items; i++) {
        att_xls_item *item = &form->items[i];
        const char *relevant = cell(form, item, ATT_XLS_RELEVANT);

        if (item->kind[0] == '\0') {
            continue;
        }
        read_calculation(form, item);
        if (item->kind[0] != '\0' && relevant[0] != '\0') {
            item->show = read_logic(form, item, "condition", relevant, false);
        }
        if (item->is_repeat) {
            read_count(form, item);
        }
        if (is(item->kind, "calc") || is(item->kind, "note") ||
            is(item->kind, "group") || is(item->kind, "page")) {
            if (cell(form, item, ATT_XLS_CONSTRAINT)[0] != '\0') {
                GONE("the constraint of what asks nothing");
            }
        } else if (item->kind[0] != '\0') {
            read_constraint(form, item);
        }
        if (item->check == NULL && item->check_text != NULL) {
            GONE("the message \"%s\": limits have words of their own here",
                 att_text_cut(form->arena, att_xls_default_text(form, item->check_text),
                              60));
            item->check_text = NULL;
        }
        settle_range(form, item);
        read_filter(form, item);
    }
}
