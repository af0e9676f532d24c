/* graph.h - the branching of an instrument as text that draws a graph
 *
 * What:   items in their order (solid arrows), containers as boxes around theirs, and
 *         from what a condition asks about to what it shows (dotted arrows, with the
 *         condition). A container's condition points at its first item.
 * Format: Graphviz' DOT language; Mermaid's flowcharts.
 */
#ifndef ATTUNE_CLI_GRAPH_H
#define ATTUNE_CLI_GRAPH_H

#include <attune/base/buf.h>
#include <attune/instrument/instrument.h>

void att_graph_dot(att_buf *out, const att_instrument *instrument);
void att_graph_mermaid(att_buf *out, const att_instrument *instrument);

#endif
