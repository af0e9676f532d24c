/* translate.h - the texts of an instrument to a catalogue for translators, and back
 *
 * What:   an entry a text: msgctxt is its key (by ids, not by places), msgid the text in
 *         the default language, msgstr the translation, a comment what it is and which
 *         names in braces must stay. Fuzzy: the translation is of an older text.
 * Back:   texts are found by their keys. Nothing else of the instrument changes, and
 *         nothing that was translated is lost. The keys of translations of an older text
 *         are kept in the language's "stale".
 * Format: docs/FORMAT.md, "Translations".
 */
#ifndef ATTUNE_INSTRUMENT_TRANSLATE_H
#define ATTUNE_INSTRUMENT_TRANSLATE_H

#include <attune/base/issue.h>
#include <attune/base/json.h>
#include <attune/instrument/instrument.h>
#include <attune/instrument/po.h>

/* What became of the texts. */
typedef struct att_translated {
    size_t n;         /* texts of the instrument */
    size_t n_changed; /* new or other translations */
    size_t n_stale;   /* of an older text, now */
    size_t n_missing; /* still without a translation */
    size_t n_gone;    /* entries whose text is not there any more */
} att_translated;

/* The catalogue of a language, which need not be declared yet. Fails with EINPUT for the
 * default language and for what is no tag. */
att_code att_translate_export(att_arena *arena, const att_json *json,
                              const att_instrument *instrument, const char *tag,
                              att_po *out, att_err *err);

/* Takes a catalogue's translations into the document, whose tree it changes; `out` says
 * what became of it, issues get what somebody should look at, with places in the
 * catalogue. tag NULL: the catalogue's own. A language that is not declared is added. */
att_code att_translate_import(att_arena *arena, att_json *json,
                              const att_instrument *instrument, const att_po *po,
                              const char *tag, att_translated *out, att_issues *issues,
                              att_err *err);

/* The texts that a language lacks, and all there are. */
size_t att_translate_missing(att_arena *arena, const att_json *json, const char *tag,
                             size_t *n);

/* The first name in braces of `text` that `other` has not ("ref" of "{Ref:label}"), in
 * arena; NULL when there is none. */
const char *att_translate_name(att_arena *arena, const char *text, const char *other);

#endif
