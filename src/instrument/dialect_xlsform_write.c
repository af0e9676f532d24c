/* An instrument as the sheets of a form. */
#include "dialect_xlsform_write.h"

#include <string.h>

#include <attune/instrument/kind.h>
#include <attune/instrument/roster.h>

#include "dialect_lose.h"
#include "expr_tree.h"

#define FIRST_ROW 3 /* of the survey: its name and its titles stand above */

#define LOSE ATT_XLS_LOSE

att_logic_place att_xls_place(const att_xls_writer *w, const att_item *own)
{
    return (att_logic_place){ .tongue = &att_tongue_xpath,
                              .instrument = w->instrument,
                              .has_derived = w->has_derived,
                              .own = own,
                              .within = w->owner,
                              .repeats = w->repeats };
}

bool att_xls_repeats(const att_xls_writer *w, const att_item *item)
{
    return item->roster != NULL && item->base != NULL && w->repeats[item->roster->item];
}

const char *att_xls_name(const att_xls_writer *w, const att_item *item)
{
    return att_xls_repeats(w, item) ? item->base : item->id;
}

/* ---- rows ---- */

static void begin_row(att_xls_writer *w, const char *type, const char *name)
{
    w->n_before = w->losses->n;
    w->cells = att_xls_table_row(&w->survey);
    w->row = FIRST_ROW + w->survey.n_rows - 1;
    w->cells[w->column[ATT_XLS_OUT_TYPE]] = type;
    w->cells[w->column[ATT_XLS_OUT_NAME]] = name;
}

static void end_row(att_xls_writer *w, const char *what)
{
    if (w->losses->n == w->n_before) {
        LOSE(w, MAPPED, w->cells[w->column[ATT_XLS_OUT_NAME]], "%s is of type %s", what,
             w->cells[w->column[ATT_XLS_OUT_TYPE]]);
    }
}

static void fill_relevant(att_xls_writer *w, const att_item *item)
{
    att_logic_place place = att_xls_place(w, NULL);
    att_logic logic;

    if (item->show == NULL) {
        return;
    }
    logic = att_logic_write(&w->arena, &place, item->show, false);
    if (logic.text == NULL) {
        LOSE(w, DROPPED, item->id, "the condition %s: %s", att_expr_text(item->show),
             logic.why);
        return;
    }
    if (logic.near[0] != '\0') {
        LOSE(w, APPROXIMATED, item->id, "the condition %s: %s",
             att_expr_text(item->show), logic.near);
    }
    w->cells[w->column[ATT_XLS_OUT_RELEVANT]] = logic.text;
}

/* ---- what has no place there ---- */

static void lose_keys(att_xls_writer *w, size_t index)
{
    const att_item *item = &w->instrument->items[index];

    if (item->is_identifying && !item->is_other) {
        LOSE(w, DROPPED, item->id,
             "\"identifying\": a form keeps all answers together");
    }
    att_lose_keys(w->losses, w->row, w->instrument, index);
}

/* ---- items ---- */

static bool is_grid(const att_item *item)
{
    return item->kind->shape == ATT_SHAPE_CONTAINER && item->kind->has_choices;
}

static bool is_page(const att_item *item)
{
    return strcmp(item->kind->name, "page") == 0;
}

static bool is_roster(const att_instrument *instrument, size_t index)
{
    const att_item *item = &instrument->items[index];

    return item->roster != NULL && item->roster->item == index;
}

static void write_items(att_xls_writer *w, size_t first, size_t end);

/* The row above a grid, which shows its choices once. */
static void write_head(att_xls_writer *w, const att_item *grid)
{
    const att_choices *set = att_set_behind(w->instrument, grid);

    if (set == NULL) {
        return;
    }
    begin_row(
        w, att_arena_format(&w->arena, "select_one %s", att_xls_list_of(w, grid, set)),
        att_arena_format(&w->arena, "%s_head", att_xls_name(w, grid)));
    w->cells[w->column[ATT_XLS_OUT_APPEARANCE]] = "label";
    att_xls_say(w, w->cells, w->column[ATT_XLS_OUT_LABEL], grid->id, &grid->text);
}

