/* fuzz_csv.c - bytes that claim to be CSV, and perhaps a codebook
 *
 * Up to a byte 0x1e the input is CSV; what follows is the codebook beside it. Whatever
 * is accepted must be a frame of one shape whose cells are values or reasons; whatever
 * is refused must say so.
 *
 * rooms: data
 */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "src/data/csv_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_frame(const att_frame *frame)
{
    for (size_t i = 0; i < frame->n_rows; i++) {
        for (size_t j = 0; j < frame->n_columns; j++) {
            size_t cell = i * frame->n_columns + j;
            bool is_text = frame->columns[j].kind == ATT_COLUMN_TEXT;

            assert(frame->reasons[cell] < ATT_N_REASONS);
            if (is_text || frame->reasons[cell] != ATT_REASON_NONE) {
                assert(isnan(frame->x[cell]));
            }
            if (is_text && frame->texts[cell] != NULL) {
                assert(frame->reasons[cell] == ATT_REASON_NONE);
                (void)strlen(frame->texts[cell]);
            }
        }
    }
}

static void read_as(const char *text, size_t n, const att_codebook *codebook,
                    const att_csv_opts *opts)
{
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_frame *frame = att_csv_parse(&arena, "fuzz", text, n, codebook, opts, &err);

    if (frame == NULL) {
        assert(err.code == ATT_EINPUT || err.code == ATT_ELIMIT);
        assert(err.message[0] != '\0');
    } else {
        assert(err.code == ATT_OK);
        check_frame(frame);
    }
    att_arena_drop(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const one[] = { "a" };
    const att_csv_opts chosen = { .columns = one, .n_columns = 1 };
    const att_csv_opts lenient = { .text_is_missing = true };
    const uint8_t *mark = size > 0 ? memchr(data, 0x1e, size) : NULL;
    size_t n = mark != NULL ? (size_t)(mark - data) : size;
    att_arena arena = { 0 };
    att_codebook *codebook = NULL;

    if (mark != NULL) {
        att_err err = { 0 };

        codebook = att_codebook_read_bytes(&arena, "fuzz.json", (const char *)mark + 1,
                                           size - n - 1, &err);
        assert(codebook == NULL || err.code == ATT_OK);
    }
    read_as((const char *)data, n, codebook, NULL);
    read_as((const char *)data, n, codebook, &chosen);
    read_as((const char *)data, n, codebook, &lenient);
    att_arena_drop(&arena);
    return 0;
}
