/* fuzz_po.c - bytes as a catalogue: no crash; what is read and written is read the same
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/instrument/po.h>

static void compare(const att_po *a, const att_po *b)
{
    size_t i;

    assert(a->n == b->n && strcmp(a->head, b->head) == 0);
    for (i = 0; i < a->n; i++) {
        const att_po_entry *x = &a->list[i];
        const att_po_entry *y = &b->list[i];

        assert(strcmp(x->source, y->source) == 0 && strcmp(x->text, y->text) == 0);
        assert((x->context == NULL) == (y->context == NULL));
        assert(x->context == NULL || strcmp(x->context, y->context) == 0);
        assert(x->is_fuzzy == y->is_fuzzy);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_po po, again;
    att_buf out = { 0 };

    if (att_po_read(&arena, "fuzz.po", (const char *)data, size, &po, &err) == ATT_OK) {
        att_po_field(&arena, &po, "Language");
        att_po_write(&out, &po);
        assert(att_po_read(&arena, "again.po", att_buf_text(&out), out.n, &again,
                           &err) == ATT_OK);
        compare(&po, &again);
    } else {
        assert(err.message[0] != '\0');
    }
    att_buf_drop(&out);
    att_arena_drop(&arena);
    return 0;
}
