/* Frame to CSV and codebook, and back: the same values, reasons and texts. */
#include <attune/base/json.h>

#include "frames.h"

static const char *const hostile[] = {
    "",
    "plain",
    "=1+1",
    "+1",
    "-9",
    "-10",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "'=x",
    "''-9",
    "'tis",
    "'",
    "a,b",
    "a\"b",
    "\"",
    "two\nlines",
    "two\r\nlines",
    " blanks ",
    "NA",
    ".",
    "-",
    "caf\u00e9 \u4e2d\u6587",
    "\x1b[31m",
    "=cmd|' /C calc'!A0",
};
#define N_HOSTILE (sizeof hostile / sizeof *hostile)

/* A page of a choice, marks, a number, a text, a day; ids that heads of the file have. */
static void make_instrument(att_small *s)
{
    att_small_start(s, 10);
    s->items[att_small_item(s, "pick", "one", ATT_NONE)].choices =
        att_small_set(s, 1, 5, "nr");
    s->items[att_small_item(s, "many", "many", ATT_NONE)].choices =
        att_small_set(s, -1, 1, "");
    (void)att_small_item(s, "size", "decimal", ATT_NONE);
    (void)att_small_item(s, "why", "text", ATT_NONE);
    (void)att_small_item(s, "day", "date", ATT_NONE);
    (void)att_small_item(s, "status", "text", ATT_NONE);
    (void)att_small_derive(s, "less", "size - 100");
    att_small_done(s);
}

/* Rows of every reason in every column, then values and hostile texts. */
static att_frame *make_frame(att_small *s)
{
    static const int marks[] = { -1, 1 };
    const att_assemble_opts opts = { .with_scores = true };
    att_assembly *assembly = att_assemble_begin(&s->arena, &opts);

    att_assemble_instrument(assembly, &s->instrument, NULL, 0);
    for (size_t i = 0; i < 7 + N_HOSTILE; i++) {
        const char *text = i < 7 ? "" : hostile[i - 7];
        att_answer reason = att_answer_of_reason((att_reason)(i + 1));
        att_entry entries[] = {
            frames_entry("pick", i < 7 ? reason : att_answer_of_number(3)),
            frames_entry("many", i < 7 ? reason : att_answer_of_codes(marks, i % 3)),
            frames_entry("size", i < 7 ? reason : att_answer_of_number(94.1)),
            frames_entry("why", i < 7 ? reason : att_answer_of_text(text)),
            frames_entry("day", i < 7 ? reason : att_answer_of_day(-719162)),
            frames_entry("status", att_answer_of_text(text)),
        };
        att_response response =
            frames_response(&s->instrument, ATT_STATUS_COMPLETE, entries, 6);

        response.person = text;
        response.site = text;
        att_assemble_response(assembly, &s->instrument, &response);
    }
    return att_assemble_end(assembly);
}

static att_export export_of(att_small *s, const att_frame *frame)
{
    const att_instrument **versions = att_new(&s->arena, const att_instrument *);

    *versions = &s->instrument;
    return (att_export){
        .frame = frame, .versions = versions, .n_versions = 1, .program = "attune 0.1.0"
    };
}

static void write_files(const att_export *export, const char *path)
{
    const att_format *csv = att_format_find("csv");
    att_buf out = { 0 };
    att_buf beside = { 0 };

    csv->write(&out, export);
    att_test_write(path, out.bytes, out.n);
    att_buf_cut(&out, 0);
    csv->sidecar(&out, export);
    att_buf_format(&beside, "%s.json", path);
    att_test_write(att_buf_text(&beside), out.bytes, out.n);
    att_buf_drop(&out);
    att_buf_drop(&beside);
}

static void assert_same_columns(const att_frame *a, const att_frame *b)
{
    assert_int_equal(a->n_columns, b->n_columns);
    for (size_t j = 0; j < a->n_columns; j++) {
        const att_column *one = &a->columns[j];
        const att_column *two = &b->columns[j];

        assert_string_equal(one->label, two->label);
        assert_string_equal(one->item, two->item);
        assert_int_equal(one->kind, two->kind);
        assert_near(two->low, one->low, 0);
        assert_near(two->high, one->high, 0);
        assert_int_equal(one->n_codes, two->n_codes);
        for (size_t k = 0; k < one->n_codes; k++) {
            assert_int_equal(one->codes[k], two->codes[k]);
            assert_string_equal(one->code_labels[k], two->code_labels[k]);
        }
    }
}

static void assert_same_cells(const att_frame *a, const att_frame *b)
{
    assert_int_equal(a->n_rows, b->n_rows);
    for (size_t i = 0; i < a->n_rows * a->n_columns; i++) {
        assert_near(b->x[i], a->x[i], 0);
        assert_int_equal(b->reasons[i], a->reasons[i]);
        if (a->texts[i] == NULL) {
            assert_null(b->texts[i]);
        } else {
            assert_non_null(b->texts[i]);
            assert_string_equal(b->texts[i], a->texts[i]);
        }
    }
}

static void what_was_exported_reads_back_the_same(void **state)
{
    char *folder = att_test_folder();
    char *path = att_test_join(folder, "x.csv");
    att_err err = { 0 };
    att_small s;
    att_frame *frame;
    att_frame *back;
    att_export export;

    make_instrument(&s);
    frame = make_frame(&s);
    export = export_of(&s, frame);
    write_files(&export, path);
    back = att_csv_read(&s.arena, path, NULL, &err);
    assert_ok(err.code, &err);
    assert_same_columns(frame, back);
    assert_same_cells(frame, back);
    test_free(path);
    att_test_folder_drop(folder);
    att_small_drop(&s);
}

