/* read_provenance.c - where an instrument comes from, and what is known about it */
#include "reader.h"

#include <math.h>
#include <string.h>

#include <attune/base/stamp.h>

static const att_key provenance_keys[] = {
    { "authors", ATT_WANT_LIST, false },    { "licence", ATT_WANT_TEXT, false },
    { "contact", ATT_WANT_TEXT, false },    { "citation", ATT_WANT_TEXT, false },
    { "doi", ATT_WANT_TEXT, false },        { "origin", ATT_WANT_TEXT, false },
    { "status", ATT_WANT_TEXT, false },     { "evidence", ATT_WANT_LIST, false },
    { "translation", ATT_WANT_ANY, false },
};

static void authors_read(att_reader *r, json_t *object, const att_spot *at)
{
    static const att_key keys[] = { { "name", ATT_WANT_TEXT, true } };
    json_t *list = json_object_get(object, "authors");
    att_spot spot = att_spot_key(at, "authors");
    size_t n = att_list_size(r, json_array_size(list), 100, &spot, "authors");
    const char **authors = att_new_n(r->arena, const char *, n);

    r->out->provenance.authors = authors;
    for (size_t i = 0; i < n; i++) {
        att_spot element = att_spot_element(&spot, i);
        json_t *value = json_array_get(list, i);

        if (att_keys_check(r, value, &element, "an author", keys, 1)) {
            authors[r->out->provenance.n_authors++] =
                att_member_text(r, value, "name", "");
        }
    }
}

/* ---- evidence ---- */

static const att_key evidence_keys[] = {
    { "what", ATT_WANT_TEXT, false },        { "sample", ATT_WANT_TEXT, false },
    { "n", ATT_WANT_WHOLE, false },          { "scale", ATT_WANT_TEXT, false },
    { "coefficient", ATT_WANT_TEXT, false }, { "value", ATT_WANT_NUMBER, false },
    { "interval", ATT_WANT_LIST, false },    { "date", ATT_WANT_TEXT, false },
    { "report", ATT_WANT_TEXT, false },      { "source", ATT_WANT_TEXT, false },
};

static double number_of(const json_t *value)
{
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static void interval_read(att_reader *r, json_t *object, const att_spot *at,
                          att_evidence *out)
{
    json_t *list = json_object_get(object, "interval");
    att_spot spot = att_spot_key(at, "interval");

    if (!json_is_array(list)) {
        return;
    }
    if (json_array_size(list) != 2 || !json_is_number(json_array_get(list, 0)) ||
        !json_is_number(json_array_get(list, 1))) {
        att_reader_find(r, "L004", &spot, "write [0.81, 0.86]",
                        "an interval should be two numbers, the lower first");
        return;
    }
    out->low = json_number_value(json_array_get(list, 0));
    out->high = json_number_value(json_array_get(list, 1));
    if (out->low > out->high) {
        att_reader_find(r, "L031", &spot, "write the lower number first",
                        "this interval ends before it begins");
    }
}

static void date_read(att_reader *r, json_t *object, const att_spot *at,
                      att_evidence *out)
{
    att_spot spot = att_spot_key(at, "date");
    att_day day;

    out->date = att_member_text(r, object, "date", "");
    if (out->date[0] != '\0' && !att_day_read(out->date, strlen(out->date), &day)) {
        att_reader_find(r, "L047", &spot, "write it as 2026-09-14",
                        "\"%s\" is not a day", out->date);
    }
}

static void evidence_read(att_reader *r, json_t *object, const att_spot *at)
{
    json_t *list = json_object_get(object, "evidence");
    att_spot spot = att_spot_key(at, "evidence");
    size_t n =
        att_list_size(r, json_array_size(list), 1000, &spot, "entries of evidence");
    att_evidence *entries = att_new_n(r->arena, att_evidence, n);

    r->out->provenance.evidence = entries;
    for (size_t i = 0; i < n; i++) {
        att_spot element = att_spot_element(&spot, i);
        att_spot n_at = att_spot_key(&element, "n");
        json_t *value = json_array_get(list, i);
        att_evidence *entry = &entries[r->out->provenance.n_evidence];
        json_int_t people = json_integer_value(json_object_get(value, "n"));

        if (!att_keys_check(r, value, &element, "an entry of evidence", evidence_keys,
                            sizeof evidence_keys / sizeof evidence_keys[0])) {
            continue;
        }
        r->out->provenance.n_evidence++;
        entry->what = att_member_text(r, value, "what", "");
        entry->sample = att_member_text(r, value, "sample", "");
        entry->scale = att_member_text(r, value, "scale", "");
        entry->coefficient = att_member_text(r, value, "coefficient", "");
        entry->report = att_member_text(r, value, "report", "");
        entry->source = att_member_text(r, value, "source", "");
        entry->value = number_of(json_object_get(value, "value"));
        entry->low = entry->high = NAN;
        if (json_is_integer(json_object_get(value, "n")) &&
            (people < 1 || people > 1000000000)) {
            att_reader_find(r, "L042", &n_at, NULL, "\"n\" should be 1 or more");
            people = 0;
        }
        entry->n = (size_t)people;
        interval_read(r, value, &element, entry);
        date_read(r, value, &element, entry);
    }
}

/* ---- the whole ---- */

void att_provenance_read(att_reader *r, json_t *root, const att_spot *at)
{
    att_provenance *out = &r->out->provenance;
    json_t *object = json_object_get(root, "provenance");
    att_spot spot = att_spot_key(at, "provenance");

    if (json_is_object(object)) {
        att_keys_check(r, object, &spot, "\"provenance\"", provenance_keys,
                       sizeof provenance_keys / sizeof provenance_keys[0]);
    }
    out->licence = att_member_text(r, object, "licence", "");
    out->contact = att_member_text(r, object, "contact", "");
    out->citation = att_member_text(r, object, "citation", "");
    out->doi = att_member_text(r, object, "doi", "");
    out->origin = att_member_text(r, object, "origin", "");
    out->maturity = att_maturity_member(r, object, &spot, "status");
    out->has_translation = json_object_get(object, "translation") != NULL;
    authors_read(r, object, &spot);
    evidence_read(r, object, &spot);
}
