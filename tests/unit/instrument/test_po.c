/* test_po.c - catalogues of translations: read, written, and refused with their place
 *
 * Source: GNU gettext manual, "The Format of PO Files".
 */
#include "att_test.h"

#include <string.h>

#include <attune/base/arena.h>
#include <attune/instrument/po.h>

#define HEAD                                         \
    "msgid \"\"\nmsgstr \"\"\n\"Language: es\\n\"\n" \
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"

static att_code read(att_arena *arena, const char *text, att_po *po, att_err *err)
{
    return att_po_read(arena, "my.po", text, strlen(text), po, err);
}

static void entries_have_key_source_and_text(void **state)
{
    static const char text[] =
        "# a translator's own remark\n" HEAD "\n"
        "#. one, choices \"agree\"\n#. keep: {ref}\n#: my.json:12\n#, fuzzy, no-wrap\n"
        "#| msgid \"before\"\n"
        "msgctxt \"items/a/text\"\r\nmsgid \"\"\n  \"two \"\n\t\"parts\\n\"\n"
        "msgstr \"dos\\tpartes \\\"\\\\ \\303\\xa9\"\n"
        "\n#~ msgctxt \"old\"\n#~ msgid \"x\"\n#~ msgstr \"y\"\n"
        "msgid \"no key\"\nmsgstr \"\"\n";
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_po po;

    assert_int_equal(read(&arena, text, &po, &err), ATT_OK);
    assert_string_equal(att_po_field(&arena, &po, "Language"), "es");
    assert_string_equal(att_po_field(&arena, &po, "Lang"), "");
    assert_int_equal(po.n, 2);
    assert_string_equal(po.list[0].context, "items/a/text");
    assert_string_equal(po.list[0].source, "two parts\n");
    assert_string_equal(po.list[0].text, "dos\tpartes \"\\ \303\251");
    assert_string_equal(po.list[0].comment, "one, choices \"agree\"\nkeep: {ref}");
    assert_true(po.list[0].is_fuzzy);
    assert_int_equal(po.list[0].line, 12);
    assert_int_equal(po.list[0].column, 1);
    assert_null(po.list[1].context);
    assert_false(po.list[1].is_fuzzy);
    assert_string_equal(po.list[1].text, "");
    att_arena_drop(&arena);
}

static void what_is_written_is_read_the_same(void **state)
{
    static att_po_entry list[] = {
        { "a", "one", "uno", "", false, 0, 0 },
        { "b", "\"two\"\nlines\n", "dos\nl\303\255neas\n", "first\nsecond", true, 0,
          0 },
        { "c", "tab\tbell\a\001\177 \\", "", "", false, 0, 0 },
        { NULL, "free", "libre", "", false, 0, 0 },
    };
    static const char wanted[] = "msgid \"\"\nmsgstr \"\"\n\"Language: es\\n\"\n\n"
                                 "msgctxt \"a\"\nmsgid \"one\"\nmsgstr \"uno\"\n\n"
                                 "#. first\n#. second\n#, fuzzy\nmsgctxt \"b\"\n"
                                 "msgid \"\"\n\"\\\"two\\\"\\n\"\n\"lines\\n\"\n";
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_buf out = { 0 };
    att_buf again = { 0 };
    att_po po = { "my.po", "Language: es\n", list, 4 };
    att_po back;

    att_po_write(&out, &po);
    assert_memory_equal(att_buf_text(&out), wanted, sizeof wanted - 1);
    assert_int_equal(read(&arena, att_buf_text(&out), &back, &err), ATT_OK);
    assert_int_equal(back.n, 4);
    for (size_t i = 0; i < back.n; i++) {
        assert_string_equal(back.list[i].source, list[i].source);
        assert_string_equal(back.list[i].text, list[i].text);
        assert_string_equal(back.list[i].comment, list[i].comment);
        assert_int_equal(back.list[i].is_fuzzy, list[i].is_fuzzy);
    }
    att_po_write(&again, &back);
    assert_string_equal(att_buf_text(&again), att_buf_text(&out));
    att_buf_drop(&out);
    att_buf_drop(&again);
    att_arena_drop(&arena);
}

