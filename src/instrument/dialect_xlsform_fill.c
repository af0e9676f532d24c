/* One row of the survey as an item: its kind, its words, what needs no other row. */
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

#include "dialect_logic_tree.h"
#include "dialect_words.h"
#include "dialect_xlsform_draft.h"

#define NEAR ATT_XLS_NEAR
#define GONE ATT_XLS_GONE

static const char *cell(const att_xls_form *form, const att_xls_item *item,
                        att_xls_column_kind kind)
{
    return att_xls_cell(form, item->row, kind);
}

/* ---- choices ---- */

static att_xls_list *find_list(att_xls_form *form, const char *name, size_t n)
{
    for (size_t i = 0; i < form->n_lists; i++) {
        if (strlen(form->lists[i].name) == n &&
            strncmp(form->lists[i].name, name, n) == 0) {
            return &form->lists[i];
        }
    }
    return NULL;
}

static size_t count_real(const att_xls_list *list)
{
    size_t n = 0;

    for (size_t i = 0; list != NULL && i < list->n; i++) {
        n += list->list[i].code.reason == ATT_REASON_NONE;
    }
    return n;
}

att_xls_list *att_xls_own_list(att_xls_form *form, att_xls_item *item)
{
    att_xls_list *own = att_new(form->arena, att_xls_list);

    *own = *item->choices;
    own->list = att_new_n(form->arena, att_xls_choice, own->n + 1);
    own->room = own->n + 1;
    memcpy(own->list, item->choices->list, own->n * sizeof *own->list);
    own->id = NULL;
    item->choices = own;
    return own;
}

static void fill_words(att_xls_item *item)
{
    item->kind = "text";
    item->sort = ATT_LOGIC_TEXT;
}

static att_xls_text made_up(att_xls_form *form, const char *words)
{
    att_xls_text text = att_new_n(form->arena, const char *, form->n_languages);

    text[0] = words;
    return text;
}

/* or_other: one more choice, which opens a text. */
static void open_choice(att_xls_form *form, att_xls_item *item)
{
    att_xls_list *own = att_xls_own_list(form, item);
    att_xls_choice *choice = &own->list[own->n];
    int code = 1;

    for (size_t i = 0; i < own->n; i++) {
        if (strcmp(own->list[i].code.text, "other") == 0) {
            NEAR("its list has a choice \"other\" already");
            return;
        }
        code = own->list[i].code.code >= code ? own->list[i].code.code + 1 : code;
    }
    *choice = (att_xls_choice){ .row = item->row->row,
                                .code = { "other", code, ATT_REASON_NONE },
                                .label = made_up(form, "Other") };
    own->n++;
    item->is_open = true;
    if (strlen(item->id) + strlen("_other") > ATT_ITEM_ID_MAX) {
        GONE("the text of its choice \"other\": its name is too long");
    } else {
        choice->other = made_up(form, "Specify other.");
        NEAR("the words of the choice \"other\", with the code %d, are made up", code);
    }
}

/* "select_one list or_other" from the list on */
static void fill_choice(att_xls_form *form, att_xls_item *item, const char *rest,
                        const char *kind)
{
    size_t n = strcspn(rest, " ");
    att_xls_list *list = find_list(form, rest, n);
    const char *more = rest + n + strspn(rest + n, " ");

    if (count_real(list) == 0) {
        NEAR("the list \"%s\" is not there; it becomes a text",
             att_arena_text_n(form->arena, rest, n));
        fill_words(item);
        return;
    }
    item->kind = kind;
    item->sort = strcmp(kind, "one") == 0 ? ATT_LOGIC_CODE : ATT_LOGIC_MARKS;
    item->choices = list;
    if (att_words_same(more, "or_other") || att_words_same(more, "or other") ||
        att_words_same(more, "or specify other")) {
        open_choice(form, item);
    } else if (more[0] != '\0') {
        GONE("\"%s\" behind the list", att_text_cut(form->arena, more, 30));
    }
}

