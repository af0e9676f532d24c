/* An instrument as a Questionnaire. */
#include <string.h>

#include <attune/instrument/kind.h>

#include "dialect_fhir_writer.h"

#define LOSE ATT_FHIR_LOSE

/* ---- the head ---- */

static const char *status_of(att_fhir_writer *w)
{
    att_maturity maturity = w->instrument->provenance.maturity;

    switch (maturity) {
    case ATT_MATURITY_DRAFT: return "draft";
    case ATT_MATURITY_RETIRED: return "retired";
    case ATT_MATURITY_PILOTED:
    case ATT_MATURITY_STRUCTURE_TESTED:
    case ATT_MATURITY_VALIDATED: break;
    }
    LOSE(w, APPROXIMATED, w->instrument->id,
         "the status \"%s\" is \"active\" there, which says nothing of evidence",
         att_maturity_name(maturity));
    return "active";
}

/* "my-pulse" as a name for programs: "MyPulse". */
static const char *name_of(const att_fhir_writer *w, const char *id)
{
    char *name = att_arena_text(w->arena, id);
    size_t n = 0;
    bool is_first = true;

    for (const char *p = id; *p != '\0'; p++) {
        if (*p == '-' || *p == '_') {
            is_first = true;
            continue;
        }
        name[n++] = is_first && *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
        is_first = false;
    }
    name[n] = '\0';
    return name;
}

static void put_identifier(att_fhir_writer *w)
{
    if (w->instrument->provenance.doi[0] != '\0') {
        att_json_key(&w->out, "identifier");
        att_json_list(&w->out);
        att_json_object(&w->out);
        att_json_put_string(&w->out, "system", "https://doi.org");
        att_json_put_string(&w->out, "value", w->instrument->provenance.doi);
        att_json_end_object(&w->out);
        att_json_end_list(&w->out);
    }
}

static void put_people(att_fhir_writer *w)
{
    const att_provenance *from = &w->instrument->provenance;
    att_buf names = { 0 };

    for (size_t i = 0; i < from->n_authors; i++) {
        att_buf_format(&names, "%s%s", i == 0 ? "" : "; ", from->authors[i]);
    }
    if (names.n > 0) {
        att_json_put_string(&w->out, "publisher", att_buf_text(&names));
    }
    att_buf_drop(&names);
    if (from->contact[0] != '\0') {
        att_json_key(&w->out, "contact");
        att_json_list(&w->out);
        att_json_object(&w->out);
        att_json_put_string(&w->out, "name", from->contact);
        att_json_end_object(&w->out);
        att_json_end_list(&w->out);
    }
}

/* For whom it is meant has an element of its own only as codes. */
static void put_description(att_fhir_writer *w)
{
    const att_instrument *in = w->instrument;

    att_fhir_put_words(w, "description", in->id, &in->audience);
    if (in->audience.in != NULL) {
        LOSE(w, APPROXIMATED, in->id, "for whom it is meant stands in its description");
    }
}

static void put_head(att_fhir_writer *w)
{
    const att_instrument *in = w->instrument;
    att_json_out *out = &w->out;

    att_json_put_string(out, "url",
                        att_arena_format(w->arena, ATT_FHIR_OURS "%s", in->id));
    put_identifier(w);
    att_json_put_string(out, "version", in->version);
    att_json_put_string(out, "name", name_of(w, in->id));
    att_fhir_put_words(w, "title", in->id, &in->title);
    att_json_put_string(out, "status", status_of(w));
    put_people(w);
    put_description(w);
    att_fhir_put_words(w, "purpose", in->id, &in->purpose);
    if (in->provenance.licence[0] != '\0') {
        att_json_put_string(out, "copyright", in->provenance.licence);
    }
}

/* ---- contained sets ---- */

/* Whether an item refers to a set there. */
static bool is_used(const att_instrument *in, const att_choices *set)
{
    for (size_t i = 0; i < in->n_items; i++) {
        const att_item *item = &in->items[i];

        if (item->kind->shape != ATT_SHAPE_CONTAINER && item->kind->has_choices &&
            att_set_behind(in, item) == set && att_fhir_is_contained(item, set)) {
            return true;
        }
    }
    return false;
}

static void put_contained(att_fhir_writer *w)
{
    const att_instrument *in = w->instrument;
    bool is_open = false;

    for (size_t i = 0; i < in->n_choices; i++) {
        if (!is_used(in, &in->choices[i])) {
            continue;
        }
        if (!is_open) {
            att_json_key(&w->out, "contained");
            att_json_list(&w->out);
            is_open = true;
        }
        att_fhir_put_set(w, &in->choices[i]);
    }
    if (is_open) {
        att_json_end_list(&w->out);
    }
}

/* ---- what has no place there ---- */

static void lose_languages(att_fhir_writer *w)
{
    const att_instrument *in = w->instrument;

    for (size_t i = 0; i < in->n_languages; i++) {
        att_lose_language(w->losses, in, i);
    }
}

static void lose_offers(att_fhir_writer *w)
{
    const att_instrument *in = w->instrument;

    for (size_t i = 1; i < ATT_N_REASONS; i++) {
        if (in->is_offered[i]) {
            LOSE(w, APPROXIMATED, in->id,
                 "\"%s\" is offered on every item; there it is a choice of those that "
                 "have choices",
                 att_reason_name((att_reason)i));
        }
    }
}

