/* version.c - which version is newer; see the header
 */
#include "version.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* A part between points, of n bytes. */
typedef struct part {
    const char *text;
    size_t n;
    bool is_number;
} part;

static part next_part(const char **at, const char *end)
{
    part p = { *at, 0, true };

    while (p.text + p.n < end && p.text[p.n] != '.') {
        p.is_number = p.is_number && p.text[p.n] >= '0' && p.text[p.n] <= '9';
        p.n++;
    }
    p.is_number = p.is_number && p.n > 0;
    *at = p.text + p.n < end ? p.text + p.n + 1 : end;
    return p;
}

static int order_bytes(const part *a, const part *b)
{
    size_t n = a->n < b->n ? a->n : b->n;
    int order = memcmp(a->text, b->text, n);

    if (order != 0) {
        return order;
    }
    return a->n < b->n ? -1 : a->n > b->n;
}

static int order_numbers(part a, part b)
{
    while (a.n > 1 && a.text[0] == '0') {
        a.text++;
        a.n--;
    }
    while (b.n > 1 && b.text[0] == '0') {
        b.text++;
        b.n--;
    }
    if (a.n != b.n) {
        return a.n < b.n ? -1 : 1;
    }
    return order_bytes(&a, &b);
}

static int order_parts(const char *a, const char *a_end, const char *b,
                       const char *b_end)
{
    while (a < a_end && b < b_end) {
        part p = next_part(&a, a_end);
        part q = next_part(&b, b_end);
        int order;

        if (p.is_number != q.is_number) {
            return p.is_number ? -1 : 1;
        }
        order = p.is_number ? order_numbers(p, q) : order_bytes(&p, &q);
        if (order != 0) {
            return order;
        }
    }
    return (a < a_end) - (b < b_end);
}

int att_version_order(const char *a, const char *b)
{
    const char *a_end = a + strcspn(a, "+");
    const char *b_end = b + strcspn(b, "+");
    const char *a_core = a + strcspn(a, "-+");
    const char *b_core = b + strcspn(b, "-+");
    int order = order_parts(a, a_core, b, b_core);

    if (order != 0) {
        return order;
    }
    if (a_core == a_end || b_core == b_end) {
        return (a_core == a_end) - (b_core == b_end);
    }
    return order_parts(a_core + 1, a_end, b_core + 1, b_end);
}