/* One box to tick, which holds "OK". */
static void fill_acknowledge(att_xls_form *form, att_xls_item *item)
{
    att_xls_list *list = att_new(form->arena, att_xls_list);

    list->name = "OK";
    list->list = att_new_n(form->arena, att_xls_choice, 1);
    list->n = list->room = 1;
    list->list[0].code = (att_logic_code){ "OK", 1, ATT_REASON_NONE };
    list->list[0].label = att_new_n(form->arena, const char *, form->n_languages);
    list->list[0].label[0] = "OK";
    item->kind = "one";
    item->sort = ATT_LOGIC_CODE;
    item->choices = list;
    NEAR("it becomes a question with one choice");
}

/* ---- parameters ---- */

/* What "name=" says; "" when it is not there. */
static const char *parameter(const att_xls_form *form, const att_xls_item *item,
                             const char *name)
{
    const char *p = cell(form, item, ATT_XLS_PARAMETERS);
    size_t n = strlen(name);

    while (*p != '\0') {
        size_t bytes = strcspn(p, " ;,");

        if (bytes > n && strncmp(p, name, n) == 0 && p[n] == '=') {
            return att_arena_text_n(form->arena, p + n + 1, bytes - n - 1);
        }
        p += bytes;
        p += strspn(p, " ;,");
    }
    return "";
}

static double number_in(const att_xls_form *form, const att_xls_item *item,
                        const char *name, double otherwise)
{
    const char *text = parameter(form, item, name);
    double x = otherwise;

    return text[0] != '\0' && att_number_read(text, strlen(text), &x) ? x : otherwise;
}

static const char *number_text(att_arena *arena, double x)
{
    att_buf buf = { 0 };
    char *text;

    att_number_write(&buf, x);
    text = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return text;
}

/* The words of the ticks at the ends. */
static void fill_anchors(att_xls_form *form, att_xls_item *item)
{
    const char *name = parameter(form, item, "tick_labelset");
    const att_xls_list *list = find_list(form, name, strlen(name));
    const double ends[2] = { item->min, item->max };
    size_t n_found = 0;

    for (size_t i = 0; list != NULL && i < list->n; i++) {
        for (size_t k = 0; k < 2; k++) {
            if (strcmp(list->list[i].code.text, number_text(form->arena, ends[k])) ==
                0) {
                item->anchors[k] = list->list[i].label;
                n_found++;
            }
        }
    }
    if (list != NULL && n_found < list->n) {
        GONE("the words of ticks that are no ends");
    }
    if ((item->anchors[0] == NULL) != (item->anchors[1] == NULL)) {
        size_t k = item->anchors[0] == NULL ? 0 : 1;

        item->anchors[k] = att_new_n(form->arena, const char *, form->n_languages);
        item->anchors[k][0] = number_text(form->arena, ends[k]);
        NEAR("one end of the line has no words");
    }
}

static void fill_range(att_xls_form *form, att_xls_item *item)
{
    item->kind = "vas";
    item->sort = ATT_LOGIC_NUMBER;
    item->has_min = item->has_max = true;
    item->min = number_in(form, item, "start", 1);
    item->max = number_in(form, item, "end", 10);
    item->step = number_in(form, item, "step", 1);
    if (item->min > item->max) {
        double low = item->max;

        item->max = item->min;
        item->min = low;
        NEAR("the line runs the other way");
    }
    if (item->min == item->max || item->step <= 0 ||
        item->step > item->max - item->min) {
        item->max = item->min == item->max ? item->min + 1 : item->max;
        item->step = 0;
        NEAR("its parameters leave no places on the line");
    }
    fill_anchors(form, item);
}

static void lose_parameters(att_xls_form *form, att_xls_item *item)
{
    const char *all = cell(form, item, ATT_XLS_PARAMETERS);

    if (strcmp(item->kind, "vas") == 0 || all[0] == '\0') {
        return;
    }
    if (item->choices != NULL &&
        strcmp(parameter(form, item, "randomize"), "true") == 0) {
        item->is_shuffled = true;
        if (strcmp(all, "randomize=true") != 0) {
            GONE("of its parameters all but \"randomize\": \"%s\"",
                 att_text_cut(form->arena, all, 60));
        }
        return;
    }
    GONE("the parameters \"%s\"", att_text_cut(form->arena, all, 60));
}

/* ---- types ---- */

typedef struct simple_type {
    const char *type, *kind; /* kind "": it is not kept */
    att_logic_sort sort;
    const char *near; /* what differs, or why it is not kept; or NULL */
} simple_type;

