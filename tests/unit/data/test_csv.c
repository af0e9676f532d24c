/* CSV text to frame: what is read, and what is refused with which words and place. */
#include <attune/base/stamp.h>

#include "frames.h"

static att_frame *read_text(att_arena *arena, const char *text,
                            const att_csv_opts *opts, att_err *err)
{
    return att_csv_read_bytes(arena, "f.csv", text, strlen(text), opts, err);
}

static void numbers_blanks_quotes_and_line_ends_are_read(void **state)
{
    static const char *const texts[] = {
        "a,b\n1,2.5\n-3,\nNA,.\n",
        ("\xef\xbb\xbf"
         "a,b\r\n1,2.5\r\n-3,\r\nNA,.\r\n"),
        "\"a\",\"b\"\n\"1\",\"2.5\"\n-3,\"\"\n NA ,\".\"",
        "a,b\n01,25e-1\n-3.0,  \nNA,.\n\n\r\n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        att_arena arena = { 0 };
        att_err err = { 0 };
        att_frame *frame = read_text(&arena, texts[i], NULL, &err);

        assert_ok(err.code, &err);
        assert_non_null(frame);
        assert_int_equal(frame->n_rows, 3);
        assert_int_equal(frame->n_columns, 2);
        assert_string_equal(frame->columns[1].name, "b");
        assert_null(frame->heads);
        assert_near(frame->x[0], 1, 0);
        assert_near(frame->x[1], 2.5, 0);
        assert_near(frame->x[2], -3, 0);
        assert_near(frame->x[3], NAN, 0);
        assert_near(frame->x[4], NAN, 0);
        assert_near(frame->x[5], NAN, 0);
        assert_int_equal(frame->reasons[4], ATT_REASON_NONE);
        att_arena_drop(&arena);
    }
}

static void chosen_columns_come_in_the_order_asked_for(void **state)
{
    static const char *const columns[] = { "c", "a" };
    const att_csv_opts opts = { .columns = columns, .n_columns = 2 };
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_frame *frame = read_text(
        &arena, "a,b,c\n1,\"some, \"\"text\"\"\nmore\",3\n4,,-9\n", &opts, &err);

    assert_ok(err.code, &err);
    assert_int_equal(frame->n_columns, 2);
    assert_int_equal(frame->n_rows, 2);
    assert_near(frame->x[0], 3, 0);
    assert_near(frame->x[1], 1, 0);
    assert_near(frame->x[2], -9, 0); /* no codebook: -9 is a number */
    att_arena_drop(&arena);
}

static void text_is_missing_where_one_asks_for_that(void **state)
{
    const att_csv_opts opts = { .text_is_missing = true };
    att_arena arena = { 0 };
    att_frame *frame = read_text(&arena, "a\nfour\n4\n", &opts, NULL);

    assert_non_null(frame);
    assert_near(frame->x[0], NAN, 0);
    assert_near(frame->x[1], 4, 0);
    att_arena_drop(&arena);
}

static void one_column_may_have_empty_lines(void **state)
{
    att_arena arena = { 0 };
    att_frame *frame = read_text(&arena, "a\n1\n\n3\n", NULL, NULL);
    att_frame *none = read_text(&arena, "a,b", NULL, NULL);

    assert_int_equal(frame->n_rows, 3);
    assert_near(frame->x[1], NAN, 0);
    assert_int_equal(none->n_rows, 0);
    att_arena_drop(&arena);
}

typedef struct bad_case {
    const char *label, *text;
    size_t n; /* bytes; 0: strlen */
    const char *column;
    att_code code;
    const char *message, *hint;
    unsigned line, at;
} bad_case;

static const bad_case bad_cases[] = {
    { "nothing", "", 0, NULL, ATT_EINPUT, "\"f.csv\" is empty", "", 1, 1 },
    { "short row", "a,b,c\n1,2,3\n4,5\n", 0, NULL, ATT_EINPUT,
      "row 2 has 2 cells; the header has 3", "quotes", 3, 1 },
    { "long row", "a,b\n1,2,3,4\n", 0, NULL, ATT_EINPUT,
      "row 1 has 4 cells; the header has 2", "quotes", 2, 1 },
    { "line in the middle", "a,b\n1,2\n\n3,4\n", 0, NULL, ATT_EINPUT,
      "row 2 has 1 cell; the header has 2", "", 3, 1 },
    { "text in a number", "a,b\n1,2\n3,\"zwei\n\u00e9\"\n", 0, NULL, ATT_EINPUT,
      "row 2 of column \"b\" is \"zwei?\u00e9\"; a number was expected",
      "mend the cell", 3, 3 },
    { "text after wide characters", "\u00e9,b\n1,x\n", 0, NULL, ATT_EINPUT,
      "row 1 of column \"b\"", "", 2, 3 },
    { "a long text", "a\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n", 0, NULL,
      ATT_EINPUT, "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\"", "", 2, 1 },
    { "two numbers", "a\n1 2\n", 0, NULL, ATT_EINPUT,
      "row 1 of column \"a\" is \"1 2\"", "", 2, 1 },
    { "unknown column", "A1,A2\n1,2\n", 0, "A3", ATT_EINPUT,
      "\"f.csv\" has no column \"A3\"", "did you mean \"A1\"?", 1, 1 },
    { "semicolons", "age;sex\n1;2\n", 0, "weight", ATT_EINPUT,
      "\"f.csv\" has no column \"weight\"", "semicolons", 1, 1 },
    { "twice", "a,b,a\n1,2,3\n", 0, NULL, ATT_EINPUT,
      "two columns of \"f.csv\" have the name \"a\"", "its own name", 1, 5 },
    { "NUL", "a,b\n1,\0\n", 8, NULL, ATT_EINPUT, "holds a NUL byte", "UTF-8", 2, 3 },
    { "Latin-1", "a,b\n1,\xe9\n", 0, NULL, ATT_EINPUT, "not UTF-8 here (byte 0xe9)",
      "UTF-8", 2, 3 },
    { "open quote", "a,b\n1,\"2\n3,4\n", 0, NULL, ATT_EINPUT,
      "begins with a quote that nothing ends", "end the cell", 2, 3 },
    { "text behind quote", "a,b\n\"1\"x,2\n", 0, NULL, ATT_EINPUT,
      "text stands after the quote", "", 2, 4 },
    { "quote inside", "a,b\n1\"x,2\n", 0, NULL, ATT_EINPUT,
      "a quote stands inside a cell", "", 2, 2 },
    { "after a mark of byte order",
      ("\xef\xbb\xbf"
       "a,b,a\n"),
      0, NULL, ATT_EINPUT, "two columns", "", 1, 5 },
};

