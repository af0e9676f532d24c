/* showing.c - an instrument as a document: its codebook
 */
#include "showing.h"

#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/instrument/expr.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/roster.h>

/* Facts being gathered for one node. */
typedef struct facts {
    att_arena *arena;
    const att_instrument *instrument;
    att_fact *list;
    size_t n, room;
} facts;

static void add(facts *f, const char *label, const char *value)
{
    if (value == NULL || value[0] == '\0') {
        return;
    }
    if (f->n == f->room) {
        size_t room = f->room == 0 ? 16 : 2 * f->room;
        att_fact *more = att_new_n(f->arena, att_fact, room);

        if (f->n > 0) {
            memcpy(more, f->list, f->n * sizeof *more);
        }
        f->list = more;
        f->room = room;
    }
    f->list[f->n++] = (att_fact){ label, value };
}

/* A text in each language that it is written in. lead stands before it. */
static void add_wording(facts *f, const char *label, const char *lead,
                        const att_wording *wording)
{
    const att_instrument *instrument = f->instrument;

    for (size_t i = 0; wording->in != NULL && i < instrument->n_languages; i++) {
        const char *own = instrument->n_languages == 1
                              ? label
                              : att_arena_format(f->arena, "%s, %s", label,
                                                 instrument->languages[i].tag);

        if (wording->in[i] != NULL) {
            add(f, own, att_arena_format(f->arena, "%s%s", lead, wording->in[i]));
        }
    }
}

static const char *number_text(att_arena *arena, double x)
{
    att_buf text = { 0 };
    char *copy;

    att_number_write(&text, x);
    copy = att_buf_copy(arena, &text);
    att_buf_drop(&text);
    return copy;
}

static const char *joined(att_arena *arena, const char *const *list, size_t n)
{
    att_buf text = { 0 };
    char *copy;

    for (size_t i = 0; i < n; i++) {
        att_buf_format(&text, "%s%s", i > 0 ? ", " : "", list[i]);
    }
    copy = att_buf_copy(arena, &text);
    att_buf_drop(&text);
    return copy;
}

/* "age (number), helper (text)" */
static const char *attributes_text(att_arena *arena, const att_instrument *instrument)
{
    const char **list = att_new_n(arena, const char *, instrument->n_attributes);

    for (size_t i = 0; i < instrument->n_attributes; i++) {
        list[i] = att_arena_format(arena, "%s (%s)", instrument->attributes[i].id,
                                   att_attribute_type(instrument->attributes[i].kind));
    }
    return joined(arena, list, instrument->n_attributes);
}

/* "internal consistency of trust: alpha = 0.84 [0.81, 0.86]; n = 412, adults; 2026" */
static const char *evidence_text(att_arena *arena, const att_evidence *entry)
{
    const char *const more[] = { entry->sample, entry->date, entry->source };
    att_buf text = { 0 };
    const char *copy;

    att_buf_add(&text, entry->what);
    if (entry->scale[0] != '\0') {
        att_buf_format(&text, "%s%s", text.n > 0 ? " of " : "", entry->scale);
    }
    if (entry->coefficient[0] != '\0' || !isnan(entry->value)) {
        att_buf_format(&text, "%s%s", text.n > 0 ? ": " : "", entry->coefficient);
    }
    if (!isnan(entry->value)) {
        att_buf_format(&text, "%s%s", entry->coefficient[0] != '\0' ? " = " : "",
                       number_text(arena, entry->value));
    }
    if (!isnan(entry->low)) {
        att_buf_format(&text, " [%s, %s]", number_text(arena, entry->low),
                       number_text(arena, entry->high));
    }
    if (entry->n > 0) {
        att_buf_format(&text, "%sn = %zu", text.n > 0 ? "; " : "", entry->n);
    }
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        if (more[i][0] != '\0') {
            att_buf_format(&text, "%s%s", text.n > 0 ? "; " : "", more[i]);
        }
    }
    copy = att_buf_copy(arena, &text);
    att_buf_drop(&text);
    return copy;
}