static const simple_type simple_types[] = {
    { "text", "text", ATT_LOGIC_TEXT, NULL },
    { "string", "text", ATT_LOGIC_TEXT, NULL },
    { "integer", "integer", ATT_LOGIC_NUMBER, NULL },
    { "int", "integer", ATT_LOGIC_NUMBER, NULL },
    { "decimal", "decimal", ATT_LOGIC_NUMBER, NULL },
    { "note", "note", ATT_LOGIC_NONE, NULL },
    { "date", "date", ATT_LOGIC_DAY, NULL },
    { "time", "time", ATT_LOGIC_TEXT, NULL },
    { "datetime", "datetime", ATT_LOGIC_TEXT, NULL },
    { "calculate", "calc", ATT_LOGIC_NUMBER, NULL },
    { "barcode", "text", ATT_LOGIC_TEXT, "a barcode is typed as a text here" },
    { "hidden", "", ATT_LOGIC_NONE, "a hidden value has no place here" },
    { "geopoint", "", ATT_LOGIC_NONE, "places are not asked for here" },
    { "geotrace", "", ATT_LOGIC_NONE, "places are not asked for here" },
    { "geoshape", "", ATT_LOGIC_NONE, "places are not asked for here" },
    { "start-geopoint", "", ATT_LOGIC_NONE, "places are not asked for here" },
    { "osm", "", ATT_LOGIC_NONE, "places are not asked for here" },
    { "image", "", ATT_LOGIC_NONE, "pictures are not asked for here" },
    { "photo", "", ATT_LOGIC_NONE, "pictures are not asked for here" },
    { "audio", "", ATT_LOGIC_NONE, "recordings are not asked for here" },
    { "background-audio", "", ATT_LOGIC_NONE, "recordings are not asked for here" },
    { "video", "", ATT_LOGIC_NONE, "recordings are not asked for here" },
    { "file", "", ATT_LOGIC_NONE, "files are not asked for here" },
    { "start", "", ATT_LOGIC_NONE, "every session keeps when it began" },
    { "end", "", ATT_LOGIC_NONE, "every session keeps when it ended" },
    { "deviceid", "", ATT_LOGIC_NONE, "the device is not kept" },
    { "phonenumber", "", ATT_LOGIC_NONE, "the device is not kept" },
    { "simserial", "", ATT_LOGIC_NONE, "the device is not kept" },
    { "subscriberid", "", ATT_LOGIC_NONE, "the device is not kept" },
    { "username", "", ATT_LOGIC_NONE, "who asks is not kept" },
    { "email", "", ATT_LOGIC_NONE, "who asks is not kept" },
    { "audit", "", ATT_LOGIC_NONE, "the journal keeps what was done when" },
    { "csv-external", "", ATT_LOGIC_NONE, "tables beside a form are not read" },
    { "xml-external", "", ATT_LOGIC_NONE, "tables beside a form are not read" },
    { "xls-external", "", ATT_LOGIC_NONE, "tables beside a form are not read" },
};

/* "select_one list" to its list; NULL when the type begins otherwise. */
static const char *list_after(const char *type, const char *words)
{
    const char *p = type;

    for (const char *w = words; *w != '\0'; w++) {
        if (*w == ' ' ? *p != ' ' && *p != '_' : att_words_low(*p) != *w) {
            return NULL;
        }
        p++;
    }
    return *p == ' ' ? p + strspn(p, " ") : NULL;
}

static bool fill_select(att_xls_form *form, att_xls_item *item, const char *type)
{
    static const struct {
        const char *words, *kind;
    } selects[] = {
        { "select one from", "one" },
        { "select multiple from", "many" },
        { "select all that apply from", "many" },
        { "select all that apply", "many" },
        { "select one", "one" },
        { "select multiple", "many" },
        { "select1", "one" },
        { "select", "many" },
        { "rank", "rank" },
    };

    for (size_t i = 0; i < sizeof selects / sizeof *selects; i++) {
        const char *rest = list_after(type, selects[i].words);

        if (rest != NULL) {
            fill_choice(form, item, rest, selects[i].kind);
            return true;
        }
    }
    return false;
}