static void the_same_frame_gives_the_same_bytes(void **state)
{
    const att_format *csv = att_format_find("csv");
    att_buf out[4] = { 0 };
    att_small s;
    att_export export;

    make_instrument(&s);
    for (size_t i = 0; i < 2; i++) {
        export = export_of(&s, make_frame(&s));
        csv->write(&out[i], &export);
        csv->sidecar(&out[2 + i], &export);
    }
    assert_string_equal(out[0].bytes, out[1].bytes);
    assert_string_equal(out[2].bytes, out[3].bytes);
    for (size_t i = 0; i < 4; i++) {
        att_buf_drop(&out[i]);
    }
    att_small_drop(&s);
}

static void no_cell_is_a_formula(void **state)
{
    att_buf out = { 0 };
    att_small s;
    att_export export;

    make_instrument(&s);
    export = export_of(&s, make_frame(&s));
    att_format_find("csv")->write(&out, &export);
    assert_contains(out.bytes, ",'=1+1,");
    assert_contains(out.bytes, ",'@SUM(A1),");
    assert_contains(out.bytes, ",'=cmd|' /C calc'!A0,");
    assert_lacks(out.bytes, ",=");
    assert_lacks(out.bytes, ",@");
    assert_lacks(out.bytes, "\"=");
    assert_lacks(out.bytes, ",+");
    att_buf_drop(&out);
    att_small_drop(&s);
}

static void a_file_and_its_codebook_look_like_this(void **state)
{
    const att_format *csv = att_format_find("csv");
    att_buf out = { 0 };
    att_small s;
    att_frame *frame;
    att_export export;

    make_instrument(&s);
    frame = make_frame(&s);
    export = export_of(&s, frame);
    csv->write(&out, &export);
    assert_golden(out.bytes, out.n, "export.csv");
    att_buf_cut(&out, 0);
    csv->sidecar(&out, &export);
    assert_golden(out.bytes, out.n, "export.csv.json");
    att_buf_drop(&out);
    att_small_drop(&s);
}

/* The CSV below has one item column, x; the codebook is the file beside it. */
static att_frame *read_beside(att_arena *arena, const char *codebook, att_err *err)
{
    char *folder = att_test_folder();
    char *path = att_test_join(folder, "x.csv");
    char *beside = att_test_join(folder, "x.csv.json");
    att_frame *frame;

    att_test_write(path, "x\n-9\n-7\n", 8);
    att_test_write(beside, codebook, strlen(codebook));
    frame = att_csv_read(arena, path, NULL, err);
    test_free(path);
    test_free(beside);
    att_test_folder_drop(folder);
    return frame;
}

static void only_codes_that_the_codebook_names_are_reasons(void **state)
{
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_frame *frame =
        read_beside(&arena,
                    "{\"format\":\"attune-codebook/1\",\"columns\":[{\"name\":\"x\","
                    "\"kind\":\"number\",\"missing\":{\"-9\":\"skipped\"}}]}",
                    &err);
    att_frame *other = read_beside(&arena, "{\"format\":\"something else\"}", &err);

    assert_ok(err.code, &err);
    assert_int_equal(frame->reasons[0], ATT_REASON_SKIPPED);
    assert_near(frame->x[0], NAN, 0);
    assert_near(frame->x[1], -7, 0);
    assert_near(other->x[0], -9, 0);
    att_arena_drop(&arena);
}

static void a_codebook_that_cannot_be_understood_stops_the_reading(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "{", "" },
        { "{\"format\":\"attune-codebook/2\"}",
          "has the format \"attune-codebook/2\"" },
        { "{\"format\":\"attune-codebook/1\",\"columns\":[3]}",
          "column 1 of codebook" },
        { "{\"format\":\"attune-codebook/1\",\"columns\":[{\"name\":\"x\",\"kind\":"
          "\"colour\"}]}",
          "column 1 of codebook" },
        { "{\"format\":\"attune-codebook/1\",\"columns\":[{\"name\":\"x\",\"kind\":"
          "\"code\",\"codes\":{\"one\":\"1\"}}]}",
          "column 1 of codebook" },
        { "{\"format\":\"attune-codebook/1\",\"columns\":[{\"name\":\"x\",\"kind\":"
          "\"code\",\"missing\":{\"7\":\"lost\"}}]}",
          "column 1 of codebook" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_arena arena = { 0 };
        att_err err = { 0 };

        print_message("%s\n", cases[i].text);
        assert_null(read_beside(&arena, cases[i].text, &err));
        assert_fails(err.code, ATT_EINPUT, &err, cases[i].message);
        assert_contains(err.where.file[0] == '\0' ? err.message : err.where.file,
                        "x.csv.json");
        att_arena_drop(&arena);
    }
}

static void formats_are_found_by_name(void **state)
{
    assert_null(att_format_find("xls"));
    for (size_t i = 0; i < att_n_formats; i++) {
        assert_ptr_equal(att_format_find(att_formats[i]->name), att_formats[i]);
    }
}

ATT_TEST_MAIN(cmocka_unit_test(what_was_exported_reads_back_the_same),
              cmocka_unit_test(the_same_frame_gives_the_same_bytes),
              cmocka_unit_test(no_cell_is_a_formula),
              cmocka_unit_test(a_file_and_its_codebook_look_like_this),
              cmocka_unit_test(only_codes_that_the_codebook_names_are_reasons),
              cmocka_unit_test(a_codebook_that_cannot_be_understood_stops_the_reading),
              cmocka_unit_test(formats_are_found_by_name))