/* "es (forward-back, reviewed 2026-05-01, else pt, 2 texts of an older wording)" */
static const char *language_text(att_arena *arena, const att_instrument *instrument,
                                 size_t index)
{
    const att_language *one = &instrument->languages[index];
    const char *part[5];
    size_t n = 0;

    if (one->is_rtl) {
        part[n++] = "right to left";
    }
    if (one->method[0] != '\0') {
        part[n++] = one->method;
    }
    if (index != instrument->language) {
        part[n++] = one->reviewed[0] == '\0'
                        ? "not reviewed"
                        : att_arena_format(arena, "reviewed %s", one->reviewed);
    }
    if (one->fallback != 0) {
        part[n++] = att_arena_format(arena, "else %s",
                                     instrument->languages[one->fallback - 1].tag);
    }
    if (one->n_stale > 0) {
        part[n++] = att_arena_format(arena, "%zu text%s of an older wording",
                                     one->n_stale, one->n_stale == 1 ? "" : "s");
    }
    return n == 0
               ? one->tag
               : att_arena_format(arena, "%s (%s)", one->tag, joined(arena, part, n));
}

/* ---- the instrument ---- */

static void write_head(att_doc *doc, const att_instrument *instrument)
{
    facts f = { .arena = doc->arena, .instrument = instrument };
    const char **tags = att_new_n(f.arena, const char *, instrument->n_languages);

    for (size_t i = 0; i < instrument->n_languages; i++) {
        tags[i] = language_text(f.arena, instrument, i);
    }
    add(&f, "Instrument",
        att_arena_format(f.arena, "%s %s", instrument->id, instrument->version));
    add(&f, "Status", att_maturity_name(instrument->provenance.maturity));
    add(&f, "Licence", instrument->provenance.licence);
    add(&f, "Ask", instrument->provenance.contact);
    add(&f, "Authors",
        joined(f.arena, instrument->provenance.authors,
               instrument->provenance.n_authors));
    add(&f, "Citation", instrument->provenance.citation);
    add(&f, "Languages", joined(f.arena, tags, instrument->n_languages));
    add(&f, "Roles", joined(f.arena, instrument->roles, instrument->n_roles));
    add(&f, "Known of people", attributes_text(f.arena, instrument));
    add_wording(&f, "Purpose", "", &instrument->purpose);
    add_wording(&f, "For", "", &instrument->audience);
    add_wording(&f, "Recall", "", &instrument->recall);
    if (instrument->minutes > 0) {
        add(&f, "Minutes", number_text(f.arena, instrument->minutes));
    }
    for (size_t i = 0; i < instrument->provenance.n_evidence; i++) {
        add(&f, "Evidence",
            evidence_text(f.arena, &instrument->provenance.evidence[i]));
    }
    add(&f, "Digest", instrument->digest);
    att_doc_facts(doc, f.list, f.n);
}

/* ---- items ---- */

static void add_range(facts *f, const att_item *item)
{
    if (item->has_min || item->has_max) {
        add(f, "Range",
            att_arena_format(f->arena, "%s to %s",
                             item->has_min ? number_text(f->arena, item->min) : "any",
                             item->has_max ? number_text(f->arena, item->max) : "any"));
    }
    if (item->min_day != NULL) {
        add(f, "From", att_expr_text(item->min_day));
    }
    if (item->max_day != NULL) {
        add(f, "To", att_expr_text(item->max_day));
    }
}

static const char *choices_text(const facts *f, const att_item *item)
{
    switch (item->from) {
    case ATT_FROM_ITEM:
        return att_arena_format(f->arena, "what is marked in %s",
                                f->instrument->items[item->from_item].id);
    case ATT_FROM_STUDY:
        return att_arena_format(f->arena, "the study's %s", item->from_setting);
    case ATT_FROM_SET: break;
    }
    if (item->choices == NULL) {
        return "";
    }
    return item->choices->id[0] != '\0' ? item->choices->id : att_item_name(item);
}

static void add_variants(facts *f, size_t item)
{
    for (size_t v = 0; v < f->instrument->n_variants; v++) {
        const att_variant *variant = &f->instrument->variants[v];

        for (size_t k = 0; k < variant->n_items; k++) {
            if (variant->items[k] == item) {
                add_wording(f, "Variant",
                            att_arena_format(f->arena,
                                             "when %s: ", att_expr_text(variant->when)),
                            &variant->texts[k]);
            }
        }
    }
}

