#include "att_test.h"

#include <string.h>

#include <attune/base/text.h>

#define FAMILY \
    "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"
#define FLAG_DE "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA"
#define FLAG_FR "\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7"
#define NIHON   "\xE6\x97\xA5\xE6\x9C\xAC"

static void what_is_not_utf8_is_found(void **state)
{
    /* RFC 3629, section 4: the syntax of UTF-8 */
    static const struct {
        const char *bytes;
        size_t n, bad;
    } cases[] = {
        { "", 0, 0 },
        { "plain", 5, 5 },
        { NIHON, 6, 6 },
        { "a\x80", 2, 1 },            /* a tail alone */
        { "ab\xC3", 3, 2 },           /* cut short */
        { "\xC0\xAF", 2, 0 },         /* overlong */
        { "x\xED\xA0\x80", 4, 1 },    /* a surrogate */
        { "\xF4\x90\x80\x80", 4, 0 }, /* over U+10FFFF */
        { "\xE6\x97\xA5\xFF", 4, 3 },
        { "a\0b", 3, 3 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(att_text_check(cases[i].bytes, cases[i].n), cases[i].bad);
    }
}

static void width_is_terminal_columns(void **state)
{
    /* Unicode 15, EastAsianWidth: W is two columns; Mn and Me are none */
    static const struct {
        const char *text;
        size_t width, length;
    } cases[] = {
        { "", 0, 0 },
        { "abc", 3, 3 },
        { NIHON, 4, 2 },
        { "e\xCC\x81", 1, 2 },
        { "\xC3\xA9", 1, 1 },
        { "a\tb\033", 4, 4 },
        { "\xE2\x82\xAC", 1, 1 },
        { "\xFF"
          "a",
          2, 2 },
        { "\xEF\xBC\xA1", 2, 1 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(att_text_width(cases[i].text), cases[i].width);
        assert_int_equal(att_text_length(cases[i].text), cases[i].length);
        assert_int_equal(att_text_bytes(cases[i].text, cases[i].length),
                         strlen(cases[i].text));
    }
    assert_int_equal(att_text_width_n(NIHON, 3), 2);
    assert_int_equal(att_text_bytes(NIHON "x", 2), 6);
    assert_int_equal(att_text_bytes("ab", 99), 2);
}

static void letters_are_what_people_call_letters(void **state)
{
    /* UAX 29, grapheme clusters: GB9 (combining), GB11 (joined emoji), GB12 (flags) */
    static const char text[] = "ae\xCC\x81" FAMILY FLAG_DE FLAG_FR NIHON "\r\nz";
    static const size_t want[] = { 0, 1, 4, 22, 30, 38, 41, 44, 46, 47 };
    size_t at = 0;

    for (size_t i = 1; i < 10; i++) {
        at = att_text_next(text, at);
        assert_int_equal(at, want[i]);
    }
    assert_int_equal(att_text_next(text, at), at);
    for (size_t i = 9; i > 0; i--) {
        at = att_text_before(text, at);
        assert_int_equal(at, want[i - 1]);
    }
    assert_int_equal(att_text_before(text, 0), 0);
}

static void letters_end_also_in_bytes_that_are_no_utf8(void **state)
{
    static const char text[] = "\xCC\xFF\xF0\x9F"
                               "a\x80";
    size_t at = 0;
    int steps = 0;

    while (text[at] != '\0') {
        size_t next = att_text_next(text, at);

        assert_true(next > at && next <= strlen(text));
        at = next;
        steps++;
    }
    assert_true(steps >= 4);
    while (at > 0) {
        size_t before = att_text_before(text, at);

        assert_true(before < at);
        at = before;
    }
}

static void a_letter_of_a_thousand_marks_does_not_hang(void **state)
{
    att_buf b = { 0 };
    size_t at = 0;

    att_buf_char(&b, 'a');
    for (int i = 0; i < 1000; i++) {
        att_buf_add(&b, "\xCC\x81");
    }
    while (at < b.n) {
        size_t next = att_text_next(att_buf_text(&b), at);

        assert_true(next > at && next <= b.n);
        assert_int_equal(att_text_check(b.bytes + at, next - at), next - at);
        at = next;
    }
    while (at > 0) {
        size_t before = att_text_before(att_buf_text(&b), at);

        assert_true(before < at);
        at = before;
    }
    att_buf_drop(&b);
}

static void lines_break_at_words(void **state)
{
    static const struct {
        const char *text;
        size_t width;
        const char *lines; /* joined by '|' */
    } cases[] = {
        { "", 10, "" },
        { "one two three", 7, "one two|three" },
        { "one two three", 8, "one two|three" },
        { "one two  three", 8, "one two|three" },
        { "one\ntwo\n\nthree\n", 20, "one|two||three" },
        { "\n", 20, "" },
        { "well-being and/or more", 6, "well-|being|and/or|more" },
        { "abcdefghij", 4, "abcd|efgh|ij" },
        { "ab cdefghij k", 4, "ab|cdef|ghij|k" },
        { "  indented text", 10, "  indented|text" },
        { "trailing   ", 20, "trailing" },
        { NIHON NIHON, 5, NIHON "|" NIHON },
        { NIHON, 1, "\xE6\x97\xA5|\xE6\x9C\xAC" },
        { "no\xC2\xA0"
          "break here",
          9,
          "no\xC2\xA0"
          "break|here" },
        { "e\xCC\x81"
          "e\xCC\x81"
          "e\xCC\x81",
          2,
          "e\xCC\x81"
          "e\xCC\x81|e\xCC\x81" },
        { "a b", 0, "a|b" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_arena a = { 0 };
        att_buf joined = { 0 };
        att_lines lines = att_text_wrap(&a, cases[i].text, cases[i].width);

        for (size_t k = 0; k < lines.n; k++) {
            att_buf_add(&joined, k > 0 ? "|" : "");
            att_buf_add(&joined, lines.line[k]);
        }
        assert_string_equal(att_buf_text(&joined), cases[i].lines);
        att_buf_drop(&joined);
        att_arena_drop(&a);
    }
}

static void no_line_is_wider_than_asked_and_no_word_is_lost(void **state)
{
    static const char text[] =
        "It is easy to say \xE2\x80\x9Cwhat\xE2\x80\x9D went wrong, "
        "isn\xE2\x80\x99t it? " NIHON " and caf\xC3\xA9 (5-7).";
    static const char letters[] = "Itiseasytosay\xE2\x80\x9Cwhat\xE2\x80\x9Dwentwrong,"
                                  "isn\xE2\x80\x99tit?" NIHON "andcaf\xC3\xA9(5-7).";

    for (size_t width = 2; width < 90; width++) {
        att_arena a = { 0 };
        att_buf all = { 0 };
        att_lines lines = att_text_wrap(&a, text, width);

        for (size_t i = 0; i < lines.n; i++) {
            assert_true(att_text_width(lines.line[i]) <= width);
            for (const char *p = lines.line[i]; *p != '\0'; p++) {
                if (*p != ' ') {
                    att_buf_char(&all, *p);
                }
            }
        }
        assert_string_equal(att_buf_text(&all), letters);
        att_buf_drop(&all);
        att_arena_drop(&a);
    }
}

static void a_cut_text_says_so(void **state)
{
    static const struct {
        const char *text;
        size_t width;
        const char *cut;
    } cases[] = {
        { "abcdef", 6, "abcdef" },
        { "abcdefg", 6, "abc..." },
        { "", 0, "" },
        { "abc", 2, ".." },
        { "abc", 0, "" },
        { "abcd", 3, "..." },
        { NIHON NIHON, 8, NIHON NIHON },
        { NIHON NIHON, 7, NIHON "..." },
        { NIHON NIHON, 6, "\xE6\x97\xA5..." },
    };
    att_arena a = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *cut = att_text_cut(&a, cases[i].text, cases[i].width);

        assert_string_equal(cut, cases[i].cut);
        assert_true(att_text_width(cut) <= cases[i].width);
    }
    att_arena_drop(&a);
}

static void forms_of_letters(void **state)
{
    att_arena a = { 0 };

    assert_string_equal(att_text_compose(&a, "e\xCC\x81"), "\xC3\xA9");
    assert_string_equal(att_text_compose(&a, ""), "");
    assert_string_equal(att_text_compose(&a, "\xFF"), "\xFF");
    assert_string_equal(att_text_raise(&a, "item"), "Item");
    assert_string_equal(att_text_raise(&a, "\xC3\xA9t\xC3\xA9"), "\xC3\x89t\xC3\xA9");
    assert_string_equal(att_text_raise(&a, "\xC2\xBFqu\xC3\xA9?"),
                        "\xC2\xBFQu\xC3\xA9?");
    assert_string_equal(att_text_raise(&a, "5 items"), "5 items");
    assert_string_equal(att_text_raise(&a, ""), "");
    assert_string_equal(att_text_raise(&a, "..."), "...");
    assert_string_equal(att_text_fold(&a, "STRA\xC3\x9F"
                                          "E"),
                        "strasse");
    assert_string_equal(att_text_fold(&a, "\xC3\x89"), att_text_fold(&a, "e\xCC\x81"));
    assert_string_equal(att_text_fold(&a, ""), "");
    /* lower case keeps sharp s; SpecialCasing.txt: a capital dotted I is i and a dot, a
     * sigma at the end of a word has a form of its own */
    assert_string_equal(att_text_lower(&a, "STRA\xC3\x9F"
                                           "E E\xCC\x81"),
                        "stra\xC3\x9F"
                        "e \xC3\xA9");
    assert_string_equal(att_text_lower(&a, "\xC4\xB0"), "i\xCC\x87");
    assert_string_equal(att_text_lower(&a, "\xCE\x9F\xCE\xA3"), "\xCE\xBF\xCF\x82");
    assert_string_equal(att_text_lower(&a, ""), "");
    att_arena_drop(&a);
}

static void nothing_wild_reaches_a_terminal(void **state)
{
    /* ECMA-48: C0, DEL, C1; UAX 9: embeddings, overrides, isolates */
    static const struct {
        const char *text, *tame;
    } cases[] = {
        { "", "" },
        { "plain \xC3\xA9 " NIHON "\n", "plain \xC3\xA9 " NIHON "\n" },
        { "\033[2Jx", "?[2Jx" },
        { "a\rb\tc\x07\x7F", "a?b?c??" },
        { "\xC2\x9B"
          "31m",
          "?31m" }, /* C1 CSI as UTF-8 */
        { "\xC2\x80\xC2\x9F\xC2\xA0", "??\xC2\xA0" },
        { "\x9B"
          "31m",
          "?31m" }, /* C1 CSI as a bare byte */
        { "a\xE2\x80\xAE"
          "b",
          "a?b" }, /* U+202E */
        { "\xE2\x80\xAA\xE2\x81\xA6\xE2\x81\xA9", "???" },
        { "\xE2\x80\x8F\xD7\x90", "\xE2\x80\x8F\xD7\x90" }, /* marks are harmless */
        { "\xC3", "?" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_buf out = { 0 };

        att_text_tame(&out, cases[i].text);
        assert_string_equal(att_buf_text(&out), cases[i].tame);
        assert_true(att_text_is_tame(att_buf_text(&out)));
        assert_int_equal(att_text_is_tame(cases[i].text),
                         strcmp(cases[i].text, cases[i].tame) == 0);
        att_buf_drop(&out);
    }
}

static void the_nearest_word_is_found(void **state)
{
    static const char *const list[] = {
        "role", NULL, "site", "extraversion", "required", "text", "\xC3\xA9t\xC3\xA9",
        "E5"
    };
    static const struct {
        const char *text, *nearest;
    } cases[] = {
        { "rol", "role" },
        { "tetx", "text" },
        { "exttraversoin", "extraversion" },
        { "zzzz", NULL },
        { "", NULL },
        { "r", NULL },
        { "ROLE", "role" },
        { "E9", "E5" },
        { "\xC3\xA9te", "\xC3\xA9t\xC3\xA9" },
        { "requird", "required" },
        { "roller coaster", NULL },
        { "sote", "site" },
    };
    char longest[2000];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *found = att_text_nearest(cases[i].text, list, 8);

        assert_true(att_text_same(found, cases[i].nearest));
    }
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_null(att_text_nearest(longest, list, 8));
    assert_null(att_text_nearest("role", NULL, 0));
    assert_true(att_text_same(NULL, NULL));
    assert_false(att_text_same(NULL, ""));
    assert_false(att_text_same("a", NULL));
}

ATT_TEST_MAIN(cmocka_unit_test(what_is_not_utf8_is_found),
              cmocka_unit_test(width_is_terminal_columns),
              cmocka_unit_test(letters_are_what_people_call_letters),
              cmocka_unit_test(letters_end_also_in_bytes_that_are_no_utf8),
              cmocka_unit_test(a_letter_of_a_thousand_marks_does_not_hang),
              cmocka_unit_test(lines_break_at_words),
              cmocka_unit_test(no_line_is_wider_than_asked_and_no_word_is_lost),
              cmocka_unit_test(a_cut_text_says_so), cmocka_unit_test(forms_of_letters),
              cmocka_unit_test(nothing_wild_reaches_a_terminal),
              cmocka_unit_test(the_nearest_word_is_found))