static void bad_files_are_refused_with_their_place(void **state)
{
    for (size_t i = 0; i < sizeof bad_cases / sizeof *bad_cases; i++) {
        const bad_case *one = &bad_cases[i];
        const att_csv_opts opts = { .columns = &one->column,
                                    .n_columns = one->column != NULL };
        att_arena arena = { 0 };
        att_err err = { 0 };
        size_t n = one->n > 0 ? one->n : strlen(one->text);

        print_message("%s\n", one->label);
        assert_null(att_csv_read_bytes(&arena, "f.csv", one->text, n, &opts, &err));
        assert_fails(err.code, one->code, &err, one->message);
        assert_contains(err.hint, one->hint);
        assert_string_equal(err.where.file, "f.csv");
        assert_int_equal(err.where.line, one->line);
        assert_int_equal(err.where.column, one->at);
        att_arena_drop(&arena);
    }
}

static void a_column_is_not_taken_twice(void **state)
{
    static const char *const columns[] = { "a", "a" };
    const att_csv_opts opts = { .columns = columns, .n_columns = 2 };
    att_arena arena = { 0 };
    att_err err = { 0 };

    assert_null(read_text(&arena, "a,b\n1,2\n", &opts, &err));
    assert_fails(err.code, ATT_EUSAGE, &err, "column \"a\" is named twice");
    att_arena_drop(&arena);
}

static void too_many_columns_are_too_many(void **state)
{
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_buf text = { 0 };

    for (int i = 0; i < ATT_CSV_COLUMNS_MAX; i++) {
        att_buf_format(&text, "%sc%d", i == 0 ? "" : ",", i);
    }
    assert_non_null(read_text(&arena, att_buf_text(&text), NULL, &err));
    att_buf_add(&text, ",last");
    assert_null(read_text(&arena, att_buf_text(&text), NULL, &err));
    assert_fails(err.code, ATT_ELIMIT, &err, "more than 10000 columns");
    att_buf_drop(&text);
    att_arena_drop(&arena);
}

static void a_file_that_is_not_there_is_not_found(void **state)
{
    att_arena arena = { 0 };
    att_err err = { 0 };

    assert_null(att_csv_read(&arena, "/nonexistent/x.csv", NULL, &err));
    assert_int_equal(err.code, ATT_ENOTFOUND);
    att_arena_drop(&arena);
}

static void bfi_has_its_rows_and_blanks(void **state)
{
    att_arena arena = { 0 };
    att_err err = { 0 };
    size_t n_missing = 0;
    att_frame *frame =
        att_csv_read(&arena, att_test_path("reference/alpha/bfi.csv"), NULL, &err);

    assert_ok(err.code, &err);
    assert_int_equal(frame->n_rows, 2800);
    assert_int_equal(frame->n_columns, 28);
    for (size_t i = 0; i < 2800 * 28; i++) {
        n_missing += i % 28 < 25 && isnan(frame->x[i]);
    }
    assert_int_equal(n_missing, 508); /* R 4.2.2: sum(is.na(bfi[1:25])) */
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(numbers_blanks_quotes_and_line_ends_are_read),
              cmocka_unit_test(chosen_columns_come_in_the_order_asked_for),
              cmocka_unit_test(text_is_missing_where_one_asks_for_that),
              cmocka_unit_test(one_column_may_have_empty_lines),
              cmocka_unit_test(bad_files_are_refused_with_their_place),
              cmocka_unit_test(a_column_is_not_taken_twice),
              cmocka_unit_test(too_many_columns_are_too_many),
              cmocka_unit_test(a_file_that_is_not_there_is_not_found),
              cmocka_unit_test(bfi_has_its_rows_and_blanks))