/* "trust_1 to trust_7"; of a pair's item "know_1_2 to know_4_5". */
static const char *columns_text(const facts *f, const att_item *item)
{
    const att_roster *roster = item->roster;
    const char *base = item->base;
    size_t list = item->parent;

    if (item->slot > 0) {
        return att_arena_format(
            f->arena, "%s to %s", item->id,
            f->instrument->items[f->instrument->items[list].end - 1].id);
    }
    if (item->partner > 0) {
        const att_item *last =
            &f->instrument->items[roster->pairs[roster->n_pairs - 1]];

        return att_arena_format(f->arena, "%s_1_2 to %s_%zu_%zu", base, base,
                                last->entry, last->partner);
    }
    return att_arena_format(f->arena, "%s_1 to %s_%zu", base, base, roster->n);
}

static void add_roster(facts *f, const att_item *item)
{
    const att_roster *roster = item->roster;

    if (roster == NULL) {
        return;
    }
    if (item->entry > 0) {
        add(f, "Columns", columns_text(f, item));
        return;
    }
    if (item == &f->instrument->items[roster->item]) {
        add(f, "Entries",
            att_arena_format(f->arena, "at most %zu%s%s", roster->n,
                             roster->count == NULL ? "" : ": ",
                             roster->count == NULL ? "" : roster->count));
        add(f, "Pairs",
            roster->n_pairs == 0
                ? ""
                : att_arena_format(f->arena, "among the first %zu", roster->among));
    }
}

/* In which order it shows what it has, and whether it moves itself. */
static void add_order(facts *f, const att_item *item)
{
    static const char *const orders[] = {
        [ATT_ORDER_GIVEN] = "",
        [ATT_ORDER_RANDOM] = "random",
        [ATT_ORDER_ROTATE] = "rotate",
        [ATT_ORDER_BALANCED] = "balanced",
    };

    add(f, "Places",
        item->ranks == 0 ? "" : att_arena_format(f->arena, "%zu", item->ranks));
    add(f, "Order", orders[item->shuffle]);
    add(f, "Fixed", item->is_fixed ? "keeps its place" : "");
}

static void write_item(att_doc *doc, const att_instrument *instrument, size_t i)
{
    const att_item *item = &instrument->items[i];
    facts f = { .arena = doc->arena, .instrument = instrument };
    static const char *const required[] = { "", "asked twice", "yes" };

    add(&f, "Kind", item->kind->name);
    add(&f, "In",
        item->parent == ATT_NONE ? ""
                                 : att_item_name(&instrument->items[item->parent]));
    add_roster(&f, item);
    add_wording(&f, "Title", "", &item->title);
    add_wording(&f, "Text", "", &item->text);
    add_variants(&f, i);
    add_wording(&f, "Help", "", &item->help);
    add_wording(&f, "Probe", "", &item->probe);
    add_wording(&f, "For interviewers", "", &item->note);
    add_wording(&f, "Left end", "", &item->anchors[0]);
    add_wording(&f, "Right end", "", &item->anchors[1]);
    add(&f, "Asked when", item->show == NULL ? "" : att_expr_text(item->show));
    add(&f, "Choices", choices_text(&f, item));
    add_order(&f, item);
    add_range(&f, item);
    add(&f, "Must hold", item->check == NULL ? "" : att_expr_text(item->check));
    add(&f, "Should hold", item->warn == NULL ? "" : att_expr_text(item->warn));
    add(&f, "Required", required[item->required]);
    add(&f, "Identifying",
        item->is_identifying ? "yes: never sent, not in exports" : "");
    add(&f, "Visibility", item->vis);
    add(&f, "Function", item->fn);
    add(&f, "Value", item->value == NULL ? "" : att_expr_text(item->value));
    add(&f, "Version", item->version);
    add(&f, "Tier", item->tier == 0 ? "" : att_arena_format(f.arena, "%d", item->tier));
    add(&f, "Code", item->code);
    att_doc_heading(doc, 3, att_item_name(item), att_item_name(item));
    att_doc_facts(doc, f.list, f.n);
}

/* ---- codes ---- */