/* The stem of a page, which stands above each of its questions here. */
static void write_stem(att_xls_writer *w, const att_item *item)
{
    begin_row(w, "note", att_arena_format(&w->arena, "%s_stem", att_xls_name(w, item)));
    att_xls_say(w, w->cells, w->column[ATT_XLS_OUT_LABEL], item->id, &item->text);
    LOSE(w, APPROXIMATED, item->id, "the stem becomes a note that stands once");
}

/* ---- rosters ---- */

/* Whether what an item says about others of the roster is about the same entry: then
 * the copy of the next entry says it about its own. */
static bool is_own_entry(const att_instrument *instrument, const att_roster *roster,
                         const att_expr *expr, const att_expr *next)
{
    size_t n = 0, n_next = 0;
    const att_ref *refs = expr == NULL ? NULL : att_expr_refs(expr, &n);
    const att_ref *nexts = next == NULL ? NULL : att_expr_refs(next, &n_next);

    for (size_t i = 0; i < n && n == n_next; i++) {
        bool is_item = refs[i].kind == ATT_REF_ITEM && nexts[i].kind == ATT_REF_ITEM &&
                       instrument->items[refs[i].index].roster == roster;

        if (is_item && instrument->items[refs[i].index].entry == 1 &&
            instrument->items[nexts[i].index].entry != 2) {
            return false;
        }
    }
    return n == n_next;
}

/* Names and pairs of names have no like in a form, and neither has an item that speaks
 * of other entries by number. */
static bool may_repeat(const att_instrument *instrument, const att_roster *roster)
{
    size_t first = roster->entries[0];
    size_t stride = roster->n > 1 ? roster->entries[1] - first : 0;

    if (roster->has_lists || roster->n_pairs > 0 ||
        instrument->items[first].end == first + 1) {
        return false;
    }
    for (size_t i = first + 1; stride > 0 && i < instrument->items[first].end; i++) {
        const att_item *a = &instrument->items[i];
        const att_item *b = a + stride;

        if (!is_own_entry(instrument, roster, a->show, b->show) ||
            !is_own_entry(instrument, roster, a->check, b->check) ||
            !is_own_entry(instrument, roster, a->value, b->value) ||
            !is_own_entry(instrument, roster, a->min_day, b->min_day) ||
            !is_own_entry(instrument, roster, a->max_day, b->max_day)) {
            return false;
        }
    }
    return true;
}

static void find_repeats(att_xls_writer *w)
{
    for (size_t i = 0; i < w->instrument->n_items; i++) {
        w->repeats[i] = is_roster(w->instrument, i) &&
                        may_repeat(w->instrument, w->instrument->items[i].roster);
    }
}

/* Whether it is min(..., n) already. */
static bool is_limited(const att_node *node, size_t n)
{
    bool is_min = node->kind == ATT_NODE_CALL && node->function->id == ATT_FN_MIN;

    for (size_t i = 0; is_min && i < node->n_kids; i++) {
        if (node->kids[i]->kind == ATT_NODE_VALUE &&
            node->kids[i]->value.number <= (double)n) {
            return true;
        }
    }
    return false;
}

/* How many entries there are: a number, or what the condition of the first compares. */
static void fill_count(att_xls_writer *w, const att_item *item)
{
    const att_roster *roster = item->roster;
    const att_expr *show = w->instrument->items[roster->entries[0]].show;
    att_logic_place place = att_xls_place(w, NULL);
    const char **cell = &w->cells[w->column[ATT_XLS_OUT_COUNT]];
    att_expr count = { 0 };
    att_logic logic;

    *cell = att_arena_format(&w->arena, "%zu", roster->n);
    if (roster->count == NULL || show == NULL) {
        return;
    }
    count = *show;
    count.text = roster->count;
    count.root = show->root->kids[0];
    logic = att_logic_write(&w->arena, &place, &count, true);
    if (logic.text == NULL) {
        LOSE(w, APPROXIMATED, item->id, "a roster of %s entries has %zu there: %s",
             roster->count, roster->n, logic.why);
        return;
    }
    if (logic.near[0] != '\0') {
        LOSE(w, APPROXIMATED, item->id, "the number of entries %s: %s", roster->count,
             logic.near);
    }
    *cell = is_limited(count.root, roster->n)
                ? logic.text
                : att_arena_format(&w->arena, "min(coalesce(%s, 0), %zu)", logic.text,
                                   roster->n);
}