static void what_cannot_be_read_is_refused_with_its_place(void **state)
{
    static const struct fault {
        const char *text, *message;
        unsigned line, column;
    } faults[] = {
        { "msgid \"a", "this string has no end on its line", 1, 7 },
        { "msgid \"a\" b\n", "nothing may follow a string on its line", 1, 11 },
        { "msgid \"\\q\"\n", "this backslash means nothing", 1, 8 },
        { "msgid \"\\000\"\n", "this number is no character", 1, 8 },
        { "msgid a\n", "here should stand a string in quotes", 1, 7 },
        { "\n  \"a\"\n", "this string belongs to nothing", 2, 3 },
        { "msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"\"\n", "before its \"msgstr\"", 1, 1 },
        { "msgid \"a\"\n", "before its \"msgstr\"", 1, 1 },
        { "msgctxt \"k\"\nmsgstr \"a\"\n", "this stands out of order", 2, 1 },
        { "msgstr \"a\"\n", "this stands out of order", 1, 1 },
        { "msgid \"a\"\nmsgid_plural \"b\"\n", "plural forms are not used", 2, 1 },
        { "msgid \"a\"\nmsgstr[0] \"b\"\n", "plural forms are not used", 2, 1 },
        { "domain \"x\"\n", "here should stand a comment", 1, 1 },
        { "\303\251 msgid", "here should stand a comment", 1, 1 },
        { "msgid \"a\"\nmsgstr \"\\377\"\n", "what is not UTF-8", 1, 1 },
        { "# ok\nmsgid \"\xFF\"\n", "a byte here is not text in UTF-8", 2, 0 },
        { "msgid \"\"\nmsgstr \"\\300\"\n", "the head holds what is not UTF-8", 0, 0 },
        { "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n",
          "this catalogue is not said to be in UTF-8", 1, 1 },
    };
    size_t i;

    for (i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        att_arena arena = { 0 };
        att_err err = { 0 };
        att_po po;

        assert_int_equal(read(&arena, faults[i].text, &po, &err), ATT_EINPUT);
        if (strstr(err.message, faults[i].message) == NULL) {
            fail_msg("%s: %s", faults[i].text, err.message);
        }
        assert_string_equal(err.where.file, "my.po");
        assert_int_equal(err.where.line, faults[i].line);
        assert_int_equal(err.where.column, faults[i].column);
        att_arena_drop(&arena);
    }
}

static void nul_bytes_and_too_much_are_refused(void **state)
{
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_buf many = { 0 };
    att_po po;
    size_t i;

    assert_int_equal(att_po_read(&arena, "my.po", "# a\0", 4, &po, &err), ATT_EINPUT);
    err = (att_err){ 0 };
    for (i = 0; i <= ATT_PO_ENTRIES_MAX; i++) {
        att_buf_add(&many, "msgid \"a\"\nmsgstr \"\"\n");
    }
    assert_int_equal(read(&arena, att_buf_text(&many), &po, &err), ATT_ELIMIT);
    att_buf_drop(&many);
    att_arena_drop(&arena);
}

static void nothing_is_a_catalogue_too(void **state)
{
    static const char *const texts[] = { "", "\n\n", "# only this", "\xEF\xBB\xBF",
                                         "#~ msgid \"x\"\n#~ msgstr \"y\"\n" };
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        att_arena arena = { 0 };
        att_err err = { 0 };
        att_po po;

        assert_int_equal(read(&arena, texts[i], &po, &err), ATT_OK);
        assert_int_equal(po.n, 0);
        assert_string_equal(po.head, "");
        att_arena_drop(&arena);
    }
}

ATT_TEST_MAIN(cmocka_unit_test(entries_have_key_source_and_text),
              cmocka_unit_test(what_is_written_is_read_the_same),
              cmocka_unit_test(what_cannot_be_read_is_refused_with_its_place),
              cmocka_unit_test(nul_bytes_and_too_much_are_refused),
              cmocka_unit_test(nothing_is_a_catalogue_too))