static void write_codes(att_doc *doc, const att_instrument *instrument, const char *id,
                        const att_choices *set)
{
    bool has_shows = set->any != NULL;
    size_t n_columns = 1 + instrument->n_languages + (has_shows ? 1 : 0);
    att_table_column *columns = att_new_n(doc->arena, att_table_column, n_columns);
    att_val *cells = att_new_n(doc->arena, att_val, set->n * n_columns);
    att_table *table = att_new(doc->arena, att_table);

    columns[0].title = "Code";
    for (size_t j = 1; j <= instrument->n_languages; j++) {
        columns[j].title = instrument->languages[j - 1].tag;
    }
    if (has_shows) {
        columns[n_columns - 1].title = "Offered when";
    }
    for (size_t i = 0; i < set->n; i++) {
        const att_choice *choice = &set->list[i];
        att_val *row = cells + i * n_columns;

        row[0] = att_val_text(choice->reason == ATT_REASON_NONE
                                  ? att_arena_format(doc->arena, "%d", choice->code)
                                  : att_arena_format(doc->arena, "%d %s", choice->code,
                                                     att_reason_name(choice->reason)));
        if (has_shows) {
            row[n_columns - 1] = choice->show == NULL
                                     ? att_val_none()
                                     : att_val_text(att_expr_text(choice->show));
        }
        for (size_t j = 1; j <= instrument->n_languages; j++) {
            const char *text = choice->text.in == NULL ? NULL : choice->text.in[j - 1];

            row[j] = text == NULL ? att_val_none() : att_val_text(text);
        }
    }
    *table = (att_table){ .id = id,
                          .finding = "",
                          .how = "",
                          .note = "",
                          .columns = columns,
                          .n_columns = n_columns,
                          .cells = cells,
                          .n_rows = set->n };
    att_doc_heading(doc, 3, att_arena_format(doc->arena, "set-%s", id), id);
    att_doc_table(doc, table);
}

/* The reasons for no answer, and which of them every question offers. */
static void write_missing(att_doc *doc, const att_instrument *instrument)
{
    facts f = { .arena = doc->arena, .instrument = instrument };

    for (int i = ATT_REASON_NOT_REACHED; i < ATT_N_REASONS; i++) {
        att_reason reason = (att_reason)i;
        const char *text = att_wording_in(instrument, &instrument->reason_text[i],
                                          instrument->language);

        add(&f, att_arena_format(f.arena, "%d", att_reason_code(reason)),
            att_arena_format(f.arena, "%s%s%s%s", att_reason_name(reason),
                             instrument->is_offered[i] ? ", offered" : "",
                             text[0] != '\0' ? ": " : "", text));
    }
    att_doc_heading(doc, 3, "part-missing", "No answer");
    att_doc_facts(doc, f.list, f.n);
}

static void write_answers(att_doc *doc, const att_instrument *instrument)
{
    att_doc_heading(doc, 2, "part-answers", "Answers");
    for (size_t i = 0; i < instrument->n_choices; i++) {
        write_codes(doc, instrument, instrument->choices[i].id,
                    &instrument->choices[i]);
    }
    for (size_t i = 0; i < instrument->n_items; i++) {
        const att_item *item = &instrument->items[i];

        if (item->from == ATT_FROM_SET && item->choices != NULL && !item->is_copy &&
            item->choices->id[0] == '\0') {
            write_codes(doc, instrument, att_item_name(item), item->choices);
        }
    }
    write_missing(doc, instrument);
}

/* ---- scores ---- */

static const char *items_text(const facts *f, const att_scale *scale)
{
    att_buf text = { 0 };
    char *copy;

    for (size_t k = 0; k < scale->n_items; k++) {
        att_buf_format(&text, "%s%s%s", k > 0 ? ", " : "",
                       f->instrument->items[scale->items[k]].id,
                       scale->is_reversed[k] ? " (R)" : "");
        if (scale->weights != NULL) {
            att_buf_add(&text, " x ");
            att_number_write(&text, scale->weights[k]);
        }
    }
    copy = att_buf_copy(f->arena, &text);
    att_buf_drop(&text);
    return copy;
}

static const char *score_text(const att_scale *scale)
{
    if (scale->value != NULL) {
        return att_expr_text(scale->value);
    }
    if (scale->weights != NULL) {
        return "weighted";
    }
    return scale->scoring == ATT_SCORING_SUM ? "sum" : "mean";
}

