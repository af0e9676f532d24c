/* read_norms.c - tables of norms */
#include "reader.h"

#include <string.h>

static const att_key norm_keys[] = {
    { "scale", ATT_WANT_TEXT, true },      { "to", ATT_WANT_TEXT, true },
    { "when", ATT_WANT_TEXT, false },      { "group", ATT_WANT_TEXT, false },
    { "population", ATT_WANT_TEXT, true }, { "source", ATT_WANT_TEXT, true },
    { "n", ATT_WANT_WHOLE, true },         { "mean", ATT_WANT_NUMBER, true },
    { "sd", ATT_WANT_NUMBER, true },       { "table", ATT_WANT_LIST, false },
};

static size_t scale_named(att_reader *r, json_t *value, const att_spot *at)
{
    att_spot spot = att_spot_key(at, "scale");
    const char *id = att_member_text(r, value, "scale", "");
    const att_name *name = att_name_find(r, id);

    if (name != NULL && name->sort == ATT_NAME_SCALE) {
        return name->index;
    }
    if (id[0] != '\0') {
        att_reader_find(r, "L104", &spot, "name a scale by its id",
                        "the norms are for \"%s\", which is no scale", id);
    }
    return ATT_NONE;
}

static void numbers_read(att_reader *r, json_t *value, const att_spot *at,
                         att_norm *norm)
{
    json_t *n = json_object_get(value, "n");
    json_t *sd = json_object_get(value, "sd");
    att_spot n_at = att_spot_key(at, "n");
    att_spot sd_at = att_spot_key(at, "sd");

    norm->mean = json_number_value(json_object_get(value, "mean"));
    norm->sd = json_number_value(sd);
    if (json_is_number(sd) && !(norm->sd > 0)) {
        att_reader_find(r, "L104", &sd_at, NULL, "\"sd\" should be more than 0");
    }
    if (json_is_integer(n) &&
        (json_integer_value(n) < 1 || json_integer_value(n) > 1000000000)) {
        att_reader_find(r, "L104", &n_at, NULL,
                        "\"n\" should be the number of people, 1 or more");
    } else {
        norm->n = (size_t)json_integer_value(n);
    }
}

/* One row, [raw, normed]; false when it is none. */
static bool row_read(att_reader *r, json_t *value, const att_spot *at,
                     att_metric metric, att_norm_row *out)
{
    json_t *raw = json_array_get(value, 0);
    json_t *normed = json_array_get(value, 1);

    if (json_array_size(value) != 2 || !json_is_number(raw) ||
        !json_is_number(normed)) {
        att_reader_find(r, "L104", at, "write [3.5, 52]",
                        "a row of norms should be two numbers: the score, its norm");
        return false;
    }
    *out = (att_norm_row){ json_number_value(raw), json_number_value(normed) };
    if (metric == ATT_METRIC_PERCENTILE && (out->normed < 0 || out->normed > 100)) {
        att_reader_find(r, "L104", at, NULL, "a percentile should be 0 to 100");
        return false;
    }
    return true;
}

static void table_read(att_reader *r, json_t *value, const att_spot *at, att_norm *norm)
{
    json_t *list = json_object_get(value, "table");
    att_spot spot = att_spot_key(at, "table");
    att_spot to_at = att_spot_key(at, "to");
    att_norm_row *rows = att_new_n(r->arena, att_norm_row, json_array_size(list));

    norm->rows = rows;
    if (json_array_size(list) == 0) {
        if (list != NULL || norm->metric == ATT_METRIC_PERCENTILE) {
            att_reader_find(r, "L104", list != NULL ? &spot : &to_at,
                            "add \"table\": [[1, 2], [5, 98]]",
                            list != NULL ? "the table of norms is empty"
                                         : "percentiles need a table of norms");
        }
        return;
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        att_spot element = att_spot_element(&spot, i);
        att_norm_row *row = &rows[norm->n_rows];

        if (!row_read(r, json_array_get(list, i), &element, norm->metric, row)) {
            return;
        }
        if (norm->n_rows > 0 &&
            (!(row->raw > row[-1].raw) || row->normed < row[-1].normed)) {
            att_reader_find(r, "L104", &element, "sort the rows by score",
                            "the table of norms does not rise");
            return;
        }
        norm->n_rows++;
    }
}

static void when_read(att_reader *r, json_t *value, const att_spot *at, att_norm *norm)
{
    att_spot spot = att_spot_key(at, "when");
    att_wait_expr wait = {
        .key = "when", .out = &norm->when, .want = ATT_TYPE_TRUTH, .item = ATT_NONE
    };

    wait.text = att_member_text(r, value, "when", NULL);
    if (wait.text != NULL) {
        wait.pointer = att_spot_pointer(r->arena, &spot);
        att_wait_for_expr(r, &wait);
    }
}

void att_norms_read(att_reader *r, json_t *root, const att_spot *at)
{
    const char *metrics[ATT_N_METRICS] = { att_metric_name(ATT_METRIC_T),
                                           att_metric_name(ATT_METRIC_PERCENTILE) };
    json_t *list = json_object_get(root, "norms");
    att_spot spot = att_spot_key(at, "norms");
    size_t n = att_list_size(r, json_array_size(list), ATT_PARTS_MAX, &spot, "norms");
    att_norm *norms = att_new_n(r->arena, att_norm, n);

    r->out->norms = norms;
    for (size_t i = 0; i < n; i++) {
        att_spot element = att_spot_element(&spot, i);
        json_t *value = json_array_get(list, i);
        att_norm *norm = &norms[i];

        if (!att_keys_check(r, value, &element, "a table of norms", norm_keys,
                            sizeof norm_keys / sizeof norm_keys[0])) {
            continue;
        }
        norm->scale = scale_named(r, value, &element);
        norm->metric = (att_metric)att_member_word(r, value, &element, "to", metrics,
                                                   ATT_N_METRICS, 0);
        norm->group = att_member_text(r, value, "group", "");
        norm->population = att_member_text(r, value, "population", "");
        norm->source = att_member_text(r, value, "source", "");
        numbers_read(r, value, &element, norm);
        table_read(r, value, &element, norm);
        when_read(r, value, &element, norm);
        r->out->n_norms = i + 1;
    }
}
