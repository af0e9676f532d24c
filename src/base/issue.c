#include <attune/base/issue.h>

#include <stdlib.h>
#include <string.h>

#include <attune/base/text.h>

/* A source line wider than this is shown in part, around its caret. */
enum { LINE_WIDTH_MAX = 120, LINE_LEAD = 60 };

void att_issues_add(att_issues *issues, const att_issue *issue)
{
    att_issue *copy = NULL;

    if (issues->n == issues->room) {
        size_t room = issues->room > 0 ? issues->room * 2 : 8;
        att_issue *list = att_new_n(issues->arena, att_issue, room);

        if (issues->n > 0) {
            memcpy(list, issues->list, issues->n * sizeof *list);
        }
        issues->list = list;
        issues->room = room;
    }
    copy = &issues->list[issues->n++];
    *copy = *issue;
    copy->span = issue->span > 0 ? issue->span : 1;
    copy->line = att_arena_text(issues->arena, issue->line != NULL ? issue->line : "");
    if (issue->severity == ATT_SEVERITY_ERROR) {
        issues->n_errors++;
    } else {
        issues->n_warnings++;
    }
}

static int compare_numbers(unsigned a, unsigned b)
{
    return (a > b) - (a < b);
}

/* By file, line, column, rule; what was found earlier stays before its equals. */
static int compare_issues(const void *left, const void *right)
{
    const att_issue *a = *(const att_issue *const *)left;
    const att_issue *b = *(const att_issue *const *)right;
    int order = strcmp(a->what.where.file, b->what.where.file);

    if (order == 0) {
        order = compare_numbers(a->what.where.line, b->what.where.line);
    }
    if (order == 0) {
        order = compare_numbers(a->what.where.column, b->what.where.column);
    }
    if (order == 0) {
        order = strcmp(a->rule != NULL ? a->rule : "", b->rule != NULL ? b->rule : "");
    }
    return order != 0 ? order : (a > b) - (a < b);
}

void att_issues_sort(att_issues *issues)
{
    att_issue *sorted = NULL;
    const att_issue **order = NULL;

    if (issues->n < 2) {
        return;
    }
    sorted = att_new_n(issues->arena, att_issue, issues->room);
    order = att_memory_grow(NULL, issues->n, sizeof(const att_issue *));
    for (size_t i = 0; i < issues->n; i++) {
        order[i] = &issues->list[i];
    }
    qsort(order, issues->n, sizeof(const att_issue *), compare_issues);
    for (size_t i = 0; i < issues->n; i++) {
        sorted[i] = *order[i];
    }
    att_memory_free(order);
    issues->list = sorted;
}

static void write_head(att_buf *out, const att_issue *issue)
{
    const att_where *where = &issue->what.where;

    if (where->file[0] != '\0') {
        att_buf_add(out, where->file);
        if (where->line > 0) {
            att_buf_format(out, ":%u", where->line);
        }
        if (where->line > 0 && where->column > 0) {
            att_buf_format(out, ":%u", where->column);
        }
        att_buf_add(out, ": ");
    }
    att_buf_add(out, issue->severity == ATT_SEVERITY_ERROR ? "error" : "warning");
    if (issue->rule != NULL && issue->rule[0] != '\0') {
        att_buf_format(out, "[%s]", issue->rule);
    }
    att_buf_format(out, ": %s\n", issue->what.message);
}

/* Offset of the first character of text from which at most `width` columns lead to
 * `to`. */
static size_t window_start(const char *text, size_t to, size_t width)
{
    size_t from = to;

    while (from > 0) {
        size_t before = att_text_before(text, from);

        if (att_text_width_n(text + before, to - before) > width) {
            break;
        }
        from = before;
    }
    return from;
}

/* Offset up to which at most `width` columns of text follow `from`. */
static size_t window_end(const char *text, size_t from, size_t width)
{
    size_t to = from;
    size_t used = 0;

    while (text[to] != '\0') {
        size_t next = att_text_next(text, to);

        used += att_text_width_n(text + to, next - to);
        if (used > width) {
            break;
        }
        to = next;
    }
    return to;
}

/* The source line and, under it, the caret. A very long line is cut on both sides. */
static void write_source(att_buf *out, const att_issue *issue, const char *line)
{
    const att_where *where = &issue->what.where;
    size_t caret = att_text_bytes(line, where->column > 0 ? where->column - 1 : 0);
    size_t end = caret + att_text_bytes(line + caret, issue->span);
    size_t from = 0;
    size_t to = strlen(line);
    size_t wide = 0;
    size_t pad = 0;

    if (att_text_width(line) > LINE_WIDTH_MAX) {
        from = window_start(line, caret, LINE_LEAD);
        to = window_end(line, from, LINE_WIDTH_MAX);
        end = end < to ? end : to;
    }
    att_buf_format(out, "%5u | ", where->line);
    if (from > 0) {
        att_buf_add(out, "...");
        pad = 3;
    }
    att_buf_add_n(out, line + from, to - from);
    att_buf_add(out, line[to] != '\0' ? "...\n" : "\n");
    if (where->column == 0) {
        return;
    }
    pad += att_text_width_n(line + from, caret - from);
    wide = att_text_width_n(line + caret, end > caret ? end - caret : 0);
    att_buf_add(out, "      | ");
    att_buf_repeat(out, ' ', pad);
    att_buf_char(out, '^');
    att_buf_repeat(out, '~', wide > 1 ? wide - 1 : 0);
    att_buf_char(out, '\n');
}

void att_issue_write(att_buf *out, const att_issue *issue)
{
    const att_err *what = &issue->what;

    write_head(out, issue);
    if (issue->line != NULL && issue->line[0] != '\0' && what->where.line > 0) {
        att_buf line = { 0 };

        att_text_tame(&line, issue->line);
        write_source(out, issue, att_buf_text(&line));
        att_buf_drop(&line);
    }
    if (what->where.pointer[0] != '\0') {
        att_buf_format(out, "  at %s\n", what->where.pointer);
    }
    if (what->hint[0] != '\0') {
        att_buf_format(out, "  hint: %s\n", what->hint);
    }
}