static void write_scale(att_doc *doc, const att_instrument *instrument,
                        const att_scale *scale)
{
    facts f = { .arena = doc->arena, .instrument = instrument };

    add_wording(&f, "Title", "", &scale->title);
    add(&f, "Items", items_text(&f, scale));
    add(&f, "Score", score_text(scale));
    add(&f, "Needs",
        att_arena_format(f.arena, "%zu of %zu answers", scale->min_valid,
                         scale->n_items));
    if (isfinite(scale->low) && isfinite(scale->high)) {
        add(&f, "Answers",
            att_arena_format(f.arena, "%s to %s", number_text(f.arena, scale->low),
                             number_text(f.arena, scale->high)));
    }
    add(&f, "Model", att_model_name(scale->model));
    add(&f, "Referent", att_referent_name(scale->referent));
    if (scale->needs != ATT_MATURITY_DRAFT) {
        add(&f, "Not before", att_maturity_name(scale->needs));
    }
    for (size_t k = 0; k < scale->n_bands; k++) {
        add_wording(&f, "Means",
                    att_arena_format(f.arena, "from %s: ",
                                     number_text(f.arena, scale->bands[k].from)),
                    &scale->bands[k].text);
    }
    att_doc_heading(doc, 3, scale->id, scale->id);
    att_doc_facts(doc, f.list, f.n);
}

static void write_derived(att_doc *doc, const att_instrument *instrument,
                          const att_derived *derived)
{
    facts f = { .arena = doc->arena, .instrument = instrument };

    add_wording(&f, "Title", "", &derived->title);
    add(&f, "Value", att_expr_text(derived->value));
    if (derived->needs != ATT_MATURITY_DRAFT) {
        add(&f, "Not before", att_maturity_name(derived->needs));
    }
    att_doc_heading(doc, 3, derived->id, derived->id);
    att_doc_facts(doc, f.list, f.n);
}

static void write_scores(att_doc *doc, const att_instrument *instrument)
{
    if (instrument->n_scales + instrument->n_derived == 0) {
        return;
    }
    att_doc_heading(doc, 2, "part-scores", "Scores");
    for (size_t i = 0; i < instrument->n_scales; i++) {
        write_scale(doc, instrument, &instrument->scales[i]);
    }
    for (size_t i = 0; i < instrument->n_derived; i++) {
        write_derived(doc, instrument, &instrument->derived[i]);
    }
}

/* ---- names in braces ---- */

static void write_tokens(att_doc *doc, const att_instrument *instrument)
{
    if (instrument->n_tokens == 0) {
        return;
    }
    att_doc_heading(doc, 2, "part-tokens", "Names in braces");
    for (size_t i = 0; i < instrument->n_tokens; i++) {
        const att_token *token = &instrument->tokens[i];
        facts f = { .arena = doc->arena, .instrument = instrument };

        add(&f, "The answer to",
            token->item == ATT_NONE ? "" : instrument->items[token->item].id);
        add(&f, "The study's", token->setting);
        for (size_t k = 0; k < token->n_otherwise; k++) {
            const att_token_else *other = &token->otherwise[k];

            add_wording(&f, "Else",
                        other->when == NULL
                            ? ""
                            : att_arena_format(f.arena,
                                               "when %s: ", att_expr_text(other->when)),
                        &other->text);
        }
        att_doc_heading(doc, 3, token->id,
                        att_arena_format(doc->arena, "{%s}", token->id));
        att_doc_facts(doc, f.list, f.n);
    }
}

/* What a roster repeats stands here once, and its own containers not at all. */
static bool is_shown(const att_instrument *instrument, size_t i)
{
    const att_item *item = &instrument->items[i];
    bool is_list = i + 1 < item->end && instrument->items[i + 1].slot > 0;
    bool is_box =
        item->entry > 0 && item->slot == 0 && item->parent == item->roster->item;

    return !item->is_copy && !is_list && !is_box;
}

att_doc *att_showing_doc(att_arena *arena, const att_instrument *instrument)
{
    att_doc *doc = att_doc_make(
        arena, att_wording_in(instrument, &instrument->title, instrument->language));

    doc->language = instrument->languages[instrument->language].tag;
    doc->is_rtl = instrument->languages[instrument->language].is_rtl;
    doc->kicker = "Codebook";
    doc->has_contents = true;
    write_head(doc, instrument);
    att_doc_heading(doc, 2, "part-items", "Items");
    for (size_t i = 0; i < instrument->n_items; i++) {
        if (is_shown(instrument, i)) {
            write_item(doc, instrument, i);
        }
    }
    write_answers(doc, instrument);
    write_scores(doc, instrument);
    write_tokens(doc, instrument);
    return doc;
}