static void lose_whole(att_fhir_writer *w)
{
    static const char *const carried[] = { "purpose", "audience", "authors", "licence",
                                           "contact", "doi",      "status",  NULL };

    lose_languages(w);
    lose_offers(w);
    att_lose_whole(w->losses, w->instrument, carried);
}

/* ---- what repeats ---- */

static bool names_any(const att_instrument *in, const att_expr *expr,
                      const att_roster *roster)
{
    size_t n = 0;
    const att_ref *refs = expr == NULL ? NULL : att_expr_refs(expr, &n);

    for (size_t i = 0; i < n; i++) {
        if (refs[i].kind == ATT_REF_ITEM && in->items[refs[i].index].roster == roster) {
            return true;
        }
    }
    return false;
}

/* Whether a condition within an entry can be said there: enableWhen means the answer
 * that stands nearest, the same entry's; FHIRPath has no name for it. */
static bool can_say(att_fhir_writer *w, const att_roster *roster, const att_item *item)
{
    att_fhir_whens whens = { 0 };
    const att_instrument *in = w->instrument;
    size_t n = 0;
    const att_ref *refs = item->show == NULL ? NULL : att_expr_refs(item->show, &n);

    for (size_t i = 0; i < n; i++) {
        const att_item *named = &in->items[refs[i].index];

        if (refs[i].kind == ATT_REF_ITEM && named->roster == roster &&
            (named->entry != 1 ||
             strstr(att_expr_text(item->show), named->id) != NULL ||
             strstr(att_expr_text(item->show), in->items[roster->item].id) != NULL)) {
            return false; /* it may mean an entry by its number */
        }
    }
    return !names_any(in, item->show, roster) ||
           att_fhir_enable(w->arena, in, &w->scores, item->show, &whens);
}

/* Only what is always as often, and that nothing else asks about: all others keep their
 * meaning better as groups, one for each entry. */
static bool may_repeat(att_fhir_writer *w, const att_roster *roster)
{
    const att_instrument *in = w->instrument;
    size_t first = roster->entries[0];

    if (roster->has_lists || roster->n_pairs > 0 || roster->count != NULL ||
        in->items[first].end == first + 1) {
        return false;
    }
    for (size_t i = 0; i < in->n_items; i++) {
        const att_item *item = &in->items[i];
        bool is_inner = i > first && i < in->items[first].end;

        if (is_inner &&
            (!can_say(w, roster, item) || names_any(in, item->value, roster) ||
             item->from == ATT_FROM_ITEM)) {
            return false;
        }
        if (item->roster != roster &&
            (names_any(in, item->show, roster) || names_any(in, item->value, roster))) {
            return false;
        }
    }
    for (size_t i = 0; i < in->n_derived; i++) {
        if (names_any(in, in->derived[i].value, roster)) {
            return false;
        }
    }
    for (size_t i = 0; i < in->n_scales; i++) {
        for (size_t k = 0; k < in->scales[i].n_items; k++) {
            if (in->items[in->scales[i].items[k]].roster == roster) {
                return false;
            }
        }
    }
    return true;
}

static void find_repeats(att_fhir_writer *w)
{
    const att_instrument *in = w->instrument;
    bool *repeats = att_new_n(w->arena, bool, in->n_items + 1);

    for (size_t i = 0; i < in->n_items; i++) {
        const att_roster *roster = in->items[i].roster;

        repeats[i] = roster != NULL && roster->item == i && may_repeat(w, roster);
    }
    w->scores.repeats = repeats;
}

/* ---- the whole ---- */

static void put_questionnaire(att_fhir_writer *w)
{
    const att_instrument *in = w->instrument;
    att_json_out *out = &w->out;

    att_json_object(out);
    att_json_put_string(out, "resourceType", "Questionnaire");
    att_json_put_string(out, "id", in->id);
    att_json_put_string(out, "language", in->languages[in->language].tag);
    w->row = 0;
    lose_whole(w);
    w->row_at = 0;
    w->row = 1;
    put_contained(w);
    att_fhir_at_line(w);
    put_head(w);
    att_json_key(out, "item");
    att_json_list(out);
    att_fhir_put_items(w, 0, in->n_items);
    att_fhir_put_scores(w);
    att_json_end_list(out);
    att_json_end_object(out);
}

static void write_one(att_json_out *out, const att_instrument *instrument,
                      att_losses *losses)
{
    att_arena arena = { 0 };
    att_fhir_writer w = {
        .arena = &arena, .out = *out, .losses = losses, .instrument = instrument
    };

    losses->file = instrument->path;
    att_fhir_find_scores(&w);
    find_repeats(&w);
    put_questionnaire(&w);
    *out = w.out;
    att_arena_drop(&arena);
}

/* One is the file; several are the entries of a Bundle. */
void att_questionnaire_write(att_buf *buf, const att_instrument *const *instruments,
                             size_t n, att_losses *losses)
{
    att_json_out out = att_json_begin(buf, true);

    if (n == 1) {
        write_one(&out, instruments[0], losses);
        att_buf_char(buf, '\n');
        return;
    }
    att_json_object(&out);
    att_json_put_string(&out, "resourceType", "Bundle");
    att_json_put_string(&out, "type", "collection");
    att_json_key(&out, "entry");
    att_json_list(&out);
    for (size_t i = 0; i < n; i++) {
        att_json_object(&out);
        att_json_key(&out, "resource");
        write_one(&out, instruments[i], losses);
        att_json_end_object(&out);
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}
