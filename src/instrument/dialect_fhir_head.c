/* What a Questionnaire says of itself, as the head of an instrument. */
#include <string.h>

#include <attune/base/text.h>

#include "dialect_fhir_draft.h"
#include "dialect_middle.h"

static bool is(const char *text, const char *word)
{
    return text != NULL && word != NULL && strcmp(text, word) == 0;
}

static void near(att_fhir_draft *d, const char *what, const char *text)
{
    att_losses_add(d->losses, ATT_LOSS_APPROXIMATED, 0, d->id, "%s \"%s\"", what,
                   att_text_cut(d->arena, text, 60));
}

/* ---- version, status, licence ---- */

/* One to three numbers with points between, as three; NULL when it is something else. */
static const char *version_of(const att_fhir_draft *d, const char *text)
{
    att_buf buf = { 0 };
    const char *out = NULL;
    size_t n_parts = 0;

    while (n_parts < 3) {
        size_t n = strspn(text, "0123456789");

        if (n == 0 || n > 9 || (n > 1 && text[0] == '0')) {
            goto out;
        }
        att_buf_add(&buf, n_parts++ == 0 ? "" : ".");
        att_buf_add_n(&buf, text, n);
        text += n;
        if (*text != '.') {
            break;
        }
        text++;
    }
    for (; n_parts < 3; n_parts++) {
        att_buf_add(&buf, ".0");
    }
    out = *text == '\0' ? att_buf_copy(d->arena, &buf) : NULL;
out:
    att_buf_drop(&buf);
    return out;
}

static void put_version(att_fhir_draft *d, att_json_out *out)
{
    const char *text = att_fhir_string(d, d->root, "version");
    const char *version = text == NULL ? NULL : version_of(d, text);

    att_json_put_string(out, "version", version == NULL ? "0.1.0" : version);
}

static const char *status_of(const char *text)
{
    return is(text, "retired") ? "retired" : "draft";
}

/* An SPDX identifier has no blanks. */
static bool is_licence(const char *text)
{
    return is(text, "permission required") ||
           (strlen(text) <= 64 &&
            strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                         "0123456789.+-") == strlen(text));
}

/* ---- people ---- */

static void put_authors(att_fhir_draft *d, att_json_out *out)
{
    const char *at = att_fhir_string(d, d->root, "publisher");

    if (at == NULL) {
        return;
    }
    att_json_key(out, "authors");
    att_json_list(out);
    while (*at != '\0') {
        const char *end = strstr(at, "; ");
        size_t n = end == NULL ? strlen(at) : (size_t)(end - at);

        if (n > 0) {
            att_json_object(out);
            att_json_put_string(out, "name", att_arena_text_n(d->arena, at, n));
            att_json_end_object(out);
        }
        at += end == NULL ? n : n + 2;
    }
    att_json_end_list(out);
}

static json_t *first_contact(const att_fhir_draft *d)
{
    return json_array_get(json_object_get(d->root, "contact"), 0);
}

static void put_contact(att_fhir_draft *d, att_json_out *out)
{
    json_t *contact = first_contact(d);
    const char *name = att_fhir_string(d, contact, "name");
    const char *value = att_fhir_string(
        d, json_array_get(json_object_get(contact, "telecom"), 0), "value");

    if (name != NULL || value != NULL) {
        att_json_put_string(out, "contact",
                            att_arena_format(d->arena, "%s%s%s",
                                             name == NULL ? "" : name,
                                             name != NULL && value != NULL ? ", " : "",
                                             value == NULL ? "" : value));
    }
}

static const char *doi_of(const att_fhir_draft *d)
{
    json_t *list = json_object_get(d->root, "identifier");

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);

        if (is(att_fhir_string(d, one, "system"), "https://doi.org")) {
            return att_fhir_string(d, one, "value");
        }
    }
    return NULL;
}

