/* write.h - the canonical form of an instrument
 *
 * Keys sorted by their bytes, no blanks, numbers in shortest form: the bytes whose
 * SHA-256 names an instrument in the store.
 */
#ifndef ATTUNE_INSTRUMENT_WRITE_H
#define ATTUNE_INSTRUMENT_WRITE_H

#include <attune/base/buf.h>
#include <attune/base/json.h>
#include <attune/base/seal.h>

void att_canonical_write(att_buf *out, const att_json *json);

/* Its digest as hex. */
void att_canonical_digest(char out[ATT_DIGEST_HEX], const att_json *json);

#endif
