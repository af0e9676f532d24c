/* CSV: cells in and out, and quotes that follow no rule. */
#include <string.h>

#include <attune/base/csv.h>

#include "att_test.h"

/* "a|b/c|d": cells and rows, or the failure's message. */
static const char *shown(att_arena *arena, const char *bytes, bool is_lenient)
{
    att_cells cells;
    att_buf buf = { 0 };
    att_err err = { 0 };
    const char *text;

    assert_ok(att_cells_open(&cells, "t.csv", bytes, strlen(bytes), &err), &err);
    cells.is_lenient = is_lenient;
    while (att_cells_has_more(&cells)) {
        att_cell cell = { 0 };

        if (att_cells_next(&cells, &cell, &err) != ATT_OK) {
            att_buf_cut(&buf, 0);
            att_buf_format(&buf, "%u:%u %s", err.where.line, err.where.column,
                           err.message);
            break;
        }
        att_buf_add_n(&buf, cell.text, cell.n);
        att_buf_char(&buf, cells.is_row_end ? '/' : '|');
    }
    text = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    att_cells_drop(&cells);
    return text;
}

static void cells_end_at_commas_and_line_ends(void **state)
{
    static const struct {
        const char *bytes, *cells;
    } cases[] = {
        { "a,b\nc,d\n", "a|b/c|d/" },
        { "\xef\xbb\xbf"
          "a,b\r\nc,d\r\n",
          "a|b/c|d/" },
        { "a,\n,b", "a|/|b/" },
        { "\"a,b\",\"c\nd\"\n", "a,b|c\nd/" },
        { "\"say \"\"no\"\"\",x\n", "say \"no\"|x/" },
    };
    att_arena arena = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(shown(&arena, cases[i].bytes, false), cases[i].cells);
        assert_string_equal(shown(&arena, cases[i].bytes, true), cases[i].cells);
    }
    att_arena_drop(&arena);
}

static void odd_quotes_are_refused_or_taken_as_they_stand(void **state)
{
    static const struct {
        const char *bytes, *strict, *lenient;
    } cases[] = {
        { "a,5\" wide\n", "1:4 a quote stands inside a cell that is not in quotes",
          "a|5\" wide/" },
        { "\"the \"old\" way\",b\n", "1:7 text stands after the quote that ends a cell",
          "the \"old\" way|b/" },
        { "a,\"b\nc", "1:3 a cell begins with a quote that nothing ends", "a|b\nc/" },
        { "\"", "1:1 a cell begins with a quote that nothing ends", "/" },
    };
    att_arena arena = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(shown(&arena, cases[i].bytes, false), cases[i].strict);
        assert_string_equal(shown(&arena, cases[i].bytes, true), cases[i].lenient);
    }
    att_arena_drop(&arena);
}

static void a_cell_written_is_the_cell_read(void **state)
{
    static const char *const texts[] = { "",       "plain",  "a,b", "\"", "say \"no\"",
                                         "a\r\nb", " edge ", ",",   "'" };
    att_arena arena = { 0 };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        att_buf buf = { 0 };

        att_csv_write_cell(&buf, texts[i]);
        att_buf_add(&buf, ",end");
        assert_string_equal(shown(&arena, att_buf_text(&buf), false),
                            att_arena_format(&arena, "%s|end/", texts[i]));
        att_buf_drop(&buf);
    }
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(cells_end_at_commas_and_line_ends),
              cmocka_unit_test(odd_quotes_are_refused_or_taken_as_they_stand),
              cmocka_unit_test(a_cell_written_is_the_cell_read))
