/* bidi.c - a row of text as the eye sees it; see the header. The only file that knows
 * fribidi.
 */
#include "bidi.h"

#include <string.h>

#include <fribidi.h>

#include <attune/base/buf.h>
#include <attune/base/text.h>
#include <attune/face/face.h>

/* A row's characters and what the algorithm says of them. */
typedef struct characters {
    FriBidiChar *at;       /* [n] */
    FriBidiLevel *level;   /* [n] odd: from right to left */
    FriBidiCharType *type; /* [n] */
    FriBidiStrIndex n;
} characters;

static characters read_characters(att_arena *arena, const char *text, bool is_rtl)
{
    size_t n = strlen(text);
    characters c = { 0 };
    FriBidiBracketType *brackets = att_new_n(arena, FriBidiBracketType, n + 1);
    FriBidiParType base = is_rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    FriBidiStrIndex i;

    c.at = att_new_n(arena, FriBidiChar, n + 1);
    c.level = att_new_n(arena, FriBidiLevel, n + 1);
    c.type = att_new_n(arena, FriBidiCharType, n + 1);
    c.n = fribidi_charset_to_unicode(FRIBIDI_CHAR_SET_UTF8, text, (FriBidiStrIndex)n,
                                     c.at);
    fribidi_get_bidi_types(c.at, c.n, c.type);
    fribidi_get_bracket_types(c.at, c.n, c.type, brackets);
    if (fribidi_get_par_embedding_levels_ex(c.type, brackets, c.n, &base, c.level) ==
        0) {
        for (i = 0; i < c.n; i++) {
            c.level[i] = is_rtl ? 1 : 0;
        }
    }
    return c;
}

/* Rule L2: from the highest level down, whatever lies that high is turned round. */
static void put_in_order(att_bidi *b, const FriBidiLevel *level)
{
    FriBidiLevel most = 0;
    size_t i, j, k;

    for (i = 0; i < b->n; i++) {
        b->seen[i] = i;
        most = level[i] > most ? level[i] : most;
    }
    for (; most > 0; most--) {
        for (i = 0; i < b->n; i = j + 1) {
            for (j = i; j < b->n && level[b->seen[j]] >= most; j++) {
            }
            for (k = 0; k < (j - i) / 2; k++) {
                size_t kept = b->seen[i + k];

                b->seen[i + k] = b->seen[j - 1 - k];
                b->seen[j - 1 - k] = kept;
            }
        }
    }
}

att_bidi att_bidi_of(att_arena *arena, const char *text, bool is_rtl)
{
    characters c = read_characters(arena, text, is_rtl);
    FriBidiLevel *level = att_new_n(arena, FriBidiLevel, (size_t)c.n + 1);
    att_bidi b = { 0 };
    size_t at = 0; /* character */
    size_t i, k;

    b.letter = att_new_n(arena, att_bidi_letter, (size_t)c.n + 1);
    b.seen = att_new_n(arena, size_t, (size_t)c.n + 1);
    for (i = 0; text[i] != '\0' && at < (size_t)c.n; b.n++) {
        size_t next = att_text_next(text, i);
        att_bidi_letter *letter = &b.letter[b.n];

        letter->from = i;
        letter->to = next;
        letter->width = att_text_width_n(text + i, next - i);
        letter->is_rtl = (c.level[at] & 1) != 0;
        level[b.n] = c.level[at];
        for (k = i; k < next; k++) {
            if (((unsigned char)text[k] & 0xC0) != 0x80 && at < (size_t)c.n) {
                b.has_rtl |=
                    FRIBIDI_IS_STRONG(c.type[at]) && FRIBIDI_IS_RTL(c.type[at]);
                at++;
            }
        }
        i = next;
    }
    put_in_order(&b, level);
    for (i = 0; i < b.n; i++) {
        b.letter[b.seen[i]].column = b.width;
        b.width += b.letter[b.seen[i]].width;
    }
    return b;
}

/* What a letter looks like from the other side: "(" as ")". */
static void add_mirrored(att_buf *out, const char *letter, size_t n)
{
    FriBidiChar whole[8];
    FriBidiChar other = 0;
    char bytes[8] = { 0 };

    if (n > 4 ||
        fribidi_charset_to_unicode(FRIBIDI_CHAR_SET_UTF8, letter, (FriBidiStrIndex)n,
                                   whole) != 1 ||
        !fribidi_get_mirror_char(whole[0], &other)) {
        att_buf_add_n(out, letter, n);
        return;
    }
    fribidi_unicode_to_charset(FRIBIDI_CHAR_SET_UTF8, &other, 1, bytes);
    att_buf_add(out, bytes);
}

char *att_bidi_text(att_arena *arena, const char *text, const att_bidi *bidi)
{
    att_buf out = { 0 };
    char *copy;
    size_t i;

    for (i = 0; i < bidi->n; i++) {
        const att_bidi_letter *letter = &bidi->letter[bidi->seen[i]];

        if (letter->is_rtl) {
            add_mirrored(&out, text + letter->from, letter->to - letter->from);
        } else {
            att_buf_add_n(&out, text + letter->from, letter->to - letter->from);
        }
    }
    copy = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return copy;
}

char *att_face_fribidi_version(att_arena *arena)
{
    const char *p = fribidi_version_info + strcspn(fribidi_version_info, "0123456789");

    return att_arena_text_n(arena, p, strspn(p, "0123456789."));
}
