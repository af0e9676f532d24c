/* fuzz_expr.c - any bytes as an expression; what is read is run
 * rooms: base instrument
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <attune/instrument/expr.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Names a to f by type; every fourth is missing. */
static bool find_name(const void *data, const char *name, att_ref *out)
{
    static const att_type types[] = { ATT_TYPE_ANY,  ATT_TYPE_TRUTH, ATT_TYPE_NUMBER,
                                      ATT_TYPE_TEXT, ATT_TYPE_DAY,   ATT_TYPE_CODES };

    (void)data;
    if (name[0] < 'a' || name[0] > 'f' || (name[1] != '\0' && name[1] != 'x')) {
        return false;
    }
    *out = (att_ref){ ATT_REF_ITEM, name[1] == 'x' ? 1 : 0, types[name[0] - 'a'] };
    return true;
}

static bool find_earlier(const void *data, const char *wave, const char *item,
                         att_ref *out)
{
    return wave[0] != '\0' && find_name(data, item, out);
}

static att_value get_value(const void *data, const att_ref *ref)
{
    static const int codes[] = { 1, 3 };
    att_value value = { .type = ref->type,
                        .number = 20710,
                        .text = "Caf\xc3\xa9 4",
                        .codes = codes,
                        .n_codes = 2 };

    (void)data;
    if (ref->type == ATT_TYPE_TRUTH) {
        value.number = 1;
    }
    if (ref->kind == ATT_REF_ITEM && ref->index == 1) {
        return (att_value){ .reason = ATT_REASON_REFUSED };
    }
    return value;
}

/* What must hold of every fault and every tree. */
static void check(const att_expr *expr, const att_expr_fault *fault, size_t length)
{
    size_t n = 0;

    if (expr == NULL) {
        if (fault->rule == NULL || fault->message[0] == '\0' || fault->at > length ||
            fault->span == 0) {
            abort();
        }
    } else if (att_expr_refs(expr, &n) == NULL && n > 0) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const att_names names = { .find = find_name,
                                     .own = ATT_TYPE_NUMBER,
                                     .has_own = true,
                                     .find_earlier = find_earlier };
    static const att_scope scope = { .get = get_value };
    att_value own = { .type = ATT_TYPE_NUMBER, .number = 7 };
    att_arena arena = { 0 };
    att_expr_fault fault = { 0 };
    char *text = att_arena_alloc(&arena, size + 1);
    att_expr *expr;

    if (size > 0) {
        memcpy(text, data, size);
    }
    expr = att_expr_read(&arena, text, &names, &fault);
    check(expr, &fault, strlen(text));
    if (expr != NULL) {
        att_value value = att_expr_eval(&arena, expr, &scope, &own);
        if (att_value_truth(&value) > 1) {
            abort();
        }
        (void)att_expr_eval(&arena, expr, &scope, NULL);
    }
    att_arena_drop(&arena);
    return 0;
}
