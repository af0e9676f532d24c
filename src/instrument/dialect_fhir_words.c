/* Texts, extensions and choices of a Questionnaire. */
#include <string.h>

#include <attune/base/text.h>
#include <attune/instrument/kind.h>

#include "dialect_fhir_writer.h"

#define LOSE ATT_FHIR_LOSE

void att_fhir_at_line(att_fhir_writer *w)
{
    const att_buf *buf = w->out.buf;

    for (; w->row_at < buf->n; w->row_at++) {
        w->row += buf->bytes[w->row_at] == '\n';
    }
}

/* ---- names in braces ---- */

/* One name as fixed words; what has none stays as it is written. */
static void add_name(const att_fhir_writer *w, att_buf *out, const char *written,
                     size_t language, const char *field)
{
    bool is_raised = written[0] >= 'A' && written[0] <= 'Z';
    char *name = att_arena_text(w->arena, written);
    const char *text;

    if (is_raised) {
        name[0] = (char)(name[0] - 'A' + 'a');
    }
    text = att_token_fallback(w->instrument, name, language);
    if (text == NULL) {
        att_buf_format(out, "{%s}", written);
        if (field != NULL) {
            LOSE(w, APPROXIMATED, field, "\"{%s}\" stays as it is written", written);
        }
        return;
    }
    att_buf_add(out, is_raised ? att_text_raise(w->arena, text) : text);
    if (field != NULL) {
        LOSE(w, APPROXIMATED, field, "\"{%s}\" always says \"%s\"", written, text);
    }
}

static const char *piped(const att_fhir_writer *w, const char *text, size_t language,
                         const char *field)
{
    att_buf out = { 0 };
    char *copy;

    for (const char *p = text; *p != '\0'; p++) {
        const char *end = *p == '{' && p[1] != '{' ? strchr(p, '}') : NULL;

        if (*p == '{' && p[1] == '{') {
            att_buf_char(&out, '{');
            p++;
        } else if (end != NULL) {
            add_name(w, &out, att_arena_text_n(w->arena, p + 1, (size_t)(end - p - 1)),
                     language, field);
            p = end;
        } else {
            att_buf_char(&out, *p);
        }
    }
    copy = att_buf_copy(w->arena, &out);
    att_buf_drop(&out);
    return copy;
}

const char *att_fhir_words(const att_fhir_writer *w, const att_wording *wording)
{
    size_t language = w->instrument->language;

    return piped(w, att_wording_in(w->instrument, wording, language), language, NULL);
}

/* ---- texts ---- */

static bool is_translated(const att_fhir_writer *w, const att_wording *wording)
{
    for (size_t i = 0; wording->in != NULL && i < w->instrument->n_languages; i++) {
        if (i != w->instrument->language && wording->in[i] != NULL) {
            return true;
        }
    }
    return false;
}

static void put_translation(att_fhir_writer *w, const char *tag, const char *text)
{
    att_json_out *out = &w->out;

    att_json_object(out);
    att_json_key(out, "extension");
    att_json_list(out);
    att_json_object(out);
    att_json_put_string(out, "url", "lang");
    att_json_put_string(out, "valueCode", tag);
    att_json_end_object(out);
    att_json_object(out);
    att_json_put_string(out, "url", "content");
    att_json_put_string(out, "valueString", text);
    att_json_end_object(out);
    att_json_end_list(out);
    att_json_put_string(out, "url", ATT_FHIR_TRANSLATED);
    att_json_end_object(out);
}

/* The element beside a text, "_text", in which its translations stand. */
static void put_translations(att_fhir_writer *w, const char *key,
                             const att_wording *wording)
{
    att_json_out *out = &w->out;

    att_json_key(out, att_arena_format(w->arena, "_%s", key));
    att_json_object(out);
    att_json_key(out, "extension");
    att_json_list(out);
    for (size_t i = 0; i < w->instrument->n_languages; i++) {
        if (i != w->instrument->language && wording->in[i] != NULL) {
            put_translation(w, w->instrument->languages[i].tag,
                            piped(w, wording->in[i], i, NULL));
        }
    }
    att_json_end_list(out);
    att_json_end_object(out);
}

void att_fhir_put_words(att_fhir_writer *w, const char *key, const char *field,
                        const att_wording *wording)
{
    size_t language = w->instrument->language;
    const char *text = att_wording_in(w->instrument, wording, language);

    if (text[0] == '\0') {
        return;
    }
    att_json_put_string(&w->out, key, piped(w, text, language, field));
    if (is_translated(w, wording)) {
        put_translations(w, key, wording);
    }
}

