/* att_faced.c - a whole interview through a face; see the header */
#include "att_faced.h"

#include <stdio.h>
#include <string.h>

#include "att_test.h"

#define RECEIPT "9f2c41d78a03e61b55d0c7f21e94ab3670b8d2c94f13ea580c6d97b1e2a5f384"

static att_code keep(void *data, const att_entry *entry, att_err *err)
{
    att_talk *talk = data;
    att_entry own = *entry;

    (void)err;
    assert_true(talk->n_entries < ATT_TALK_ENTRIES);
    own.answer = att_answer_copy(&talk->arena, &entry->answer);
    talk->entries[talk->n_entries++] = own;
    return ATT_OK;
}

static const char *receipt(void *data)
{
    (void)data;
    return RECEIPT;
}

static att_msec now(void)
{
    return 1789372920000LL + 240000; /* 2026-09-14T08:06:00Z, four minutes on */
}

static att_msec mono(void)
{
    return 0;
}

/* All bytes of a file, trailing blanks of each line taken off. */
static char *read_back(FILE *file, att_faced *run)
{
    long size;
    char *text;
    size_t n, kept = 0;

    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    text = test_malloc((size_t)size + 1);
    n = fread(text, 1, (size_t)size, file);
    run->n_out = n;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        run->has_escape = run->has_escape || (c < ' ' && c != '\n') || c == 127;
        if (c == '\n') {
            while (kept > 0 && text[kept - 1] == ' ') {
                kept--;
            }
        }
        text[kept++] = (char)c;
    }
    text[kept] = '\0';
    return text;
}

att_faced att_faced_run_bytes(const att_face *face, att_talk *talk, const char *typed,
                              size_t n, const char *answers)
{
    att_sink sink = { .data = talk, .keep = keep, .receipt = receipt };
    att_face_opts opts = { .in = tmpfile(),
                           .out = tmpfile(),
                           .answers = answers,
                           .resume_with = "attune resume k7q2mh",
                           .now = now,
                           .mono = mono };
    att_faced run = { .code = ATT_OK };

    assert_non_null(opts.in);
    assert_non_null(opts.out);
    assert_int_equal(fwrite(typed, 1, n, opts.in), n);
    rewind(opts.in);
    run.code = att_face_run(face, &opts, talk->session, &sink, &run.end, &run.err);
    run.out = read_back(opts.out, &run);
    fclose(opts.in);
    fclose(opts.out);
    return run;
}

att_faced att_faced_run(const att_face *face, att_talk *talk, const char *typed,
                        const char *answers)
{
    return att_faced_run_bytes(face, talk, typed, strlen(typed), answers);
}

void att_faced_drop(att_faced *run)
{
    test_free(run->out);
}

void att_faced_resume(att_talk *talk)
{
    att_err err = { 0 };

    talk->session =
        att_session_make(&talk->arena, talk->instrument, &talk->header, NULL, 0);
    assert_ok(att_session_replay(talk->session, talk->entries, talk->n_entries, &err),
              &err);
}
