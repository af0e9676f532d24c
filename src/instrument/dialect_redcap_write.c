/* An instrument as rows of a data dictionary. */
#include "dialect_redcap.h"

#include <stdio.h>
#include <string.h>

#include <attune/base/csv.h>
#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/base/text.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/roster.h>

#include "dialect_lose.h"
#include "expr_tree.h"

#define RECORD_ID   "record_id"
#define NAME_MAX_RC 100 /* bytes of a field's name */

typedef struct writer {
    att_arena arena; /* of one instrument */
    att_buf *out;
    att_losses *losses;
    const att_instrument *instrument;
    size_t row; /* being made; the header is 1 */
    const char *cells[ATT_N_DICT];
    const char *section; /* waits for the next row, or NULL */
    size_t n_before;     /* losses before this row */
    const char **names;  /* [n_names] of the fields so far, of all instruments */
    size_t n_names, names_room;
    bool *has_derived;     /* [n_derived] */
    const att_item *owner; /* whose words are written, or NULL */
} writer;

#define LOSE(w, kind, field, ...) \
    att_losses_add((w)->losses, ATT_LOSS_##kind, (w)->row, (field), __VA_ARGS__)

static att_logic_place place_of(const writer *w)
{
    return (att_logic_place){ .tongue = &att_tongue_redcap,
                              .instrument = w->instrument,
                              .has_derived = w->has_derived };
}

static const char *words(const writer *w, const att_wording *wording)
{
    return att_wording_in(w->instrument, wording, w->instrument->language);
}

static const char *number_text(writer *w, double x)
{
    att_buf buf = { 0 };
    char *text;

    att_number_write(&buf, x);
    text = att_buf_copy(&w->arena, &buf);
    att_buf_drop(&buf);
    return text;
}

/* ---- texts ---- */

/* One name between braces, as REDCap pipes it or as fixed words. */
static void add_name(writer *w, att_buf *out, const char *field, const char *written)
{
    const char *colon = strchr(written, ':');
    size_t n = colon == NULL ? strlen(written) : (size_t)(colon - written);
    bool is_raised = written[0] >= 'A' && written[0] <= 'Z';
    char *name = att_arena_text_n(&w->arena, written, n);
    const char *fixed;
    size_t item;

    if (is_raised) {
        name[0] = (char)(name[0] - 'A' + 'a');
    }
    item =
        w->owner == NULL ? ATT_NONE : att_roster_meant(w->instrument, w->owner, name);
    if (item == ATT_NONE) {
        item = att_instrument_item(w->instrument, name);
    }
    if (item != ATT_NONE &&
        (att_item_is_question(&w->instrument->items[item]) ||
         w->instrument->items[item].kind->shape == ATT_SHAPE_CALC)) {
        att_shape shape = w->instrument->items[item].kind->shape;
        bool is_coded = shape == ATT_SHAPE_PICK_ONE || shape == ATT_SHAPE_PICK_MANY ||
                        shape == ATT_SHAPE_CONSENT;

        att_buf_format(out, "[%s%s%s]", w->instrument->redcap_prefix,
                       w->instrument->items[item].id,
                       is_coded && colon == NULL ? ":value" : "");
        if (is_raised || (colon != NULL && !is_coded)) {
            LOSE(w, APPROXIMATED, field, "\"{%s}\" is piped as it was answered",
                 written);
        }
        return;
    }
    fixed = att_token_fallback(w->instrument, name, w->instrument->language);
    if (fixed == NULL) {
        LOSE(w, DROPPED, field, "\"{%s}\" is known to a session of attune only",
             written);
        att_buf_add(out, "...");
        return;
    }
    att_buf_add(out, is_raised ? att_text_raise(&w->arena, fixed) : fixed);
    LOSE(w, APPROXIMATED, field, "\"{%s}\" always says \"%s\"", written, fixed);
}

static const char *piped(writer *w, const char *field, const char *text)
{
    att_buf out = { 0 };
    char *copy;

    if (strchr(text, '[') != NULL) {
        LOSE(w, APPROXIMATED, field, "\"[\" may be taken for piping there");
    }
    for (const char *p = text; *p != '\0'; p++) {
        const char *end = *p == '{' && p[1] != '{' ? strchr(p, '}') : NULL;

        if (*p == '{' && p[1] == '{') {
            att_buf_char(&out, '{');
            p++;
        } else if (end != NULL) {
            add_name(w, &out, field,
                     att_arena_text_n(&w->arena, p + 1, (size_t)(end - p - 1)));
            p = end;
        } else {
            att_buf_char(&out, *p);
        }
    }
    copy = att_buf_copy(&w->arena, &out);
    att_buf_drop(&out);
    return copy;
}

static const char *say(writer *w, const char *field, const att_wording *wording)
{
    return piped(w, field, words(w, wording));
}

/* ---- rows ---- */

static void begin_row(writer *w, const char *name)
{
    for (size_t i = 0; i < ATT_N_DICT; i++) {
        w->cells[i] = "";
    }
    w->cells[ATT_DICT_NAME] = name;
    w->cells[ATT_DICT_FORM] = w->instrument->redcap_form;
    w->n_before = w->losses->n;
}

/* Whether a field of that name stands in the dictionary already; else notes it. */
static bool is_taken(writer *w, att_arena *arena, const char *name)
{
    for (size_t i = 0; i < w->n_names; i++) {
        if (strcmp(w->names[i], name) == 0) {
            return true;
        }
    }
    if (w->n_names == w->names_room) {
        size_t room = w->names_room == 0 ? 64 : 2 * w->names_room;
        const char **names = att_new_n(arena, const char *, room);

        if (w->n_names > 0) {
            memcpy(names, w->names, w->n_names * sizeof *names);
        }
        w->names = names;
        w->names_room = room;
    }
    w->names[w->n_names++] = att_arena_text(arena, name);
    return false;
}

static void end_row(writer *w, const char *what)
{
    if (is_taken(w, w->losses->arena, w->cells[ATT_DICT_NAME])) {
        LOSE(w, DROPPED, w->cells[ATT_DICT_NAME],
             "a field of this name is there already; give one instrument a prefix "
             "(\"export.redcap.prefix\")");
        return;
    }
    for (size_t i = 0; i < ATT_N_DICT; i++) {
        if (i > 0) {
            att_buf_char(w->out, ',');
        }
        att_csv_write_cell(w->out, w->cells[i]);
    }
    att_buf_add(w->out, "\r\n");
    if (w->losses->n == w->n_before) {
        LOSE(w, MAPPED, w->cells[ATT_DICT_NAME], "%s is a field of type %s", what,
             w->cells[ATT_DICT_TYPE]);
    }
    w->row++;
}

static const char *field_name(writer *w, const char *id)
{
    const char *name =
        att_arena_format(&w->arena, "%s%s", w->instrument->redcap_prefix, id);

    if (strlen(name) > NAME_MAX_RC) {
        LOSE(w, APPROXIMATED, id, "the field's name has %zu bytes; REDCap takes %d",
             strlen(name), NAME_MAX_RC);
    }
    return name;
}

/* ---- what an item of each sort becomes ---- */

/* A choice's words on one line, without the mark that parts choices. */
static const char *choice_words(writer *w, const att_item *item, const char *text)
{
    char *copy = att_arena_text(&w->arena, text);

    for (char *p = copy; *p != '\0'; p++) {
        if (*p == '|' || *p == '\n') {
            *p = *p == '|' ? '/' : ' ';
            LOSE(w, APPROXIMATED, item->id,
                 "a choice holds \"|\" or a line's end, which part choices there");
        }
    }
    return copy;
}

static const char *choices_text(writer *w, const att_item *item, const att_choices *set)
{
    att_buf buf = { 0 };
    char *text;

    for (size_t i = 0; i < set->n; i++) {
        const att_choice *choice = &set->list[i];

        att_buf_format(&buf, "%s%d, %s", i == 0 ? "" : " | ", choice->code,
                       choice_words(w, item, say(w, item->id, &choice->text)));
        if (choice->is_fixed) {
            LOSE(w, DROPPED, item->id, "choice %d keeps its place (\"fixed\")",
                 choice->code);
        }
    }
    text = att_buf_copy(&w->arena, &buf);
    att_buf_drop(&buf);
    return text;
}

static void annotate(writer *w, const char *tag)
{
    const char *old = w->cells[ATT_DICT_ANNOTATION];

    w->cells[ATT_DICT_ANNOTATION] =
        att_arena_format(&w->arena, "%s%s%s", old, old[0] == '\0' ? "" : " ", tag);
}

static void add_exclusive(writer *w, const att_item *item, const att_choices *set)
{
    const char *codes = "";

    for (size_t i = 0; i < set->n; i++) {
        if (set->list[i].is_exclusive) {
            codes = att_arena_format(&w->arena, "%s%s%d", codes,
                                     codes[0] == '\0' ? "" : ",", set->list[i].code);
        }
    }
    if (codes[0] == '\0') {
        return;
    }
    if (item->kind->shape != ATT_SHAPE_PICK_MANY) {
        return; /* of one choice, nothing else can stand beside it */
    }
    annotate(w, att_arena_format(&w->arena, "@NONEOFTHEABOVE='%s'", codes));
}

static bool is_pair(const writer *w, const att_choices *set, const char *one,
                    const char *zero)
{
    return set->n == 2 && set->list[0].code == 1 && set->list[1].code == 0 &&
           set->list[0].reason == ATT_REASON_NONE &&
           set->list[1].reason == ATT_REASON_NONE &&
           strcmp(words(w, &set->list[0].text), one) == 0 &&
           strcmp(words(w, &set->list[1].text), zero) == 0;
}

static void fill_choice(writer *w, const att_item *item)
{
    const att_choices *set = att_set_behind(w->instrument, item);
    bool is_many = item->kind->shape == ATT_SHAPE_PICK_MANY;

    if (set == NULL) {
        w->cells[ATT_DICT_TYPE] = "text";
        LOSE(w, APPROXIMATED, item->id,
             "its choices are a setting of the study (\"%s\"); it becomes a text",
             item->from_setting == NULL ? "" : item->from_setting);
        return;
    }
    if (item->from == ATT_FROM_ITEM) {
        LOSE(w, APPROXIMATED, item->id,
             "it offers all choices of \"%s\", not those that were marked",
             w->instrument->items[item->from_item].id);
    }
    if (!is_many && is_pair(w, set, "Yes", "No")) {
        w->cells[ATT_DICT_TYPE] = "yesno";
    } else if (!is_many && is_pair(w, set, "True", "False")) {
        w->cells[ATT_DICT_TYPE] = "truefalse";
    } else {
        w->cells[ATT_DICT_TYPE] = is_many ? "checkbox" : "radio";
        w->cells[ATT_DICT_CHOICES] = choices_text(w, item, set);
    }
    add_exclusive(w, item, set);
}

static void fill_range(writer *w, const att_item *item)
{
    if (item->has_min) {
        w->cells[ATT_DICT_MIN] = number_text(w, item->min);
    }
    if (item->has_max) {
        w->cells[ATT_DICT_MAX] = number_text(w, item->max);
    }
}

static void fill_number(writer *w, const att_item *item)
{
    static const char *const fixed[] = { "", "number_1dp", "number_2dp", "number_3dp",
                                         "number_4dp" };
    bool is_whole = strcmp(item->kind->name, "integer") == 0;

    w->cells[ATT_DICT_TYPE] = "text";
    w->cells[ATT_DICT_VALIDATION] = is_whole ? "integer" : "number";
    if (!is_whole && item->decimals >= 1 && item->decimals <= 4) {
        w->cells[ATT_DICT_VALIDATION] = fixed[item->decimals];
    } else if (!is_whole && item->decimals == 0) {
        w->cells[ATT_DICT_VALIDATION] = "integer";
        LOSE(w, APPROXIMATED, item->id, "a decimal of no digits is an integer there");
    } else if (!is_whole && item->decimals > 4) {
        LOSE(w, APPROXIMATED, item->id, "%d decimals are not asked for there",
             item->decimals);
    }
    fill_range(w, item);
    if (item->step != 0 && !(is_whole && item->step == 1)) {
        LOSE(w, DROPPED, item->id, "the step, %s", number_text(w, item->step));
    }
}

static void fill_slider(writer *w, const att_item *item)
{
    const char *low = say(w, item->id, &item->anchors[0]);
    const char *high = say(w, item->id, &item->anchors[1]);

    w->cells[ATT_DICT_TYPE] = "slider";
    if (low[0] != '\0' || high[0] != '\0') {
        w->cells[ATT_DICT_CHOICES] =
            att_arena_format(&w->arena, "%s |  | %s", choice_words(w, item, low),
                             choice_words(w, item, high));
    }
    w->cells[ATT_DICT_VALIDATION] = "number";
    if (item->min != 0 || item->max != 100) {
        fill_range(w, item);
    }
    if (item->step != 0 && item->step != 1) {
        LOSE(w, DROPPED, item->id, "the step, %s", number_text(w, item->step));
    }
}

/* A limit of a date: a day, or today. */
static const char *limit(writer *w, const att_item *item, const att_expr *day,
                         const char *which)
{
    char text[ATT_DAY_SIZE];
    const att_node *root = day == NULL ? NULL : day->root;

    if (root == NULL) {
        return "";
    }
    if (root->kind == ATT_NODE_VALUE && root->type == ATT_TYPE_DAY) {
        att_day_write(text, (att_day)root->value.number);
        return att_arena_text(&w->arena, text);
    }
    if (root->kind == ATT_NODE_REF && root->ref.kind == ATT_REF_WORD &&
        root->ref.index == ATT_WORD_TODAY) {
        return "today";
    }
    LOSE(w, DROPPED, item->id, "\"%s\" is worked out: %s", which, att_expr_text(day));
    return "";
}

/* The first or last minute of a day. */
static const char *moment(writer *w, const att_item *item, const char *day,
                          const char *time)
{
    if (strcmp(day, "today") == 0) {
        LOSE(w, DROPPED, item->id, "the limit \"today\": a minute is wanted there");
        return "";
    }
    return day[0] == '\0' ? "" : att_arena_format(&w->arena, "%s %s", day, time);
}

static const char *clock_text(writer *w, double minutes)
{
    int n = (int)minutes;

    return att_arena_format(&w->arena, "%02d:%02d", n / 60, n % 60);
}

static void fill_text(writer *w, const att_item *item)
{
    w->cells[ATT_DICT_TYPE] = item->is_long ? "notes" : "text";
    if (item->max_length > 0) {
        annotate(w, att_arena_format(&w->arena, "@CHARLIMIT='%zu'", item->max_length));
    }
}

/* What cannot be worked out there is a number that only we write. */
static void fill_calc(writer *w, const att_item *item)
{
    att_logic_place place = place_of(w);
    att_logic logic = att_logic_write(&w->arena, &place, item->value, true);

    if (w->cells[ATT_DICT_LABEL][0] == '\0') {
        w->cells[ATT_DICT_LABEL] = w->cells[ATT_DICT_NAME];
    }
    if (logic.text == NULL) {
        w->cells[ATT_DICT_TYPE] = "text";
        w->cells[ATT_DICT_VALIDATION] = "number";
        annotate(w, "@READONLY");
        LOSE(w, APPROXIMATED, item->id, "a number without its calculation %s: %s",
             att_expr_text(item->value), logic.why);
        return;
    }
    w->cells[ATT_DICT_TYPE] = "calc";
    w->cells[ATT_DICT_CHOICES] = logic.text;
    if (logic.near[0] != '\0') {
        LOSE(w, APPROXIMATED, item->id, "the calculation %s: %s",
             att_expr_text(item->value), logic.near);
    }
}

static void fill_type(writer *w, const att_item *item)
{
    switch (item->kind->shape) {
    case ATT_SHAPE_NOTE: w->cells[ATT_DICT_TYPE] = "descriptive"; return;
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_PICK_MANY: fill_choice(w, item); return;
    case ATT_SHAPE_CONSENT:
        w->cells[ATT_DICT_TYPE] = "radio";
        w->cells[ATT_DICT_CHOICES] = choices_text(w, item, item->choices);
        LOSE(w, APPROXIMATED, item->id,
             "a consent is a question with two choices there; its version is %s",
             item->version);
        return;
    case ATT_SHAPE_CALC: fill_calc(w, item); return;
    case ATT_SHAPE_NUMBER: fill_number(w, item); return;
    case ATT_SHAPE_SLIDER: fill_slider(w, item); return;
    case ATT_SHAPE_DATE:
        w->cells[ATT_DICT_TYPE] = "text";
        w->cells[ATT_DICT_VALIDATION] = "date_ymd";
        w->cells[ATT_DICT_MIN] = limit(w, item, item->min_day, "min");
        w->cells[ATT_DICT_MAX] = limit(w, item, item->max_day, "max");
        return;
    case ATT_SHAPE_TIME:
        w->cells[ATT_DICT_TYPE] = "text";
        w->cells[ATT_DICT_VALIDATION] = "time";
        w->cells[ATT_DICT_MIN] = item->has_min ? clock_text(w, item->min) : "";
        w->cells[ATT_DICT_MAX] = item->has_max ? clock_text(w, item->max) : "";
        return;
    case ATT_SHAPE_DATETIME:
        w->cells[ATT_DICT_TYPE] = "text";
        w->cells[ATT_DICT_VALIDATION] = "datetime_ymd";
        w->cells[ATT_DICT_MIN] =
            moment(w, item, limit(w, item, item->min_day, "min"), "00:00");
        w->cells[ATT_DICT_MAX] =
            moment(w, item, limit(w, item, item->max_day, "max"), "23:59");
        return;
    case ATT_SHAPE_TEXT: fill_text(w, item); return;
    default: break;
    }
    w->cells[ATT_DICT_TYPE] = "text";
    LOSE(w, APPROXIMATED, item->id, "a %s becomes a text", item->kind->name);
}

/* ---- conditions ---- */

static void add_condition(writer *w, const att_item *item, const att_expr *show)
{
    att_logic_place place = place_of(w);
    att_logic logic;
    const char *old = w->cells[ATT_DICT_BRANCHING];

    if (show == NULL) {
        return;
    }
    logic = att_logic_write(&w->arena, &place, show, false);
    if (logic.text == NULL) {
        LOSE(w, DROPPED, item->id, "the condition %s: %s", att_expr_text(show),
             logic.why);
        return;
    }
    if (logic.near[0] != '\0') {
        LOSE(w, APPROXIMATED, item->id, "the condition %s: %s", att_expr_text(show),
             logic.near);
    }
    w->cells[ATT_DICT_BRANCHING] =
        old[0] == '\0' ? logic.text
                       : att_arena_format(&w->arena, "(%s) and (%s)", old, logic.text);
}

/* Its own and those of all that it stands in, the outermost first. */
static void fill_branching(writer *w, size_t item)
{
    size_t chain[16];
    size_t n = 0;

    for (size_t i = item; i != ATT_NONE && n < 16; i = w->instrument->items[i].parent) {
        chain[n++] = i;
    }
    while (n-- > 0) {
        add_condition(w, &w->instrument->items[item],
                      w->instrument->items[chain[n]].show);
    }
}

/* ---- what has no place there ---- */

static void lose_keys(writer *w, size_t index)
{
    const att_item *item = &w->instrument->items[index];

    att_lose_order(w->losses, w->row, item);
    if (item->is_other) {
        LOSE(w, APPROXIMATED, item->id,
             "the text that a choice opens is a field of its own");
    }
    if (item->check != NULL) {
        LOSE(w, DROPPED, item->id, "the check %s", att_expr_text(item->check));
    }
    att_lose_keys(w->losses, w->row, w->instrument, index);
}

static bool is_grid(const att_item *item)
{
    return item->kind->shape == ATT_SHAPE_CONTAINER && item->kind->has_choices;
}

/* A container is no field: its words head the next one. */
static void open_container(writer *w, size_t index)
{
    const att_item *item = &w->instrument->items[index];
    const char *title = say(w, item->id, &item->title);
    const char *text = say(w, item->id, &item->text);

    if (title[0] != '\0' || text[0] != '\0') {
        w->section =
            att_arena_format(&w->arena, "%s%s%s", title,
                             title[0] != '\0' && text[0] != '\0' ? "\n" : "", text);
    }
    if (item->roster != NULL && index != item->roster->item && !item->is_copy) {
        att_lose_keys(w->losses, w->row, w->instrument, index);
    }
    if (item->entry > 0 ||
        (item->roster != NULL && item->parent == item->roster->item)) {
        return; /* an entry, or a list of names: the roster has been said */
    }
    if (item->roster != NULL) {
        LOSE(w, APPROXIMATED, item->id,
             "a roster becomes the fields of at most %zu entries, one after another",
             item->roster->n);
    } else if (is_grid(item)) {
        if (title[0] != '\0') {
            LOSE(w, APPROXIMATED, item->id,
                 "its title joins the text above the matrix");
        }
    } else if (strcmp(item->kind->name, "page") != 0 || text[0] != '\0' ||
               title[0] == '\0') {
        LOSE(w, APPROXIMATED, item->id, "a %s becomes a section header",
             item->kind->name);
    } else {
        LOSE(w, APPROXIMATED, item->id,
             "a page becomes a section header, which ends only at the next");
    }
    att_lose_order(w->losses, w->row, item);
    att_lose_keys(w->losses, w->row, w->instrument, index);
    if (words(w, &item->help)[0] != '\0') {
        LOSE(w, DROPPED, item->id, "the help of a %s", item->kind->name);
    }
}

/* The field of one choice of a rank: its place. */
static void write_place(writer *w, size_t index, const att_choice *choice, size_t n)
{
    const att_item *item = &w->instrument->items[index];

    begin_row(w, field_name(w, att_rank_field(&w->arena, item->id, choice->code)));
    if (w->section != NULL) {
        w->cells[ATT_DICT_SECTION] = w->section;
        w->section = NULL;
    }
    w->cells[ATT_DICT_LABEL] =
        att_arena_format(&w->arena, "%s (%s)", say(w, item->id, &item->text),
                         say(w, item->id, &choice->text));
    w->cells[ATT_DICT_NOTE] = say(w, item->id, &item->help);
    w->cells[ATT_DICT_TYPE] = "text";
    w->cells[ATT_DICT_VALIDATION] = "integer";
    w->cells[ATT_DICT_MIN] = "1";
    w->cells[ATT_DICT_MAX] = number_text(w, (double)n);
    w->cells[ATT_DICT_IDENTIFIER] = item->is_identifying ? "y" : "";
    w->cells[ATT_DICT_REQUIRED] = item->required == ATT_REQUIRED_HARD &&
                                          item->ranks == 0 && item->from == ATT_FROM_SET
                                      ? "y"
                                      : "";
    fill_branching(w, index);
    end_row(w, item->kind->name);
}

/* An order is a whole number for each choice, from 1. */
static void write_rank(writer *w, size_t index)
{
    const att_item *item = &w->instrument->items[index];
    const att_choices *set = att_set_behind(w->instrument, item);
    size_t n = 0;

    if (set == NULL) {
        LOSE(w, DROPPED, item->id, "its choices are a setting of the study (\"%s\")",
             item->from_setting == NULL ? "" : item->from_setting);
        return;
    }
    for (size_t i = 0; i < set->n; i++) {
        n += set->list[i].reason == ATT_REASON_NONE ? 1 : 0;
    }
    LOSE(w, APPROXIMATED, item->id,
         "an order becomes %zu whole numbers, one for each choice; they come back as "
         "questions of kind \"integer\"",
         n);
    if (item->from == ATT_FROM_ITEM) {
        LOSE(w, APPROXIMATED, item->id,
             "it offers all choices of \"%s\", not those that were marked",
             w->instrument->items[item->from_item].id);
    }
    if (n < set->n) {
        LOSE(w, APPROXIMATED, item->id,
             "the reasons among its choices: use missing data codes");
    }
    for (size_t i = 0; i < set->n; i++) {
        if (set->list[i].reason == ATT_REASON_NONE) {
            write_place(w, index, &set->list[i],
                        item->ranks > 0 && item->ranks < n ? item->ranks : n);
        }
    }
    lose_keys(w, index);
}

static void write_item(writer *w, size_t index)
{
    const att_item *item = &w->instrument->items[index];
    const att_item *parent =
        item->parent == ATT_NONE ? NULL : &w->instrument->items[item->parent];

    if (item->kind->shape == ATT_SHAPE_RANK) {
        write_rank(w, index);
        return;
    }
    w->owner = item;
    begin_row(w, field_name(w, item->id));
    if (w->section != NULL) {
        w->cells[ATT_DICT_SECTION] = w->section;
        w->section = NULL;
    }
    w->cells[ATT_DICT_LABEL] = say(w, item->id, &item->text);
    w->cells[ATT_DICT_NOTE] = say(w, item->id, &item->help);
    fill_type(w, item);
    if (item->kind->shape == ATT_SHAPE_NOTE && words(w, &item->title)[0] != '\0') {
        LOSE(w, DROPPED, item->id, "the title of a note");
    }
    if (parent != NULL && is_grid(parent)) {
        if (strcmp(w->cells[ATT_DICT_TYPE], "yesno") == 0 ||
            strcmp(w->cells[ATT_DICT_TYPE], "truefalse") == 0) {
            w->cells[ATT_DICT_TYPE] = "radio"; /* others cannot stand in a matrix */
            w->cells[ATT_DICT_CHOICES] =
                choices_text(w, item, att_set_behind(w->instrument, item));
        }
        w->cells[ATT_DICT_MATRIX] = field_name(w, parent->id);
    }
    w->cells[ATT_DICT_IDENTIFIER] = item->is_identifying ? "y" : "";
    w->cells[ATT_DICT_REQUIRED] = item->required == ATT_REQUIRED_HARD ? "y" : "";
    fill_branching(w, index);
    if (!item->is_copy) {
        lose_keys(w, index);
    }
    end_row(w, item->kind->name);
    w->owner = NULL;
}

static void write_derived(writer *w, size_t index)
{
    const att_derived *derived = &w->instrument->derived[index];
    att_logic_place place = place_of(w);
    att_logic logic = att_logic_write(&w->arena, &place, derived->value, true);

    if (logic.text == NULL) {
        LOSE(w, DROPPED, derived->id, "the derived value: %s", logic.why);
        return;
    }
    w->has_derived[index] = true;
    begin_row(w, field_name(w, derived->id));
    w->cells[ATT_DICT_TYPE] = "calc";
    w->cells[ATT_DICT_LABEL] = say(w, derived->id, &derived->title);
    if (w->cells[ATT_DICT_LABEL][0] == '\0') {
        w->cells[ATT_DICT_LABEL] = derived->id;
    }
    w->cells[ATT_DICT_CHOICES] = logic.text;
    LOSE(w, APPROXIMATED, derived->id,
         "a derived value is a calculated field, which comes back as a calc%s%s",
         logic.near[0] == '\0' ? "" : "; ", logic.near);
    end_row(w, "derived value");
}

/* What concerns the whole: languages, scales, reasons that are offered everywhere. */
static void lose_whole(writer *w)
{
    static const char *const carried[] = { "export", NULL };
    const att_instrument *instrument = w->instrument;
    size_t row = w->row;

    w->row = 0;
    for (size_t i = 0; i < instrument->n_languages; i++) {
        if (i != instrument->language) {
            LOSE(w, DROPPED, instrument->id, "the language \"%s\"",
                 instrument->languages[i].tag);
        }
    }
    att_lose_language(w->losses, instrument, instrument->language);
    att_lose_reasons(w->losses, instrument);
    for (size_t i = 0; i < instrument->n_scales; i++) {
        LOSE(w, DROPPED, instrument->scales[i].id,
             "the scale: a dictionary scores nothing");
    }
    for (size_t i = 1; i < ATT_N_REASONS; i++) {
        if (instrument->is_offered[i]) {
            LOSE(w, APPROXIMATED, instrument->id,
                 "\"%s\" is offered on every item: make %d a missing data code of the "
                 "project",
                 att_reason_name((att_reason)i), att_reason_code((att_reason)i));
        }
    }
    if (att_has_own_form(instrument)) {
        LOSE(w, APPROXIMATED, instrument->id,
             "its form is named \"%s\" (\"export\"), and so is what comes back",
             instrument->redcap_form);
    }
    if (instrument->redcap_prefix[0] != '\0') {
        LOSE(w, APPROXIMATED, instrument->id, "names of fields begin with \"%s\"",
             instrument->redcap_prefix);
    }
    LOSE(w, DROPPED, instrument->id,
         "the title and the version: a dictionary has no place for them");
    att_lose_whole(w->losses, instrument, carried);
    w->row = row;
}

static void write_instrument(writer *w)
{
    const att_instrument *instrument = w->instrument;
    size_t section_end = ATT_NONE; /* where the last section's items end */

    lose_whole(w);
    for (size_t i = 0; i < instrument->n_items; i++) {
        const att_item *item = &instrument->items[i];

        if (section_end != ATT_NONE && i >= section_end && item->parent == ATT_NONE &&
            item->kind->shape != ATT_SHAPE_CONTAINER) {
            LOSE(w, APPROXIMATED, item->id,
                 "it stands under the section header above it");
            section_end = ATT_NONE;
        }
        if (item->kind->shape == ATT_SHAPE_CONTAINER) {
            open_container(w, i);
            section_end = item->end;
        } else {
            write_item(w, i);
        }
    }
    for (size_t i = 0; i < instrument->n_derived; i++) {
        write_derived(w, i);
    }
}

static void write_heading(att_buf *out)
{
    for (size_t i = 0; i < ATT_N_DICT; i++) {
        if (i > 0) {
            att_buf_char(out, ',');
        }
        att_csv_write_cell(out, att_dictionary_headings[i].title);
    }
    att_buf_add(out, "\r\n");
}

void att_dictionary_write(att_buf *out, const att_instrument *const *instruments,
                          size_t n, att_losses *losses)
{
    writer w = { .out = out, .losses = losses, .row = 2 };

    write_heading(out);
    for (size_t i = 0; i < n; i++) {
        losses->file = instruments[i]->path;
        w.instrument = instruments[i];
        w.has_derived = att_new_n(&w.arena, bool, instruments[i]->n_derived + 1);
        w.section = NULL;
        if (i == 0) {
            begin_row(&w, RECORD_ID);
            w.cells[ATT_DICT_TYPE] = "text";
            w.cells[ATT_DICT_LABEL] = "Record ID";
            end_row(&w, "the record's id");
        }
        write_instrument(&w);
        att_arena_drop(&w.arena);
    }
}