/* ---- extensions ---- */

void att_fhir_begin_extension(att_fhir_writer *w, const char *url)
{
    att_json_object(&w->out);
    att_json_put_string(&w->out, "url", url);
}

void att_fhir_end_extension(att_fhir_writer *w)
{
    att_json_end_object(&w->out);
}

void att_fhir_put_flag(att_fhir_writer *w, const char *url)
{
    att_fhir_begin_extension(w, url);
    att_json_put_bool(&w->out, "valueBoolean", true);
    att_fhir_end_extension(w);
}

void att_fhir_put_control(att_fhir_writer *w, const char *code)
{
    att_json_out *out = &w->out;

    att_fhir_begin_extension(w, ATT_FHIR_CONTROL);
    att_json_key(out, "valueCodeableConcept");
    att_json_object(out);
    att_json_key(out, "coding");
    att_json_list(out);
    att_json_object(out);
    att_json_put_string(out, "system", ATT_FHIR_CONTROLS);
    att_json_put_string(out, "code", code);
    att_json_end_object(out);
    att_json_end_list(out);
    att_json_end_object(out);
    att_fhir_end_extension(w);
}

/* Our own words stand beside, for people, and for the way back. */
void att_fhir_put_expression(att_fhir_writer *w, const char *url, const char *path,
                             const char *ours)
{
    att_json_out *out = &w->out;

    att_fhir_begin_extension(w, url);
    att_json_key(out, "valueExpression");
    att_json_object(out);
    att_json_put_string(out, "description", ours);
    att_json_put_string(out, "language", "text/fhirpath");
    att_json_put_string(out, "expression", path);
    att_json_end_object(out);
    att_fhir_end_extension(w);
}

/* ---- choices ---- */

/* A set that only lists can hold is written out where it is used. */
bool att_fhir_is_contained(const att_item *item, const att_choices *set)
{
    if (set->id == NULL || set->id[0] == '\0') {
        return false;
    }
    for (size_t i = 0; i < set->n; i++) {
        if (set->list[i].is_exclusive && item->kind->shape == ATT_SHAPE_PICK_MANY) {
            return false;
        }
    }
    return true;
}

/* Ids there know no "_". */
static const char *set_id(const att_fhir_writer *w, const att_choices *set)
{
    char *id = att_arena_text(w->arena, set->id);

    for (char *c = id; *c != '\0'; c++) {
        *c = *c == '_' ? '-' : *c;
    }
    return id;
}

/* What an option says for a reason that the instrument offers everywhere. */
static const char *const reason_words[ATT_N_REASONS] = {
    [ATT_REASON_REFUSED] = "Prefer not to say",
    [ATT_REASON_NOT_APPLICABLE] = "Does not apply",
    [ATT_REASON_DONT_KNOW] = "Don't know",
};

/* The choices of a set and the reasons that are offered everywhere, in order. */
static size_t gather(const att_fhir_writer *w, const att_choices *set, bool is_consent,
                     att_choice **out)
{
    const att_instrument *in = w->instrument;
    bool is_own[ATT_N_REASONS] = { false };
    size_t n = set->n;

    *out = att_new_n(w->arena, att_choice, set->n + ATT_N_REASONS);
    for (size_t i = 0; i < set->n; i++) {
        (*out)[i] = set->list[i];
        is_own[set->list[i].reason] = true;
    }
    for (size_t i = 1; i < ATT_N_REASONS && !is_consent; i++) {
        if (in->is_offered[i] && !is_own[i] && att_fhir_absent((att_reason)i) != NULL) {
            (*out)[n++] = (att_choice){ .code = att_reason_code((att_reason)i),
                                        .reason = (att_reason)i,
                                        .text = in->reason_text[i] };
        }
    }
    return n;
}

static const char *code_of(const att_fhir_writer *w, const att_choice *choice)
{
    return choice->reason != ATT_REASON_NONE
               ? att_fhir_absent(choice->reason)
               : att_arena_format(w->arena, "%d", choice->code);
}

static void put_ordinal(att_fhir_writer *w, const att_choice *choice)
{
    if (choice->reason == ATT_REASON_NONE) {
        att_json_key(&w->out, "extension");
        att_json_list(&w->out);
        att_fhir_begin_extension(w, ATT_FHIR_ORDINAL);
        att_json_put_whole(&w->out, "valueDecimal", choice->code);
        att_fhir_end_extension(w);
        att_json_end_list(&w->out);
    }
}

static void put_display(att_fhir_writer *w, const att_choice *choice, const char *field)
{
    if (choice->text.in == NULL) {
        att_json_put_string(&w->out, "display", reason_words[choice->reason]);
    } else {
        att_fhir_put_words(w, "display", field, &choice->text);
    }
}