static void lose_name(att_xls_writer *w, const att_item *item)
{
    const att_roster *roster = item->roster;
    size_t first = roster->entries[0] + 1;

    while (first + 1 < roster->end &&
           w->instrument->items[first].kind->shape == ATT_SHAPE_NOTE) {
        first++;
    }
    if (roster->names != NULL && roster->names[0] != first) {
        LOSE(w, DROPPED, item->id, "that \"%s\" names the entries of the roster",
             w->instrument->items[roster->names[0]].base);
    }
}

static void write_words_of(att_xls_writer *w, size_t first, size_t end);

static void write_repeat(att_xls_writer *w, size_t index)
{
    const att_item *item = &w->instrument->items[index];
    size_t entry = item->roster->entries[0];

    begin_row(w, "begin_repeat", item->id);
    att_xls_say(w, w->cells, w->column[ATT_XLS_OUT_LABEL], item->id, &item->title);
    fill_relevant(w, item);
    fill_count(w, item);
    lose_name(w, item);
    if (att_xls_words(w, &item->help)[0] != '\0') {
        LOSE(w, DROPPED, item->id, "the help of a roster");
    }
    att_lose_keys(w->losses, w->row, w->instrument, index);
    end_row(w, item->kind->name);
    if (item->text.in != NULL) {
        write_stem(w, item);
    }
    write_items(w, entry + 1, w->instrument->items[entry].end);
    write_words_of(w, entry + 1, w->instrument->items[entry].end);
    w->owner = NULL;
    begin_row(w, "end_repeat", "");
}

static void write_container(att_xls_writer *w, size_t index)
{
    const att_item *item = &w->instrument->items[index];

    if (w->repeats[index]) {
        write_repeat(w, index);
        return;
    }
    w->owner = item;
    begin_row(w, "begin_group", att_xls_name(w, item));
    att_xls_say(w, w->cells, w->column[ATT_XLS_OUT_LABEL], item->id, &item->title);
    if (is_page(item) || is_grid(item)) {
        w->cells[w->column[ATT_XLS_OUT_APPEARANCE]] = "field-list";
    }
    fill_relevant(w, item);
    if (att_xls_words(w, &item->help)[0] != '\0') {
        LOSE(w, DROPPED, item->id, "the help of a %s", item->kind->name);
    }
    if (is_roster(w->instrument, index)) {
        LOSE(w, APPROXIMATED, item->id,
             "a roster becomes groups, of at most %zu entries, one after another",
             item->roster->n);
    }
    if (!item->is_copy) {
        att_lose_keys(w->losses, w->row, w->instrument, index);
        att_lose_order(w->losses, w->row, item);
    }
    end_row(w, item->kind->name);
    if (is_grid(item)) {
        write_head(w, item);
    } else if (item->text.in != NULL) {
        write_stem(w, item);
    }
    write_items(w, index + 1, item->end);
    begin_row(w, "end_group", "");
}

static void write_question(att_xls_writer *w, size_t index)
{
    const att_item *item = &w->instrument->items[index];
    const att_item *parent =
        item->parent == ATT_NONE ? NULL : &w->instrument->items[item->parent];

    w->owner = item;
    begin_row(w, "", att_xls_name(w, item));
    att_xls_say(w, w->cells, w->column[ATT_XLS_OUT_LABEL], item->id, &item->text);
    att_xls_say(w, w->cells, w->column[ATT_XLS_OUT_HINT], item->id, &item->help);
    att_xls_fill_cells(w, item);
    if (item->kind->shape == ATT_SHAPE_NOTE &&
        att_xls_words(w, &item->title)[0] != '\0') {
        LOSE(w, DROPPED, item->id, "the title of a note");
    }
    if (parent != NULL && is_grid(parent) && item->kind->shape == ATT_SHAPE_PICK_ONE) {
        w->cells[w->column[ATT_XLS_OUT_APPEARANCE]] = "list-nolabel";
    }
    if (item->required == ATT_REQUIRED_HARD) {
        w->cells[w->column[ATT_XLS_OUT_REQUIRED]] = "yes";
    }
    fill_relevant(w, item);
    if (!item->is_copy) {
        lose_keys(w, index);
    }
    end_row(w, item->kind->name);
    w->owner = NULL;
}

