#include "redcap_field.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/instrument/kind.h>

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool begins(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

const att_redcap_field *att_redcap_find(const att_redcap_project *project,
                                        const char *name)
{
    for (size_t i = 0; i < project->n_fields; i++) {
        if (is(project->fields[i].name, name)) {
            return &project->fields[i];
        }
    }
    return NULL;
}

/* Takes the next code off "1, One | 2, Two"; false at the end. */
static bool next_code(const char **choices, const char **code, size_t *n)
{
    size_t length = strcspn(*choices, "|");
    const char *from = *choices;

    if (*from == '\0') {
        return false;
    }
    *n = strcspn(from, ",|");
    while (*n > 0 && strchr(" \t\r\n", from[0]) != NULL) {
        from++;
        (*n)--;
    }
    while (*n > 0 && strchr(" \t\r\n", from[*n - 1]) != NULL) {
        (*n)--;
    }
    *code = from;
    *choices += length;
    *choices += **choices == '|' ? 1 : 0;
    return true;
}

bool att_redcap_has_code(const char *choices, const char *code)
{
    const char *found = NULL;
    size_t n = 0;

    while (next_code(&choices, &found, &n)) {
        if (n > 0 && n == strlen(code) && memcmp(found, code, n) == 0) {
            return true;
        }
    }
    return false;
}

char *att_redcap_code_at(att_arena *arena, const char *choices, size_t n)
{
    const char *found = NULL;
    size_t length = 0;

    for (size_t i = 0; next_code(&choices, &found, &length); i++) {
        if (i == n) {
            return att_arena_text_n(arena, found, length);
        }
    }
    return NULL;
}

bool att_redcap_is_checkbox(const att_redcap_field *field)
{
    return is(field->type, "checkbox");
}

const char *att_redcap_column(att_arena *arena, const att_redcap_project *project,
                              const att_redcap_field *field, const char *code)
{
    char *name = NULL;

    for (size_t i = 0; i < project->n_names; i++) {
        if (is(project->names[i].field, field->name) &&
            is(project->names[i].code, code)) {
            return project->names[i].column;
        }
    }
    if (!att_redcap_has_code(field->choices, code)) {
        return NULL;
    }
    name = att_arena_format(arena, "%s___%s", field->name, code);
    for (char *p = name + strlen(field->name) + 3; *p != '\0'; p++) {
        if (*p >= 'A' && *p <= 'Z') {
            *p = (char)(*p - 'A' + 'a');
        } else if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9'))) {
            *p = '_';
        }
    }
    return name;
}

static const char *refuse_type(const att_redcap_field *field, const char *what,
                               att_err *err)
{
    if (is(field->validation, "")) {
        att_fail(err, ATT_EINPUT, "the field \"%s\" is of type %s, which takes no %s",
                 field->name, field->type, what);
    } else {
        att_fail(err, ATT_EINPUT, "the field \"%s\" takes %s, not %s", field->name,
                 field->validation, what);
    }
    return NULL;
}

/* Decimals that a validation asks for exactly; -1: any. */
static int decimals_of(const char *validation)
{
    if (is(validation, "integer") || is(validation, "int")) {
        return 0;
    }
    if (begins(validation, "number_") && validation[7] >= '1' && validation[7] <= '4' &&
        begins(validation + 8, "dp")) {
        return validation[7] - '0';
    }
    return -1;
}

static bool is_numeric(const char *validation)
{
    return is(validation, "") || is(validation, "number") || is(validation, "float") ||
           is(validation, "number_comma_decimal") || decimals_of(validation) >= 0;
}

static bool has_comma(const char *validation)
{
    return strstr(validation, "comma_decimal") != NULL;
}

static char *number_text(att_arena *arena, double x, int decimals, char point)
{
    att_buf text = { 0 };
    char *copy = NULL;

    if (decimals >= 0) {
        att_number_fixed(&text, x, decimals);
    } else {
        att_number_write(&text, x);
        if (strchr(att_buf_text(&text), 'e') != NULL) {
            att_buf_cut(&text, 0); /* no exponents there */
            att_number_fixed(&text, x, fabs(x) < 1.0 ? 12 : 0);
        }
    }
    copy = att_buf_copy(arena, &text);
    att_buf_drop(&text);
    if (strchr(copy, '.') != NULL) {
        *strchr(copy, '.') = point;
    }
    return copy;
}

