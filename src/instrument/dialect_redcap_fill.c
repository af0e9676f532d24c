/* One row of a dictionary as an item: its kind, its limits, its tags. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/base/text.h>
#include <attune/instrument/kind.h>

#include "dialect_redcap_draft.h"
#include "dialect_words.h"

#define LEAST_NUMBER -3 /* the codes of missing answers end at -4 */

void att_dict_lose(att_dict_form *form, att_dict_item *item, att_loss_kind kind,
                   const char *format, ...)
{
    att_buf why = { 0 };
    va_list args;

    va_start(args, format);
    att_buf_vformat(&why, format, args);
    va_end(args);
    att_losses_add(form->losses, kind, item->row->row, item->row->cells[ATT_DICT_NAME],
                   "%s", att_buf_text(&why));
    item->is_lossy = item->is_lossy || kind != ATT_LOSS_MAPPED;
    att_buf_drop(&why);
}

#define NEAR(...) att_dict_lose(form, item, ATT_LOSS_APPROXIMATED, __VA_ARGS__)
#define GONE(...) att_dict_lose(form, item, ATT_LOSS_DROPPED, __VA_ARGS__)

static const char *cell(const att_dict_item *item, att_dictionary_column column)
{
    return item->row->cells[column];
}

static bool is(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

static bool begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* ---- limits ---- */

/* A number as JSON writes it; NULL (and reported) when the cell holds none. */
static const char *number_cell(att_dict_form *form, att_dict_item *item,
                               att_dictionary_column column)
{
    char *text = att_arena_text(form->arena, cell(item, column));
    att_buf buf = { 0 };
    double x = 0;
    const char *out;

    if (text[0] == '\0') {
        return NULL;
    }
    if (strchr(text, ',') != NULL && strchr(text, '.') == NULL) {
        *strchr(text, ',') = '.';
    }
    if (!att_number_read(text, strlen(text), &x)) {
        GONE("the limit \"%s\" is no number", cell(item, column));
        return NULL;
    }
    att_number_write(&buf, x);
    out = att_buf_copy(form->arena, &buf);
    att_buf_drop(&buf);
    return out;
}

static double number_of(const char *text)
{
    double x = 0;

    (void)att_number_read(text, strlen(text), &x);
    return x;
}

/* Numbers here keep away from the codes of missing answers. */
static void fill_range(att_dict_form *form, att_dict_item *item)
{
    item->min = number_cell(form, item, ATT_DICT_MIN);
    item->max = number_cell(form, item, ATT_DICT_MAX);
    if (item->min != NULL && item->max != NULL &&
        number_of(item->min) > number_of(item->max)) {
        GONE("the limits %s and %s leave nothing", item->min, item->max);
        item->min = item->max = NULL;
    }
    if ((item->max != NULL && number_of(item->max) < -10) ||
        (item->min != NULL && number_of(item->min) > -4)) {
        return;
    }
    if (item->max != NULL && number_of(item->max) < LEAST_NUMBER) {
        GONE("the limits hold only codes of missing answers");
        item->max = NULL;
    }
    item->min = att_arena_format(form->arena, "%d", LEAST_NUMBER);
    NEAR("numbers under %d are codes of missing answers here; %d is the least",
         LEAST_NUMBER, LEAST_NUMBER);
}

/* A limit of dates as our expression, as JSON. */
static const char *day_cell(att_dict_form *form, att_dict_item *item,
                            att_dictionary_column column, const char *time)
{
    const char *text = cell(item, column);
    att_day day = 0;
    size_t n = strlen(text);

    if (n == 0) {
        return NULL;
    }
    if (is(text, "today")) {
        return "\"today\"";
    }
    if (n < 10 || !att_day_read(text, 10, &day)) {
        GONE("the limit \"%s\" is no day", text);
        return NULL;
    }
    if (n > 10 && !begins(text + 11, time)) {
        NEAR("the limit \"%s\" is taken by its day", text);
    }
    return att_arena_format(form->arena, "\"date('%.10s')\"", text);
}

/* A pair of days the wrong way round is no limit. */
static void fill_days(att_dict_form *form, att_dict_item *item, bool has_time)
{
    item->min = day_cell(form, item, ATT_DICT_MIN, has_time ? "00:00" : "");
    item->max = day_cell(form, item, ATT_DICT_MAX, has_time ? "23:59" : "");
    if (item->min != NULL && item->max != NULL && item->min[1] == 'd' &&
        item->max[1] == 'd' && strcmp(item->min, item->max) > 0) {
        GONE("the limits leave no day");
        item->min = item->max = NULL;
    }
}

static const char *time_cell(att_dict_form *form, att_dict_item *item,
                             att_dictionary_column column)
{
    const char *text = cell(item, column);
    size_t n = strspn(text, "0123456789:");

    if (text[0] == '\0') {
        return NULL;
    }
    if (text[n] != '\0' || n > 5) {
        GONE("the limit \"%s\" is no time", text);
        return NULL;
    }
    return att_arena_format(form->arena, "\"%s%s\"", n == 4 ? "0" : "", text);
}

/* ---- text fields by their validation ---- */

static void fill_words(att_dict_form *form, att_dict_item *item)
{
    item->kind = "text";
    item->sort = ATT_LOGIC_TEXT;
    if (cell(item, ATT_DICT_MIN)[0] != '\0' || cell(item, ATT_DICT_MAX)[0] != '\0') {
        GONE("the limits of a text");
    }
}

static void fill_decimal(att_dict_form *form, att_dict_item *item, const char *check)
{
    const char *digits = strstr(check, "number_");

    item->kind = "decimal";
    item->sort = ATT_LOGIC_NUMBER;
    if (digits != NULL && digits[7] >= '1' && digits[7] <= '4' &&
        begins(digits + 8, "dp")) {
        item->decimals = digits[7] - '0';
    }
    if (strstr(check, "comma") != NULL) {
        NEAR("the decimal sign is a point here, not a comma");
    }
    fill_range(form, item);
}

static void fill_clock(att_dict_form *form, att_dict_item *item, const char *check)
{
    bool has_day = begins(check, "datetime");

    if (strstr(check, "seconds") != NULL || (!has_day && !is(check, "time"))) {
        NEAR("\"%s\" becomes a text: seconds are not asked for here", check);
        fill_words(form, item);
        return;
    }
    item->kind = has_day ? "datetime" : "time";
    item->sort = ATT_LOGIC_TEXT;
    if (has_day) {
        fill_days(form, item, true);
    } else {
        item->min = time_cell(form, item, ATT_DICT_MIN);
        item->max = time_cell(form, item, ATT_DICT_MAX);
    }
}

static void fill_text(att_dict_form *form, att_dict_item *item)
{
    const char *check = cell(item, ATT_DICT_VALIDATION);

    if (check[0] == '\0') {
        fill_words(form, item);
    } else if (is(check, "integer") || is(check, "int")) {
        item->kind = "integer";
        item->sort = ATT_LOGIC_NUMBER;
        fill_range(form, item);
    } else if (begins(check, "number") || is(check, "float")) {
        fill_decimal(form, item, check);
    } else if (is(check, "date") || begins(check, "date_")) {
        item->kind = "date";
        item->sort = ATT_LOGIC_DAY;
        fill_days(form, item, false);
    } else if (begins(check, "datetime_") || begins(check, "time")) {
        fill_clock(form, item, check);
    } else {
        NEAR("what is typed is not checked as \"%s\"", check);
        fill_words(form, item);
    }
    if (strstr(check, "_dmy") != NULL || strstr(check, "_mdy") != NULL) {
        NEAR("days are written as 2026-09-14 here");
    }
}

/* ---- the other types ---- */

static void fill_pair(att_dict_form *form, att_dict_item *item, const char *one,
                      const char *zero)
{
    item->kind = "one";
    item->sort = ATT_LOGIC_CODE;
    item->choices = att_new_n(form->arena, att_dict_choice, 2);
    item->choices[0] = (att_dict_choice){ { "1", 1, ATT_REASON_NONE }, one, false };
    item->choices[1] = (att_dict_choice){ { "0", 0, ATT_REASON_NONE }, zero, false };
    item->n_choices = 2;
}

static size_t count_real(const att_dict_item *item)
{
    size_t n = 0;

    for (size_t i = 0; i < item->n_choices; i++) {
        n += item->choices[i].code.reason == ATT_REASON_NONE;
    }
    return n;
}

static void fill_choice(att_dict_form *form, att_dict_item *item, const char *type)
{
    att_dict_choices(form, item);
    item->kind = is(type, "checkbox") ? "many" : "one";
    item->sort = is(type, "checkbox") ? ATT_LOGIC_MARKS : ATT_LOGIC_CODE;
    if (count_real(item) == 0) {
        NEAR("it has no choices and becomes a text");
        item->n_choices = 0;
        fill_words(form, item);
        return;
    }
    if (is(type, "dropdown")) {
        NEAR("a dropdown is a list of choices here");
    }
}

static void fill_slider(att_dict_form *form, att_dict_item *item)
{
    const char *text = cell(item, ATT_DICT_CHOICES);
    const char *labels[3] = { "", "", "" };
    size_t n = 0;
    bool had_tags = false;

    item->kind = "vas";
    item->sort = ATT_LOGIC_NUMBER;
    item->min = number_cell(form, item, ATT_DICT_MIN);
    item->max = number_cell(form, item, ATT_DICT_MAX);
    while (n < 3 && text[0] != '\0') {
        size_t bytes = strcspn(text, "|");

        labels[n++] = att_words_plain(
            form->arena, att_arena_text_n(form->arena, text, bytes), &had_tags);
        text += bytes + (text[bytes] == '|');
    }
    if (n == 2) {
        labels[2] = labels[1];
        labels[1] = "";
    }
    if (labels[1][0] != '\0') {
        GONE("the words in the middle of the slider, \"%s\"", labels[1]);
    }
    if (labels[0][0] == '\0' && labels[2][0] == '\0') {
        return;
    }
    if (labels[0][0] == '\0' || labels[2][0] == '\0') {
        NEAR("one end of the slider has no words");
    }
    item->anchors[0] = labels[0][0] != '\0' ? labels[0] : "0";
    item->anchors[1] = labels[2][0] != '\0' ? labels[2] : "100";
}

static void fill_type(att_dict_form *form, att_dict_item *item)
{
    const char *type = cell(item, ATT_DICT_TYPE);

    if (is(type, "text")) {
        fill_text(form, item);
    } else if (is(type, "notes")) {
        fill_words(form, item);
        item->is_long = true;
    } else if (is(type, "radio") || is(type, "dropdown") || is(type, "checkbox")) {
        fill_choice(form, item, type);
    } else if (is(type, "yesno")) {
        fill_pair(form, item, "Yes", "No");
    } else if (is(type, "truefalse")) {
        fill_pair(form, item, "True", "False");
    } else if (is(type, "slider")) {
        fill_slider(form, item);
    } else if (is(type, "calc")) {
        item->kind = "calc";
        item->sort = ATT_LOGIC_NUMBER;
    } else if (is(type, "descriptive")) {
        item->kind = "note";
    } else if (is(type, "file")) {
        item->kind = "";
        GONE("a field of type \"file\": files are not asked for here");
    } else {
        NEAR("the type \"%s\" is not known; it becomes a text", type);
        fill_words(form, item);
    }
}

/* ---- annotations ---- */

/* What stands after "=" of a tag, quotes off; "" when nothing does. */
static const char *tag_value(att_dict_form *form, const char **at)
{
    const char *p = *at;
    size_t n;
    const char *value;

    if (*p != '=') {
        return "";
    }
    p++;
    if (*p == '\'' || *p == '"') {
        n = strcspn(p + 1, *p == '\'' ? "'" : "\"");
        value = att_arena_text_n(form->arena, p + 1, n);
        p += n + 1 + (p[n + 1] != '\0');
    } else {
        n = strcspn(p, " \t\r\n");
        value = att_arena_text_n(form->arena, p, n);
        p += n;
    }
    *at = p;
    return value;
}

static bool take_exclusive(att_dict_item *item, const char *codes)
{
    size_t n_found = 0;

    while (codes[0] != '\0') {
        size_t n = strcspn(codes, ",");
        size_t blanks = strspn(codes, " ");

        for (size_t i = 0; i < item->n_choices; i++) {
            const char *text = item->choices[i].code.text;

            if (blanks <= n && strlen(text) == n - blanks &&
                strncmp(codes + blanks, text, n - blanks) == 0) {
                item->choices[i].is_exclusive = true;
                n_found++;
            }
        }
        codes += n + (codes[n] == ',');
    }
    return n_found > 0;
}

static bool take_tag(att_dict_item *item, const char *name, const char *value)
{
    long long whole = 0;

    if (is(name, "@CHARLIMIT") && is(item->kind, "text") &&
        att_number_read_whole(value, strlen(value), &whole) && whole >= 1 &&
        whole <= 100000) {
        item->max_length = (size_t)whole;
        return true;
    }
    return is(name, "@NONEOFTHEABOVE") && item->sort == ATT_LOGIC_MARKS &&
           take_exclusive(item, value);
}

static void fill_tags(att_dict_form *form, att_dict_item *item)
{
    const char *p = cell(item, ATT_DICT_ANNOTATION);
    att_buf rest = { 0 };

    while (*p != '\0') {
        size_t n = *p == '@'
                       ? 1 + strspn(p + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                           "abcdefghijklmnopqrstuvwxyz-_0123456789")
                       : 0;
        const char *name, *value;

        if (n < 2) {
            att_buf_char(&rest, *p++);
            continue;
        }
        name = att_arena_text_n(form->arena, p, n);
        p += n;
        value = tag_value(form, &p);
        if (!take_tag(item, name, value)) {
            GONE("the action tag %s%s%s", name, value[0] == '\0' ? "" : "=", value);
        }
    }
    p = att_buf_text(&rest);
    p += strspn(p, " \t\r\n");
    if (p[0] != '\0') {
        GONE("the annotation \"%s\"", att_text_cut(form->arena, p, 60));
    }
    att_buf_drop(&rest);
}

/* ---- the row ---- */

static void lose_columns(att_dict_form *form, att_dict_item *item)
{
    static const struct {
        att_dictionary_column column;
        const char *what;
    } columns[] = {
        { ATT_DICT_ALIGNMENT, "the alignment" },
        { ATT_DICT_NUMBER, "the question's number" },
        { ATT_DICT_RANKING, "that each column of the matrix is chosen once" },
    };

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (cell(item, columns[i].column)[0] != '\0') {
            GONE("%s, \"%s\"", columns[i].what, cell(item, columns[i].column));
        }
    }
}

