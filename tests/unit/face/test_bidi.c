/* test_bidi.c - a row in the order of the eye; CAPITALS stand for Hebrew letters
 *
 * Sources: the examples of Unicode Standard Annex 9, rule L2, and its rules W2 to W7 and
 * N0, read off by hand for the others.
 */
#include "att_test.h"

#include <string.h>

#include <attune/base/text.h>
#include <attune/face/face.h>

#include "bidi.h"

/* A is U+05D0, and so on. */
static char *hebrew(att_arena *arena, const char *text)
{
    att_buf out = { 0 };
    char *copy;

    for (; *text != '\0'; text++) {
        if (*text >= 'A' && *text <= 'Z') {
            att_buf_char(&out, (char)0xD7);
            att_buf_char(&out, (char)(0x90 + (*text - 'A')));
        } else {
            att_buf_char(&out, *text);
        }
    }
    copy = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return copy;
}

static void a_row_is_put_in_the_order_of_the_eye(void **state)
{
    static const struct row {
        const char *read, *seen;
        bool is_rtl;
    } rows[] = {
        { "car means CAR.", "car means RAC.", false }, /* L2, example 1 */
        { "car MEANS CAR.", ".RAC SNAEM car", true },  /* L2, example 2 */
        { "", "", true },
        { "CAR", "RAC", true },
        { "CAR", "RAC", false },
        { "no letters", "no letters", false },
        { "GO 12 ON", "NO 12 OG", true },         /* numbers keep their order */
        { "1,234.50 ALL", "LLA 1,234.50", true }, /* W4 */
        { "(*) 4", "4 (*)", true },               /* brackets are turned round */
        { "[x] 1", "1 [x]", true },               /* N0 */
        { "AB (cd) EF", "FE (cd) BA", true },     /* N0: a pair around the other way */
        { "> ", " <", true },
        { "AB: cd, ef!", "!cd, ef :BA", true },
        { "2026-09-14", "2026-09-14", true }, /* W4 */
        { "  ", "  ", true },
    };
    att_arena arena = { 0 };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *text = hebrew(&arena, rows[i].read);
        att_bidi b = att_bidi_of(&arena, text, rows[i].is_rtl);

        assert_string_equal(att_bidi_text(&arena, text, &b),
                            hebrew(&arena, rows[i].seen));
        assert_int_equal(b.width, att_text_width(text));
    }
    att_arena_drop(&arena);
}

/* Every column is taken once, whatever the text. */
static void every_letter_has_columns_of_its_own(void **state)
{
    static const char *const texts[] = { "AB cd 12 EF", "(A [b] C) 1.5", "a\xCC\x81 B",
                                         "\xE6\xBC\xA2 AB" };
    att_arena arena = { 0 };
    size_t i, j;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        att_bidi b = att_bidi_of(&arena, hebrew(&arena, texts[i]), true);
        size_t column = 0;

        for (j = 0; j < b.n; j++) {
            assert_int_equal(b.letter[b.seen[j]].column, column);
            column += b.letter[b.seen[j]].width;
        }
        assert_int_equal(column, b.width);
        assert_true(b.has_rtl);
    }
    att_arena_drop(&arena);
}

static void the_library_says_its_version(void **state)
{
    att_arena arena = { 0 };
    const char *version = att_face_fribidi_version(&arena);

    assert_in_range(version[0], '0', '9');
    assert_non_null(strchr(version, '.'));
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(a_row_is_put_in_the_order_of_the_eye),
              cmocka_unit_test(every_letter_has_columns_of_its_own),
              cmocka_unit_test(the_library_says_its_version))
