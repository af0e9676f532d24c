/* instruments.h - instruments in all their versions, stored whole by digest
 */
#ifndef ATTUNE_STORE_INSTRUMENTS_H
#define ATTUNE_STORE_INSTRUMENTS_H

#include <attune/base/file.h>
#include <attune/store/study.h>

typedef struct att_stored_instrument {
    const char *id, *version, *digest, *title;
    att_msec added;
    long long n_responses;
} att_stored_instrument;

/* Stores the bytes an instrument was read from. Adding the same digest again changes
 * nothing and says so in *is_new. ECONFLICT when this id and version are there with
 * another digest (hint: raise the version). */
att_code att_instruments_add(att_store *store, const att_instrument *instrument,
                             const char *bytes, size_t n, att_msec now, bool *is_new,
                             att_err *err);

/* The bytes of one: by digest; or by id, the newest version (semver order); or by
 * "id@1.2.0". ENOTFOUND with the nearest id as hint. */
att_code att_instruments_bytes(att_arena *arena, att_store *store, const char *name,
                               att_bytes *out, att_err *err);

/* The same, read into a model. */
att_instrument *att_instruments_read(att_arena *arena, att_store *store,
                                     const char *name, att_err *err);

/* All, by id and then version. */
att_code att_instruments_list(att_arena *arena, att_store *store,
                              att_stored_instrument **out, size_t *n, att_err *err);

#endif