static void fill_simple(att_xls_form *form, att_xls_item *item, const char *type)
{
    for (size_t i = 0; i < sizeof simple_types / sizeof *simple_types; i++) {
        const simple_type *simple = &simple_types[i];

        if (!att_words_same(simple->type, type)) {
            continue;
        }
        item->kind = simple->kind;
        item->sort = simple->sort;
        if (simple->near != NULL && simple->kind[0] == '\0') {
            GONE("a question of type \"%s\": %s", simple->type, simple->near);
        } else if (simple->near != NULL) {
            NEAR("%s", simple->near);
        }
        return;
    }
    NEAR("the type \"%s\" is not known; it becomes a text",
         att_text_cut(form->arena, type, 40));
    fill_words(item);
}

static void fill_type(att_xls_form *form, att_xls_item *item)
{
    const char *type = cell(form, item, ATT_XLS_TYPE);

    if (strcmp(item->kind, "group") == 0 || item->kind[0] == '\0' ||
        fill_select(form, item, type)) {
        return;
    }
    if (att_words_same(type, "acknowledge") || att_words_same(type, "trigger")) {
        fill_acknowledge(form, item);
    } else if (att_words_same(type, "range")) {
        fill_range(form, item);
    } else if (att_words_same(type, "today")) {
        item->kind = "";
        item->as = "today";
        item->sort = ATT_LOGIC_DAY;
        att_xls_lose(form, item, ATT_LOSS_MAPPED, "the day is known to every session");
    } else {
        fill_simple(form, item, type);
    }
}

/* ---- appearance ---- */

/* Takes a word out of what is left of an appearance. */
static bool take_word(att_xls_form *form, const char **left, const char *word)
{
    const char *at = *left;
    size_t n = strlen(word);

    while (*at != '\0') {
        size_t bytes = strcspn(at, " ");

        if (bytes == n && strncmp(at, word, n) == 0) {
            *left = att_arena_format(form->arena, "%.*s%s", (int)(at - *left), *left,
                                     at + n + strspn(at + n, " "));
            return true;
        }
        at += bytes;
        at += strspn(at, " ");
    }
    return false;
}

static void fill_appearance(att_xls_form *form, att_xls_item *item)
{
    const char *left = cell(form, item, ATT_XLS_APPEARANCE);

    if (strcmp(item->kind, "group") == 0) {
        if (!item->is_repeat && take_word(form, &left, "field-list")) {
            item->kind = "page";
        }
        item->is_grid = !item->is_repeat && take_word(form, &left, "table-list");
    } else if (strcmp(item->kind, "text") == 0) {
        item->is_long = take_word(form, &left, "multiline");
    } else if (strcmp(item->kind, "one") == 0) {
        (void)(take_word(form, &left, "label") ||
               take_word(form, &left, "list-nolabel") ||
               take_word(form, &left, "list"));
    }
    if (left[0] != '\0' && item->kind[0] != '\0') {
        GONE("the appearance \"%s\"", att_text_cut(form->arena, left, 40));
    }
}

/* ---- the row ---- */

static bool is_yes(const char *text)
{
    return att_words_same(text, "yes") || att_words_same(text, "true") ||
           att_words_same(text, "true()") || strcmp(text, "1") == 0;
}

static bool is_no(const char *text)
{
    return text[0] == '\0' || att_words_same(text, "no") ||
           att_words_same(text, "false") || att_words_same(text, "false()") ||
           strcmp(text, "0") == 0;
}

static void fill_required(att_xls_form *form, att_xls_item *item)
{
    const char *text = cell(form, item, ATT_XLS_REQUIRED);
    bool is_asked = strcmp(item->kind, "note") != 0 &&
                    strcmp(item->kind, "calc") != 0 &&
                    strcmp(item->kind, "group") != 0 && strcmp(item->kind, "page") != 0;

    if (is_yes(text)) {
        item->is_hard = is_asked;
        if (!is_asked) {
            GONE("that it is required: it asks nothing");
        }
    } else if (!is_no(text)) {
        GONE("that it is required when %s", att_text_cut(form->arena, text, 80));
    }
}

