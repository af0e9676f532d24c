/* render_json.c - a document as JSON: all digits, every node
 */
#include "renderers.h"

#include <attune/base/json.h>

static const char *const format_names[] = { "count", "bounded", "plain", "percent",
                                            "p" };

static void put_text(att_json_out *out, const att_val *val)
{
    att_arena scratch = { 0 };

    att_json_string(out, att_val_write(&scratch, val));
    att_arena_drop(&scratch);
}

static void put_val(att_json_out *out, const att_val *val)
{
    switch (val->kind) {
    case ATT_VAL_EMPTY:
    case ATT_VAL_NONE: att_json_null(out); return;
    case ATT_VAL_TEXT: put_text(out, val); return;
    case ATT_VAL_HIDDEN:
        att_json_object(out);
        att_json_put_string(out, "hidden", val->text);
        att_json_end_object(out);
        return;
    case ATT_VAL_NUMBER:
        att_json_object(out);
        att_json_put_number(out, "value", val->x);
        break;
    case ATT_VAL_INTERVAL:
        att_json_object(out);
        att_json_put_number(out, "low", val->low);
        att_json_put_number(out, "high", val->high);
        break;
    }
    att_json_put_string(out, "format", format_names[val->format]);
    att_json_end_object(out);
}

static void put_table(att_json_out *out, const att_table *table)
{
    att_json_put_string(out, "finding", table->finding);
    att_json_put_string(out, "note", table->note);
    att_json_key(out, "columns");
    att_json_list(out);
    for (size_t j = 0; j < table->n_columns; j++) {
        att_json_string(out, table->columns[j].title);
    }
    att_json_end_list(out);
    att_json_key(out, "rows");
    att_json_list(out);
    for (size_t i = 0; i < table->n_rows; i++) {
        att_json_list(out);
        for (size_t j = 0; j < table->n_columns; j++) {
            put_val(out, &table->cells[i * table->n_columns + j]);
        }
        att_json_end_list(out);
    }
    att_json_end_list(out);
}

static void put_facts(att_json_out *out, const char *key, const att_fact *facts,
                      size_t n)
{
    att_json_key(out, key);
    att_json_list(out);
    for (size_t i = 0; i < n; i++) {
        att_json_object(out);
        att_json_put_string(out, "label", facts[i].label);
        att_json_put_string(out, "value", facts[i].value);
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

static void put_para(att_json_out *out, const att_node *node)
{
    att_buf text = { 0 };

    for (size_t i = 0; i < node->n_spans; i++) {
        att_buf_add(&text, node->spans[i].text);
    }
    att_json_put_string(out, "text", att_buf_text(&text));
    att_buf_drop(&text);
}

static void put_verdicts(att_json_out *out, const att_node *node)
{
    static const char *const signs[] = { "?", "+", "-" };

    att_json_key(out, "verdicts");
    att_json_list(out);
    for (size_t i = 0; i < node->n_verdicts; i++) {
        att_json_object(out);
        att_json_put_string(out, "property", node->verdicts[i].property);
        att_json_put_string(out, "sign", signs[node->verdicts[i].sign]);
        att_json_put_string(out, "verdict", node->verdicts[i].verdict);
        att_json_put_string(out, "reason", node->verdicts[i].reason);
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

static void put_node(att_json_out *out, const att_node *node)
{
    static const char *const kinds[] = { "heading", "para",     "banner",
                                         "facts",   "verdicts", "table",
                                         "chart",   "warning",  "line" };

    att_json_object(out);
    att_json_put_string(out, "kind", kinds[node->kind]);
    switch (node->kind) {
    case ATT_NODE_HEADING:
        att_json_put_whole(out, "level", node->level);
        att_json_put_string(out, "text", node->text);
        break;
    case ATT_NODE_PARA: put_para(out, node); break;
    case ATT_NODE_BANNER:
    case ATT_NODE_LINE:
        att_json_put_string(out, "lead", node->lead);
        att_json_put_string(out, "text", node->text);
        break;
    case ATT_NODE_WARNING: att_json_put_string(out, "text", node->text); break;
    case ATT_NODE_FACTS: put_facts(out, "facts", node->facts, node->n_facts); break;
    case ATT_NODE_VERDICTS: put_verdicts(out, node); break;
    case ATT_NODE_TABLE: put_table(out, node->table); break;
    case ATT_NODE_CHART: put_table(out, &node->chart->table); break;
    }
    att_json_end_object(out);
}

static void render(att_buf *buf, const att_doc *doc, const att_render_opts *opts)
{
    att_json_out out = att_json_begin(buf, true);

    (void)opts;
    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-doc/1");
    att_json_put_string(&out, "language", doc->language);
    att_json_put_string(&out, "title", doc->title);
    att_json_put_string(&out, "question", doc->question);
    att_json_key(&out, "nodes");
    att_json_list(&out);
    for (size_t i = 0; i < doc->n_nodes; i++) {
        put_node(&out, &doc->nodes[i]);
    }
    att_json_end_list(&out);
    put_facts(&out, "footer", doc->footer, doc->n_footer);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

const att_renderer att_render_json = { .name = "json", .render = render };
