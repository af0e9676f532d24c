/* seal.h - digests and random bytes (libsodium)
 */
#ifndef ATTUNE_BASE_SEAL_H
#define ATTUNE_BASE_SEAL_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/error.h>

#define ATT_DIGEST_BYTES 32
#define ATT_DIGEST_HEX   65 /* 64 lower-case hex digits and NUL */
#define ATT_SALT_BYTES   16

typedef struct att_digest {
    unsigned char bytes[ATT_DIGEST_BYTES]; /* SHA-256 */
} att_digest;

/* One piece of what is digested. */
typedef struct att_piece {
    const void *bytes;
    size_t n;
} att_piece;

/* Must be called once before anything here; cli/main and the tests do. */
att_code att_seal_start(att_err *err);

/* SHA-256 of the pieces, each preceded by its length as 8 bytes, big end first, so
 * that ("ab","c") and ("a","bc") differ. */
att_digest att_digest_pieces(const att_piece *piece, size_t n);

/* SHA-256 of the bytes alone, as sha256sum prints it. */
att_digest att_digest_bytes(const void *bytes, size_t n);

void att_digest_write(char out[ATT_DIGEST_HEX], const att_digest *digest);
bool att_digest_read(const char *hex, att_digest *out);
bool att_digest_same(const att_digest *a, const att_digest *b);

/* A PIN as it may be kept: a salted hash that is slow on purpose, so that whoever reads
 * it cannot try all PINs in a moment. EIO when this machine has not the 64 MiB that one
 * hash takes. */
#define ATT_PIN_SEALED 128
att_code att_pin_seal(char out[ATT_PIN_SEALED], const char *pin, att_err *err);
bool att_pin_opens(const char sealed[ATT_PIN_SEALED], const char *pin);

/* Overwrites what must not stay in memory. */
void att_wipe(void *bytes, size_t n);

void att_random_bytes(void *out, size_t n);
unsigned long long att_random_seed(void); /* below 2^53, so that JSON carries it */

#endif