static void lose_columns(att_xls_form *form, att_xls_item *item)
{
    static const struct {
        att_xls_column_kind column;
        const char *what;
    } columns[] = {
        { ATT_XLS_REQUIRED_MESSAGE, "the message of what is required" },
        { ATT_XLS_DEFAULT, "the default" },
        { ATT_XLS_COUNT, "how often it repeats" },
        { ATT_XLS_TRIGGER, "the trigger" },
        { ATT_XLS_MEDIA, "the media" },
    };

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *text = cell(form, item, columns[i].column);

        if (text[0] != '\0' &&
            !(columns[i].column == ATT_XLS_COUNT && item->is_repeat)) {
            GONE("%s, \"%s\"", columns[i].what, att_text_cut(form->arena, text, 60));
        }
    }
    if (!is_no(cell(form, item, ATT_XLS_READONLY)) && strcmp(item->kind, "note") != 0) {
        GONE("that it is read only");
    }
    lose_parameters(form, item);
}

/* Words are there in the default language, or come from the next that has them. */
static void settle_text(att_xls_form *form, att_xls_item *item, att_xls_text text,
                        const char *what)
{
    if (text != NULL && text[0] == NULL) {
        text[0] = att_xls_default_text(form, text);
        NEAR("%s stands in another language where \"%s\" is missing", what,
             form->languages[0].tag);
    }
}

static void fill_texts(att_xls_form *form, att_xls_item *item)
{
    bool had_markup = false;
    att_xls_text guidance;

    item->label =
        att_xls_texts(form, ATT_XLS_SURVEY, item->row, ATT_XLS_LABEL, &had_markup);
    item->help =
        att_xls_texts(form, ATT_XLS_SURVEY, item->row, ATT_XLS_HINT, &had_markup);
    item->check_text = att_xls_texts(form, ATT_XLS_SURVEY, item->row,
                                     ATT_XLS_CONSTRAINT_MESSAGE, &had_markup);
    guidance =
        att_xls_texts(form, ATT_XLS_SURVEY, item->row, ATT_XLS_GUIDANCE, &had_markup);
    if (item->help == NULL && guidance != NULL) {
        item->help = guidance;
        NEAR("what guides who asks becomes the help");
    } else if (guidance != NULL) {
        GONE("what guides who asks, \"%s\"",
             att_text_cut(form->arena, att_xls_default_text(form, guidance), 60));
    }
    if (had_markup) {
        NEAR("markup was taken out of its words");
    }
    settle_text(form, item, item->label, "its label");
    settle_text(form, item, item->help, "its hint");
    settle_text(form, item, item->check_text, "its message");
}

/* jr:choice-name(${x}, '${x}') holds the words of a choice: they are piped as such. */
static bool holds_words(att_xls_form *form, att_xls_item *item)
{
    att_arena scratch = { 0 };
    const char *why = "";
    const char *text = cell(form, item, ATT_XLS_CALCULATION);
    const att_term *root = strcmp(item->kind, "calc") == 0 && text[0] != '\0'
                               ? att_term_make(&scratch, &att_tongue_xpath, text, &why)
                               : NULL;

    if (root != NULL && root->kind == ATT_TERM_CALL &&
        strcmp(root->text, "jr:choice-name") == 0 && root->n_kids == 2 &&
        root->kids[0]->kind == ATT_TERM_FIELD) {
        item->words_of = att_arena_text(form->arena, root->kids[0]->groups[0]);
        item->kind = "";
        att_xls_lose(form, item, ATT_LOSS_MAPPED, "the words of \"%s\"",
                     item->words_of);
        item->is_lossy = true; /* it was told */
    }
    att_arena_drop(&scratch);
    return item->words_of != NULL;
}

void att_xls_fill(att_xls_form *form, att_xls_item *item)
{
    bool is_container;

    fill_type(form, item);
    if (item->kind[0] == '\0' || holds_words(form, item)) {
        return;
    }
    fill_appearance(form, item);
    fill_texts(form, item);
    is_container = strcmp(item->kind, "group") == 0 || strcmp(item->kind, "page") == 0;
    if (item->label == NULL && !is_container && strcmp(item->kind, "calc") != 0 &&
        strcmp(cell(form, item, ATT_XLS_APPEARANCE), "label") != 0) {
        item->label = att_new_n(form->arena, const char *, form->n_languages);
        item->label[0] = item->name;
        NEAR("it has no label; its name stands there");
    }
    if (is_container && item->help != NULL) {
        GONE("the hint of a group");
        item->help = NULL;
    }
    fill_required(form, item);
    lose_columns(form, item);
}
