#include <attune/base/seal.h>

#include <assert.h>
#include <string.h>

#include <sodium.h>

_Static_assert(ATT_DIGEST_BYTES == crypto_hash_sha256_BYTES, "SHA-256 has 32 bytes");
_Static_assert(ATT_PIN_SEALED == crypto_pwhash_STRBYTES, "a sealed PIN has 128 bytes");

att_code att_seal_start(att_err *err)
{
    if (sodium_init() < 0) {
        return att_fail(err, ATT_EIO, "this machine gives no random bytes");
    }
    return ATT_OK;
}

static void digest_length(crypto_hash_sha256_state *state, size_t n)
{
    unsigned char length[8];
    unsigned long long rest = n;

    for (int i = 7; i >= 0; i--) {
        length[i] = (unsigned char)(rest & 0xFF);
        rest >>= 8;
    }
    crypto_hash_sha256_update(state, length, sizeof length);
}

att_digest att_digest_pieces(const att_piece *piece, size_t n)
{
    att_digest digest;
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < n; i++) {
        digest_length(&state, piece[i].n);
        if (piece[i].n > 0) {
            crypto_hash_sha256_update(&state, piece[i].bytes, piece[i].n);
        }
    }
    crypto_hash_sha256_final(&state, digest.bytes);
    return digest;
}

att_digest att_digest_bytes(const void *bytes, size_t n)
{
    static const unsigned char none[1] = { 0 };
    att_digest digest;

    crypto_hash_sha256(digest.bytes, n > 0 ? bytes : none, n);
    return digest;
}

void att_digest_write(char out[ATT_DIGEST_HEX], const att_digest *digest)
{
    sodium_bin2hex(out, ATT_DIGEST_HEX, digest->bytes, sizeof digest->bytes);
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool att_digest_read(const char *hex, att_digest *out)
{
    att_digest digest;

    for (size_t i = 0; i < ATT_DIGEST_BYTES; i++) {
        int high = hex_value(hex[2 * i]);
        int low = high >= 0 ? hex_value(hex[2 * i + 1]) : -1;

        if (low < 0) {
            return false;
        }
        digest.bytes[i] = (unsigned char)(high * 16 + low);
    }
    if (hex[ATT_DIGEST_HEX - 1] != '\0') {
        return false;
    }
    *out = digest;
    return true;
}

bool att_digest_same(const att_digest *a, const att_digest *b)
{
    return sodium_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void att_random_bytes(void *out, size_t n)
{
    randombytes_buf(out, n);
}

unsigned long long att_random_seed(void)
{
    unsigned char bytes[7];
    unsigned long long seed = 0;

    att_random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        seed = seed << 8 | bytes[i];
    }
    return seed & ((1ULL << 53) - 1);
}

att_code att_pin_seal(char out[ATT_PIN_SEALED], const char *pin, att_err *err)
{
    if (crypto_pwhash_str(out, pin, strlen(pin), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        return att_fail(err, ATT_EIO, "this machine has not the memory to seal a PIN");
    }
    return ATT_OK;
}

bool att_pin_opens(const char sealed[ATT_PIN_SEALED], const char *pin)
{
    return crypto_pwhash_str_verify(sealed, pin, strlen(pin)) == 0;
}

void att_wipe(void *bytes, size_t n)
{
    sodium_memzero(bytes, n);
}
