/* fuzz_instrument.c - bytes that claim to be an instrument
 *
 * What is refused must say why, at a place; what is taken must be whole: an order of all
 * items, references inside their lists, a text for every question, a canonical form
 * that reads back to itself.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include <attune/instrument/check.h>
#include <attune/instrument/cvr.h>
#include <attune/instrument/expr.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/read.h>
#include <attune/instrument/write.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void issue_check(const att_issue *issue)
{
    att_buf out = { 0 };
    const att_rule *rule = att_rule_find(issue->rule);

    assert(rule != NULL);
    assert(issue->what.message[0] != '\0');
    assert(issue->span > 0);
    att_issue_write(&out, issue);
    assert(memchr(att_buf_text(&out), 0x1B, out.n) == NULL);
    att_buf_drop(&out);
}

static void expr_check(const att_instrument *in, const att_expr *expr)
{
    size_t n = 0;
    const att_ref *refs = expr == NULL ? NULL : att_expr_refs(expr, &n);

    for (size_t i = 0; i < n; i++) {
        assert(refs[i].kind != ATT_REF_ITEM || refs[i].index < in->n_items);
        assert(refs[i].kind != ATT_REF_SCALE || refs[i].index < in->n_scales);
        assert(refs[i].kind != ATT_REF_DERIVED || refs[i].index < in->n_derived);
    }
}

static void items_check(const att_instrument *in)
{
    att_arena scratch = { 0 };
    size_t *place = att_new_n(&scratch, size_t, in->n_items);

    for (size_t i = 0; i < in->n_items; i++) {
        assert(in->order[i] < in->n_items);
        place[in->order[i]] = i;
    }
    for (size_t i = 0; i < in->n_items; i++) {
        const att_item *item = &in->items[i];
        size_t n = 0;
        const att_ref *refs = item->show == NULL ? NULL : att_expr_refs(item->show, &n);

        assert(in->order[place[i]] == i);
        assert(item->kind != NULL && item->end > i && item->end <= in->n_items);
        assert(item->parent == ATT_NONE || item->parent < i);
        assert(att_instrument_item(in, item->id) == i);
        assert(!att_item_is_question(item) || item->text.in[in->language] != NULL);
        for (size_t k = 0; k < n; k++) {
            assert(refs[k].kind != ATT_REF_ITEM || place[refs[k].index] < place[i]);
        }
        expr_check(in, item->show);
        expr_check(in, item->check);
        expr_check(in, item->warn);
        expr_check(in, item->value);
    }
    att_arena_drop(&scratch);
}

static void parts_check(const att_instrument *in)
{
    for (size_t i = 0; i < in->n_scales; i++) {
        const att_scale *scale = &in->scales[i];

        assert(scale->min_valid >= 1 && scale->min_valid <= scale->n_items);
        assert(scale->low <= scale->high);
        assert((scale->scoring == ATT_SCORING_WEIGHTED) == (scale->weights != NULL));
        assert((scale->scoring == ATT_SCORING_EXPRESSION) == (scale->value != NULL));
        expr_check(in, scale->value);
        for (size_t k = 1; k < scale->n_bands; k++) {
            assert(scale->bands[k].from > scale->bands[k - 1].from);
        }
        for (size_t k = 0; k < scale->n_items; k++) {
            assert(scale->items[k] < in->n_items);
        }
    }
    for (size_t i = 0; i < in->n_derived; i++) {
        size_t n = 0;
        const att_ref *refs = att_expr_refs(in->derived[i].value, &n);

        for (size_t k = 0; k < n; k++) {
            assert(refs[k].kind != ATT_REF_DERIVED || refs[k].index < i);
        }
    }
    for (size_t i = 0; i < in->n_variants; i++) {
        expr_check(in, in->variants[i].when);
    }
}

static void norms_check(const att_instrument *in)
{
    for (size_t i = 0; i < in->n_norms; i++) {
        const att_norm *norm = &in->norms[i];

        assert(norm->scale < in->n_scales && norm->sd > 0 && norm->n > 0);
        assert(norm->n_rows > 0 || norm->metric == ATT_METRIC_T);
        expr_check(in, norm->when);
        for (size_t k = 1; k < norm->n_rows; k++) {
            assert(norm->rows[k].raw > norm->rows[k - 1].raw);
        }
    }
}

/* What is taken can be rated: its form is an instrument too. */
static void form_check(const att_instrument *in, bool is_lay)
{
    att_arena arena = { 0 };
    att_buf form = { 0 };
    att_err err = { 0 };
    att_code code = att_cvr_write(&form, in, is_lay, &err);

    assert(code == ATT_OK || code == ATT_ELIMIT);
    if (code == ATT_OK) {
        assert(att_instrument_open_bytes(&arena, "form", form.bytes, form.n, &err) !=
               NULL);
    }
    att_buf_drop(&form);
    att_arena_drop(&arena);
}

static void canonical_check(const att_json *json, const char *digest)
{
    att_buf once = { 0 };
    att_buf twice = { 0 };
    att_json *again = NULL;
    char found[ATT_DIGEST_HEX];

    att_canonical_write(&once, json);
    again = att_json_open_bytes("again", once.bytes, once.n, NULL);
    assert(again != NULL);
    att_canonical_write(&twice, again);
    assert(once.n == twice.n && memcmp(once.bytes, twice.bytes, once.n) == 0);
    att_canonical_digest(found, again);
    assert(strcmp(found, digest) == 0);
    att_json_close(again);
    att_buf_drop(&once);
    att_buf_drop(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const spoken[] = { "en", "es" };
    att_grades grades;
    const att_check_opts opts = { .spoken = spoken, .n_spoken = 2, .grades = &grades };
    att_arena arena = { 0 };
    att_issues issues = { .arena = &arena };
    att_issues again = { .arena = &arena };
    att_err err = { 0 };
    att_json *json = att_json_open_bytes("fuzz", (const char *)data, size, &err);
    att_instrument *in = NULL;

    if (json != NULL) {
        in = att_instrument_check(&arena, json, &opts, &issues);
        assert((in == NULL) == (issues.n_errors > 0));
        for (size_t i = 0; i < issues.n; i++) {
            issue_check(&issues.list[i]);
        }
    }
    if (in != NULL) {
        items_check(in);
        parts_check(in);
        norms_check(in);
        form_check(in, in->n_items % 2 == 0);
        in = att_instrument_read(&arena, json, &again);
        assert(in != NULL); /* what checks clean can be read */
        canonical_check(json, in->digest);
    }
    att_json_close(json);
    att_arena_drop(&arena);
    return 0;
}