static void put_provenance(att_fhir_draft *d, att_json_out *out)
{
    const char *copyright = att_fhir_string(d, d->root, "copyright");
    const char *doi = doi_of(d);
    bool is_own = copyright != NULL && is_licence(copyright);

    att_json_key(out, "provenance");
    att_json_object(out);
    put_authors(d, out);
    att_json_put_string(out, "licence", is_own ? copyright : "permission required");
    put_contact(d, out);
    if (copyright != NULL && !is_own) {
        att_json_put_string(out, "citation", copyright);
    }
    if (doi != NULL) {
        att_json_put_string(out, "doi", doi);
    }
    att_json_put_string(
        out, "status",
        status_of(json_string_value(json_object_get(d->root, "status"))));
    att_json_end_object(out);
}

/* ---- languages ---- */

static void put_languages(const att_fhir_draft *d, att_json_out *out)
{
    att_json_key(out, "languages");
    att_json_object(out);
    att_json_put_string(out, "default", d->tags[0]);
    att_json_key(out, "list");
    att_json_list(out);
    for (size_t i = 0; i < d->n_tags; i++) {
        att_json_object(out);
        att_json_put_string(out, "tag", d->tags[i]);
        if (att_middle_is_rtl(d->tags[i])) {
            att_json_put_string(out, "dir", "rtl");
        }
        att_json_end_object(out);
    }
    att_json_end_list(out);
    att_json_end_object(out);
}

/* ---- the head ---- */

void att_fhir_put_head(att_fhir_draft *d, att_json_out *out)
{
    att_fhir_text title = att_fhir_member_text(d, d->root, "title");
    const char *name = att_fhir_string(d, d->root, "name");
    att_fhir_text purpose = att_fhir_member_text(d, d->root, "purpose");
    att_fhir_text about = att_fhir_member_text(d, d->root, "description");

    att_json_put_string(out, "format", "instrument/1");
    att_json_put_string(out, "id", d->id);
    put_version(d, out);
    if (title != NULL) {
        att_fhir_put_text(d, out, "title", title);
    } else {
        att_json_put_string(out, "title",
                            att_middle_title(d->arena, name != NULL ? name : d->id));
    }
    att_fhir_put_text(d, out, "purpose", purpose != NULL ? purpose : about);
    att_fhir_put_text(d, out, "audience", purpose != NULL ? about : NULL);
    put_languages(d, out);
    put_provenance(d, out);
}

/* What of it is not quite what it was there; told once. */
void att_fhir_tell_head(att_fhir_draft *d)
{
    static const char *const known[] = {
        "resourceType", "language",    "contained", "url",
        "identifier",   "version",     "name",      "title",
        "status",       "publisher",   "contact",   "copyright",
        "purpose",      "description", "item",      NULL,
    };
    const char *version = att_fhir_string(d, d->root, "version");
    const char *status = json_string_value(json_object_get(d->root, "status"));
    const char *url = att_fhir_string(d, d->root, "url");
    const char *copyright = att_fhir_string(d, d->root, "copyright");

    if (version == NULL || !is(version, version_of(d, version))) {
        near(d, "its version becomes three numbers; it was",
             version == NULL ? "" : version);
    }
    if (!is(status, "draft") && !is(status, "retired")) {
        near(d, "it is a draft here, whose status was", status == NULL ? "" : status);
    }
    if (url != NULL && strncmp(url, ATT_FHIR_OURS, strlen(ATT_FHIR_OURS)) != 0) {
        att_losses_add(d->losses, ATT_LOSS_DROPPED, 0, d->id, "its url, \"%s\"", url);
    }
    if (copyright == NULL) {
        near(d, "it names no licence: taken to be", "permission required");
    } else if (!is_licence(copyright)) {
        near(d, "its copyright stands as its citation:", copyright);
    }
    if (json_array_size(json_object_get(d->root, "identifier")) >
        (doi_of(d) == NULL ? 0U : 1U)) {
        att_fhir_see(d, NULL, "element", "identifier");
    }
    att_fhir_see_rest(d, NULL, d->root, known);
}
