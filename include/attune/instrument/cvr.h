/* cvr.h - a form on which experts rate the lines of an instrument
 *
 * What:   an instrument of its own, one block for each question of another: how relevant,
 *         how clear, whether needed, which scale it fits, better words. The lay form asks
 *         whether the line matters, is easy, and what it asks.
 * Texts:  a line is shown as somebody sees it of whom nothing is known: tokens fall back,
 *         its stem stands before it, its choices and its other wordings behind it.
 */
#ifndef ATTUNE_INSTRUMENT_CVR_H
#define ATTUNE_INSTRUMENT_CVR_H

#include <attune/base/buf.h>
#include <attune/base/error.h>
#include <attune/instrument/instrument.h>

/* Adds the form as an instrument document, laid out as `attune fmt` does. ELIMIT when the
 * form would have more items than an instrument may. */
att_code att_cvr_write(att_buf *out, const att_instrument *of, bool is_lay,
                       att_err *err);

#endif