static const char *choice_number(att_arena *arena, const att_redcap_field *field,
                                 double x, att_err *err)
{
    const char *choices = field->choices;
    char *code = number_text(arena, x, -1, '.');

    if (is(field->type, "yesno") || is(field->type, "truefalse")) {
        choices = "1|0";
    }
    if (!att_redcap_has_code(choices, code)) {
        att_fail(err, ATT_EINPUT, "the field \"%s\" has no choice %s", field->name,
                 code);
        return NULL;
    }
    return code;
}

const char *att_redcap_number(att_arena *arena, const att_redcap_field *field, double x,
                              bool is_rounded, att_err *err)
{
    bool is_slider = is(field->type, "slider");
    int decimals = is_slider ? 0 : decimals_of(field->validation);
    double scale = decimals > 0 ? pow(10.0, decimals) : 1.0;

    if (is(field->type, "radio") || is(field->type, "dropdown") ||
        is(field->type, "yesno") || is(field->type, "truefalse")) {
        return choice_number(arena, field, x, err);
    }
    if (is(field->type, "notes") || is_slider || is(field->type, "text")) {
        if (!is_slider && !is_numeric(field->validation)) {
            return refuse_type(field, "number", err);
        }
        if (decimals >= 0 && !is_rounded &&
            fabs(x * scale - nearbyint(x * scale)) > 1e-6) {
            att_fail(err, ATT_EINPUT, "the field \"%s\" takes %d decimals, not %s",
                     field->name, decimals, number_text(arena, x, -1, '.'));
            return NULL;
        }
        return number_text(arena, x, decimals,
                           has_comma(field->validation) ? ',' : '.');
    }
    return refuse_type(field, "number", err);
}

/* A time as this validation wants it; NULL when it wants something else. */
static const char *clock_text(att_arena *arena, const char *validation,
                              const char *text)
{
    att_day day = 0;
    bool has_day = begins(validation, "datetime_");
    bool has_seconds =
        begins(validation, "datetime_seconds_") || is(validation, "time_hh_mm_ss");

    if ((!has_day && !is(validation, "time") && !is(validation, "time_hh_mm_ss")) ||
        att_clock_read(text, &day) < 0 || has_day != (strchr(text, ' ') != NULL)) {
        return NULL;
    }
    return has_seconds ? att_arena_format(arena, "%s:00", text) : text;
}

const char *att_redcap_text(att_arena *arena, const att_redcap_field *field,
                            const char *text, att_err *err)
{
    const char *clock = NULL;
    double x = 0.0;

    if (!is(field->type, "text") && !is(field->type, "notes")) {
        if ((is(field->type, "radio") || is(field->type, "dropdown")) &&
            att_redcap_has_code(field->choices, text)) {
            return text;
        }
        return refuse_type(field, "text", err);
    }
    if (is(field->validation, "") || is(field->type, "notes")) {
        return text;
    }
    if (is_numeric(field->validation) && att_number_read(text, strlen(text), &x)) {
        return text;
    }
    clock = clock_text(arena, field->validation, text);
    if (clock != NULL) {
        return clock;
    }
    if (is_numeric(field->validation) || begins(field->validation, "date") ||
        begins(field->validation, "time")) {
        return refuse_type(field, "text", err);
    }
    return text; /* the server knows best what an e-mail or a postcode is */
}

const char *att_redcap_day(att_arena *arena, const att_redcap_field *field, att_day day,
                           att_err *err)
{
    char text[ATT_DAY_SIZE];

    if (!is(field->type, "text") ||
        !(is(field->validation, "") || begins(field->validation, "date_"))) {
        return refuse_type(field, "date", err);
    }
    att_day_write(text, day);
    return att_arena_text(arena, text);
}

const char *att_redcap_stamp(att_arena *arena, const att_redcap_field *field,
                             att_msec at, int offset, att_err *err)
{
    char text[ATT_STAMP_SIZE];

    if (!is(field->type, "text")) {
        return refuse_type(field, "time", err);
    }
    if (is(field->validation, "")) {
        att_stamp_write(text, at);
        return att_arena_text(arena, text);
    }
    att_stamp_write(text,
                    at + (att_msec)offset * 60000); /* as the clock there showed */
    text[10] = ' ';
    if (begins(field->validation, "datetime_seconds_")) {
        return att_arena_text_n(arena, text, 19);
    }
    if (begins(field->validation, "datetime_")) {
        return att_arena_text_n(arena, text, 16);
    }
    if (begins(field->validation, "date_")) {
        return att_arena_text_n(arena, text, 10);
    }
    return refuse_type(field, "time", err);
}