/* A flag is y; what else stands there is no flag. */
static bool flag(att_dict_form *form, att_dict_item *item, att_dictionary_column column)
{
    const char *text = cell(item, column);

    if (text[0] != '\0' && !is(text, "y") && !is(text, "Y")) {
        GONE("\"%s\" where \"y\" or nothing should stand", text);
    }
    return is(text, "y") || is(text, "Y");
}

void att_dict_fill(att_dict_form *form, att_dict_item *item)
{
    bool had_tags = false;

    item->decimals = -1;
    fill_type(form, item);
    item->text = att_words_plain(form->arena, cell(item, ATT_DICT_LABEL), &had_tags);
    item->help = att_words_plain(form->arena, cell(item, ATT_DICT_NOTE), &had_tags);
    if (item->kind[0] == '\0') {
        return;
    }
    if (is(item->kind, "calc") && is(item->text, cell(item, ATT_DICT_NAME))) {
        item->text = ""; /* a name is no label */
    }
    if (had_tags) {
        NEAR("HTML was taken out of its words");
    }
    if (item->text[0] == '\0' && !is(item->kind, "calc")) {
        item->text = cell(item, ATT_DICT_NAME);
        NEAR("it has no label; its name stands there");
    }
    item->is_identifying = flag(form, item, ATT_DICT_IDENTIFIER);
    item->is_hard = flag(form, item, ATT_DICT_REQUIRED);
    if (is(item->kind, "calc") || is(item->kind, "note")) {
        if (item->is_identifying || item->is_hard) {
            GONE("a field that asks nothing is neither required nor an identifier");
        }
        item->is_identifying = item->is_hard = false;
    }
    lose_columns(form, item);
    fill_tags(form, item);
}
