/* cmd_graph.c - attune graph: the branching of an instrument, to be drawn
 */
#include "commands.h"

#include <string.h>

#include <attune/instrument/read.h>

#include "bundled.h"
#include "graph.h"

static int run_graph(att_call *call, att_err *err)
{
    const char *format = att_option_get(call, "format");
    att_bytes bytes = { 0 };
    att_instrument *instrument;

    if (att_bundled_bytes(call->arena, call->args[0], &bytes, err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    instrument = att_instrument_open_bytes(call->arena, call->args[0], bytes.bytes,
                                           bytes.n, err);
    if (instrument == NULL) {
        att_hint(err, "see all that is wrong: attune check %s", call->args[0]);
        return att_code_exit_status(err->code);
    }
    if (format != NULL && strcmp(format, "mermaid") == 0) {
        att_graph_mermaid(call->out, instrument);
    } else {
        att_graph_dot(call->out, instrument);
    }
    return 0;
}

static const att_flag options[] = {
    { "format", 0, "FORMAT", "dot (default; for Graphviz) or mermaid", "dot mermaid" },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_graph = {
    .name = "graph",
    .group = ATT_GROUP_WRITE,
    .about = "Writes the branching of an instrument as text that draws a graph.",
    .examples = "  attune graph profile | dot -Tsvg -o profile.svg\n"
                "  attune graph my.json --format mermaid\n",
    .usage = "FILE|ID [options]",
    .options = options,
    .min_args = 1,
    .max_args = 1,
    .run = run_graph,
};