static void write_items(att_xls_writer *w, size_t first, size_t end)
{
    for (size_t i = first; i < end; i = w->instrument->items[i].end) {
        if (w->instrument->items[i].kind->shape == ATT_SHAPE_CONTAINER) {
            write_container(w, i);
        } else {
            write_question(w, i);
        }
    }
}

/* What holds the words of a choice, for piping. */
static void write_words_of(att_xls_writer *w, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        const char *name = att_xls_name(w, &w->instrument->items[i]);

        if (w->words[i] == NULL) {
            continue;
        }
        begin_row(w, "calculate", w->words[i]);
        w->cells[w->column[ATT_XLS_OUT_CALCULATION]] =
            att_arena_format(&w->arena, "jr:choice-name(${%s}, '${%s}')", name, name);
        w->words[i] = NULL;
        end_row(w, "the words of a choice");
    }
}

static void write_derived(att_xls_writer *w, size_t index)
{
    const att_derived *derived = &w->instrument->derived[index];
    att_logic_place place = att_xls_place(w, NULL);
    att_logic logic = att_logic_write(&w->arena, &place, derived->value, true);

    w->row = 0;
    if (logic.text == NULL) {
        LOSE(w, DROPPED, derived->id, "the derived value: %s", logic.why);
        return;
    }
    w->has_derived[index] = true;
    begin_row(w, "calculate", derived->id);
    att_xls_say(w, w->cells, w->column[ATT_XLS_OUT_LABEL], derived->id,
                &derived->title);
    w->cells[w->column[ATT_XLS_OUT_CALCULATION]] = logic.text;
    LOSE(w, APPROXIMATED, derived->id,
         "a derived value is a calculation, which comes back as a calc%s%s",
         logic.near[0] == '\0' ? "" : "; ", logic.near);
}

/* ---- what concerns the whole ---- */

static void lose_languages(att_xls_writer *w)
{
    for (size_t i = 0; i < w->instrument->n_languages; i++) {
        const att_language *language = &w->instrument->languages[i];

        att_lose_language(w->losses, w->instrument, i);
        if (i != w->instrument->language && w->instrument->title.in[i] != NULL) {
            LOSE(w, DROPPED, w->instrument->id, "the title in \"%s\": a form has one",
                 language->tag);
        }
    }
}

static void lose_whole(att_xls_writer *w)
{
    static const char *const carried[] = { NULL };
    const att_instrument *instrument = w->instrument;

    w->row = 0;
    lose_languages(w);
    att_lose_reasons(w->losses, instrument);
    for (size_t i = 0; i < instrument->n_scales; i++) {
        LOSE(w, DROPPED, instrument->scales[i].id, "the scale: a form scores nothing");
    }
    for (size_t i = 1; i < ATT_N_REASONS; i++) {
        if (instrument->is_offered[i]) {
            LOSE(w, DROPPED, instrument->id, "that \"%s\" is offered on every item",
                 att_reason_name((att_reason)i));
        }
    }
    att_lose_whole(w->losses, instrument, carried);
}

static void write_settings(att_xls_writer *w)
{
    const att_language *language = &w->instrument->languages[w->instrument->language];
    const char **cells = att_xls_table_row(&w->settings);

    cells[0] = att_xls_words(w, &w->instrument->title);
    cells[1] = w->instrument->id;
    cells[2] = w->instrument->version;
    cells[3] = att_arena_format(&w->arena, "%s (%s)",
                                att_xls_language_name(language->tag), language->tag);
}

/* ---- tables ---- */