static void put_option(att_fhir_writer *w, const att_item *item,
                       const att_choice *choice)
{
    att_json_out *out = &w->out;
    bool is_many = item->kind->shape == ATT_SHAPE_PICK_MANY;

    att_json_object(out);
    if (is_many && choice->is_exclusive) {
        att_json_key(out, "extension");
        att_json_list(out);
        att_fhir_put_flag(w, ATT_FHIR_EXCLUSIVE);
        att_json_end_list(out);
    }
    att_json_key(out, "valueCoding");
    att_json_object(out);
    put_ordinal(w, choice);
    att_json_put_string(out, "system",
                        choice->reason != ATT_REASON_NONE
                            ? ATT_FHIR_ABSENT
                            : att_fhir_system(w->arena, w->instrument, item));
    att_json_put_string(out, "code", code_of(w, choice));
    put_display(w, choice, item->id);
    att_json_end_object(out);
    att_json_end_object(out);
}

void att_fhir_put_options(att_fhir_writer *w, const att_item *item)
{
    const att_choices *set = att_set_behind(w->instrument, item);
    att_choice *list = NULL;
    size_t n;

    if (set == NULL) {
        return;
    }
    if (att_fhir_is_contained(item, set)) {
        att_json_put_string(&w->out, "answerValueSet",
                            att_arena_format(w->arena, "#%s", set_id(w, set)));
        return;
    }
    n = gather(w, set, item->kind->shape == ATT_SHAPE_CONSENT, &list);
    att_json_key(&w->out, "answerOption");
    att_json_list(&w->out);
    for (size_t i = 0; i < n; i++) {
        put_option(w, item, &list[i]);
    }
    att_json_end_list(&w->out);
}

/* ---- contained sets ---- */

static void put_designations(att_fhir_writer *w, const att_choice *choice)
{
    att_json_out *out = &w->out;

    att_json_key(out, "designation");
    att_json_list(out);
    for (size_t i = 0; i < w->instrument->n_languages; i++) {
        if (i != w->instrument->language && choice->text.in[i] != NULL) {
            att_json_object(out);
            att_json_put_string(out, "language", w->instrument->languages[i].tag);
            att_json_put_string(out, "value", piped(w, choice->text.in[i], i, NULL));
            att_json_end_object(out);
        }
    }
    att_json_end_list(out);
}

static void put_concept(att_fhir_writer *w, const att_choice *choice, const char *field)
{
    att_json_out *out = &w->out;
    size_t language = w->instrument->language;

    att_json_object(out);
    put_ordinal(w, choice);
    att_json_put_string(out, "code", code_of(w, choice));
    att_json_put_string(
        out, "display",
        choice->text.in == NULL
            ? reason_words[choice->reason]
            : piped(w, att_wording_in(w->instrument, &choice->text, language), language,
                    field));
    if (choice->text.in != NULL && is_translated(w, &choice->text)) {
        put_designations(w, choice);
    }
    att_json_end_object(out);
}

/* Concepts of one system after the other, in the order of the choices. */
static void put_includes(att_fhir_writer *w, const att_choices *set)
{
    att_json_out *out = &w->out;
    att_choice *list = NULL;
    size_t n = gather(w, set, false, &list);

    for (size_t i = 0; i < n;) {
        bool is_reason = list[i].reason != ATT_REASON_NONE;

        att_json_object(out);
        att_json_put_string(out, "system",
                            is_reason
                                ? ATT_FHIR_ABSENT
                                : att_arena_format(w->arena, ATT_FHIR_OURS "%s:%s",
                                                   w->instrument->id, set->id));
        att_json_key(out, "concept");
        att_json_list(out);
        for (; i < n && (list[i].reason != ATT_REASON_NONE) == is_reason; i++) {
            put_concept(w, &list[i], set->id);
        }
        att_json_end_list(out);
        att_json_end_object(out);
    }
}

void att_fhir_put_set(att_fhir_writer *w, const att_choices *set)
{
    att_json_out *out = &w->out;

    att_json_object(out);
    att_fhir_at_line(w);
    att_json_put_string(out, "resourceType", "ValueSet");
    att_json_put_string(out, "id", set_id(w, set));
    att_json_put_string(out, "status", "active");
    att_json_key(out, "compose");
    att_json_object(out);
    att_json_key(out, "include");
    att_json_list(out);
    put_includes(w, set);
    att_json_end_list(out);
    att_json_end_object(out);
    att_json_end_object(out);
}