/* "label", or "label::English (en)" for each language. */
static size_t add_titles(att_xls_writer *w, const char **titles, size_t n,
                         const char *title, bool has_words)
{
    size_t n_languages = w->instrument->n_languages;

    if (!has_words || n_languages == 1) {
        titles[n] = title;
        return n + 1;
    }
    for (size_t i = 0; i < n_languages; i++) {
        const char *tag = w->instrument->languages[w->languages[i]].tag;

        titles[n + i] = att_arena_format(&w->arena, "%s::%s (%s)", title,
                                         att_xls_language_name(tag), tag);
    }
    return n + n_languages;
}

static void make_tables(att_xls_writer *w)
{
    static const struct {
        const char *title;
        bool has_words;
    } columns[ATT_N_XLS_OUT] = {
        { "type", false },         { "name", false },
        { "label", true },         { "hint", true },
        { "required", false },     { "relevant", false },
        { "constraint", false },   { "constraint_message", true },
        { "calculation", false },  { "appearance", false },
        { "parameters", false },   { "choice_filter", false },
        { "repeat_count", false },
    };
    static const char *const settings[] = { "form_title", "form_id", "version",
                                            "default_language" };
    size_t n_languages = w->instrument->n_languages;
    const char **survey =
        att_new_n(&w->arena, const char *, ATT_N_XLS_OUT + 3 * n_languages);
    const char **choices = att_new_n(&w->arena, const char *, 2 + n_languages);
    size_t n = 0;

    for (size_t i = 0; i < ATT_N_XLS_OUT; i++) {
        w->column[i] = n;
        n = add_titles(w, survey, n, columns[i].title, columns[i].has_words);
    }
    w->survey = (att_xls_table){ &w->arena, "survey", survey, n, NULL, 0, 0 };
    choices[0] = "list_name";
    choices[1] = "name";
    n = add_titles(w, choices, 2, "label", true);
    w->choices = (att_xls_table){ &w->arena, "choices", choices, n, NULL, 0, 0 };
    w->settings = (att_xls_table){ &w->arena, "settings", settings, 4, NULL, 0, 0 };
}

static void order_languages(att_xls_writer *w)
{
    size_t n = 1;

    w->languages = att_new_n(&w->arena, size_t, w->instrument->n_languages);
    w->languages[0] = w->instrument->language;
    for (size_t i = 0; i < w->instrument->n_languages; i++) {
        if (i != w->instrument->language) {
            w->languages[n++] = i;
        }
    }
}

typedef void (*table_writer)(att_buf *out, const att_xls_table *table, size_t n_needed);

static void write_form(att_buf *out, const att_instrument *instrument,
                       att_losses *losses, table_writer write)
{
    att_xls_writer w = { .losses = losses, .instrument = instrument };

    losses->file = instrument->path;
    order_languages(&w);
    make_tables(&w);
    w.has_derived = att_new_n(&w.arena, bool, instrument->n_derived + 1);
    w.words = att_new_n(&w.arena, const char *, instrument->n_items + 1);
    w.repeats = att_new_n(&w.arena, bool, instrument->n_items + 1);
    w.sets = att_new_n(&w.arena, att_xls_set, 2 * instrument->n_items + 1);
    lose_whole(&w);
    find_repeats(&w);
    att_xls_find_words(&w);
    write_items(&w, 0, instrument->n_items);
    for (size_t i = 0; i < instrument->n_derived; i++) {
        write_derived(&w, i);
    }
    write_words_of(&w, 0, instrument->n_items);
    write_settings(&w);
    write(out, &w.survey, 2 + instrument->n_languages);
    if (w.choices.n_rows > 0) {
        write(out, &w.choices, 2 + instrument->n_languages);
    }
    write(out, &w.settings, 4);
    att_arena_drop(&w.arena);
}

void att_xls_write_csv(att_buf *out, const att_instrument *const *instruments, size_t n,
                       att_losses *losses)
{
    for (size_t i = 0; i < n; i++) {
        write_form(out, instruments[i], losses, att_xls_table_csv);
    }
}

void att_xls_write_markdown(att_buf *out, const att_instrument *const *instruments,
                            size_t n, att_losses *losses)
{
    for (size_t i = 0; i < n; i++) {
        write_form(out, instruments[i], losses, att_xls_table_markdown);
    }
}
