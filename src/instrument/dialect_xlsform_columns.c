/* What the columns of a form are, in which languages, and what its cells say. */
#include <stdarg.h>
#include <string.h>

#include <attune/base/text.h>

#include "dialect_words.h"
#include "dialect_xlsform_draft.h"

void att_xls_lose(att_xls_form *form, att_xls_item *item, att_loss_kind kind,
                  const char *format, ...)
{
    att_buf why = { 0 };
    va_list args;

    va_start(args, format);
    att_buf_vformat(&why, format, args);
    va_end(args);
    form->losses->file = form->book.sheets[ATT_XLS_SURVEY].file;
    att_losses_add(form->losses, kind, item->row->row, item->name, "%s",
                   att_buf_text(&why));
    item->is_lossy = item->is_lossy || kind != ATT_LOSS_MAPPED;
    att_buf_drop(&why);
}

/* ---- titles ---- */

static att_xls_column_kind kind_of(const char *title, att_xls_sheet_kind sheet)
{
    static const struct {
        const char *title;
        att_xls_column_kind kind;
    } titles[] = {
        { "type", ATT_XLS_TYPE },
        { "list_name", ATT_XLS_LIST },
        { "list name", ATT_XLS_LIST },
        { "name", ATT_XLS_NAME },
        { "value", ATT_XLS_NAME },
        { "label", ATT_XLS_LABEL },
        { "caption", ATT_XLS_LABEL },
        { "hint", ATT_XLS_HINT },
        { "guidance_hint", ATT_XLS_GUIDANCE },
        { "guidance hint", ATT_XLS_GUIDANCE },
        { "required", ATT_XLS_REQUIRED },
        { "required_message", ATT_XLS_REQUIRED_MESSAGE },
        { "required message", ATT_XLS_REQUIRED_MESSAGE },
        { "jr:requiredmsg", ATT_XLS_REQUIRED_MESSAGE },
        { "relevant", ATT_XLS_RELEVANT },
        { "relevance", ATT_XLS_RELEVANT },
        { "constraint", ATT_XLS_CONSTRAINT },
        { "constraint_message", ATT_XLS_CONSTRAINT_MESSAGE },
        { "constraint message", ATT_XLS_CONSTRAINT_MESSAGE },
        { "jr:constraintmsg", ATT_XLS_CONSTRAINT_MESSAGE },
        { "calculation", ATT_XLS_CALCULATION },
        { "calculate", ATT_XLS_CALCULATION },
        { "appearance", ATT_XLS_APPEARANCE },
        { "default", ATT_XLS_DEFAULT },
        { "readonly", ATT_XLS_READONLY },
        { "read_only", ATT_XLS_READONLY },
        { "choice_filter", ATT_XLS_FILTER },
        { "choice filter", ATT_XLS_FILTER },
        { "repeat_count", ATT_XLS_COUNT },
        { "parameters", ATT_XLS_PARAMETERS },
        { "trigger", ATT_XLS_TRIGGER },
        { "media", ATT_XLS_MEDIA },
        { "image", ATT_XLS_MEDIA },
        { "big-image", ATT_XLS_MEDIA },
        { "audio", ATT_XLS_MEDIA },
        { "video", ATT_XLS_MEDIA },
    };

    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        if (att_words_same(titles[i].title, title)) {
            att_xls_column_kind kind = titles[i].kind;
            bool is_of_choices = kind == ATT_XLS_LIST || kind == ATT_XLS_NAME ||
                                 kind == ATT_XLS_LABEL || kind == ATT_XLS_MEDIA;

            return sheet == ATT_XLS_SURVEY || is_of_choices ? kind : ATT_XLS_OTHER;
        }
    }
    return ATT_XLS_OTHER;
}

static bool has_language(att_xls_column_kind kind)
{
    return kind == ATT_XLS_LABEL || kind == ATT_XLS_HINT || kind == ATT_XLS_GUIDANCE ||
           kind == ATT_XLS_CONSTRAINT_MESSAGE || kind == ATT_XLS_REQUIRED_MESSAGE;
}

/* "label::English (en)", "bind::relevant", "media::image::es", "hint:French" */
static att_xls_column column_of(const att_xls_form *form, const char *title,
                                att_xls_sheet_kind sheet)
{
    const char *colon = strstr(title, "::");
    const char *rest = colon == NULL ? NULL : colon + 2;
    size_t n;
    const char *head;
    att_xls_column column = { ATT_XLS_OTHER, NULL };

    if (colon == NULL && kind_of(title, sheet) == ATT_XLS_OTHER) {
        colon = strchr(title, ':');
        rest = colon == NULL ? NULL : colon + 1;
    }
    n = colon == NULL ? strlen(title) : (size_t)(colon - title);
    head = att_words_trimmed(form->arena, title, n);
    if (rest != NULL &&
        (att_words_same(head, "bind") || att_words_same(head, "control") ||
         att_words_same(head, "body"))) {
        return column_of(form, att_words_trimmed(form->arena, rest, strlen(rest)),
                         sheet);
    }
    column.kind = kind_of(head, sheet);
    if (column.kind == ATT_XLS_MEDIA) {
        return column; /* it is not kept, in no language */
    }
    if (rest != NULL && has_language(column.kind)) {
        column.language = att_words_trimmed(form->arena, rest, strlen(rest));
    } else if (rest != NULL) {
        column.kind = ATT_XLS_OTHER;
    }
    return column;
}

/* ---- languages ---- */

static size_t language_index(const att_xls_form *form, const char *written)
{
    for (size_t i = 0; i < form->n_languages; i++) {
        if (att_words_same(form->languages[i].written, written)) {
            return i;
        }
    }
    return ATT_NONE;
}

static bool has_tag(const att_xls_form *form, const char *tag)
{
    for (size_t i = 0; i < form->n_languages; i++) {
        if (strcmp(form->languages[i].tag, tag) == 0) {
            return true;
        }
    }
    return false;
}

static void add_language(att_xls_form *form, const char *written)
{
    const char *tag = att_xls_language_tag(form->arena, written);
    size_t n = 1;

    if (language_index(form, written) != ATT_NONE) {
        return;
    }
    if (form->n_languages == ATT_LANGUAGES_MAX) {
        att_losses_add(form->losses, ATT_LOSS_DROPPED, 0, written,
                       "a language beyond %d", ATT_LANGUAGES_MAX);
        return;
    }
    if (written[0] == '\0') {
        tag = has_tag(form, "en") ? "und" : "en";
    }
    if (tag == NULL || has_tag(form, tag)) {
        do {
            tag = att_arena_format(form->arena, "und-x%zu", n++);
        } while (has_tag(form, tag));
        att_losses_add(form->losses, ATT_LOSS_APPROXIMATED, 0, written,
                       "the language is named \"%s\": write its tag behind it, as in "
                       "\"English (en)\"",
                       tag);
    }
    form->languages[form->n_languages++] = (att_xls_language){ written, tag };
}

/* The first becomes the one that the settings name; false when there is none. */
static bool put_first(att_xls_form *form, const char *written)
{
    const char *tag = att_xls_language_tag(form->arena, written);

    for (size_t i = 0; i < form->n_languages; i++) {
        att_xls_language language = form->languages[i];

        if (att_words_same(language.written, written) ||
            (tag != NULL && strcmp(language.tag, tag) == 0)) {
            memmove(form->languages + 1, form->languages, i * sizeof *form->languages);
            form->languages[0] = language;
            return true;
        }
    }
    return false;
}

static const char *setting(const att_xls_form *form, const char *title)
{
    const att_xls_sheet *sheet = &form->book.sheets[ATT_XLS_SETTINGS];

    for (size_t i = 0; i < sheet->n_columns && sheet->n_rows > 0; i++) {
        if (att_words_same(sheet->titles[i], title)) {
            return sheet->rows[0].cells[i];
        }
    }
    return "";
}

/* Columns that name no language are of the default one; where none is named they are a
 * language of their own. */
static void find_languages(att_xls_form *form, bool has_plain)
{
    const char *chosen = setting(form, "default_language");

    for (size_t s = 0; s < ATT_XLS_SETTINGS; s++) {
        for (size_t i = 0; i < form->book.sheets[s].n_columns; i++) {
            if (form->columns[s][i].language != NULL) {
                add_language(form, form->columns[s][i].language);
            }
        }
    }
    if (chosen[0] != '\0' && !att_words_same(chosen, "default")) {
        if ((has_plain || form->n_languages == 0) && !put_first(form, chosen)) {
            add_language(form, chosen);
        }
        (void)put_first(form, chosen);
    } else if (has_plain || form->n_languages == 0) {
        add_language(form, "");
        (void)put_first(form, "");
        att_losses_add(form->losses, ATT_LOSS_APPROXIMATED, 0, NULL,
                       "the language is not said; it is taken for \"%s\"",
                       form->languages[0].tag);
    }
}

static void report_column(att_xls_form *form, att_xls_sheet_kind kind, size_t column)
{
    const att_xls_sheet *sheet = &form->book.sheets[kind];

    form->losses->file = sheet->file;
    for (size_t i = 0; i < sheet->n_rows; i++) {
        if (sheet->rows[i].cells[column][0] != '\0') {
            att_losses_add(form->losses, ATT_LOSS_DROPPED, sheet->row,
                           sheet->titles[column], "a column of \"%s\" without use here",
                           att_xls_sheet_names[kind]);
            return;
        }
    }
}

/* A cell alone under its title says something. */
static bool is_used(const att_xls_sheet *sheet, size_t column)
{
    for (size_t i = 0; i < sheet->n_rows; i++) {
        if (sheet->rows[i].cells[column][0] != '\0') {
            return true;
        }
    }
    return false;
}

static bool fill_columns(att_xls_form *form, att_xls_sheet_kind kind)
{
    const att_xls_sheet *sheet = &form->book.sheets[kind];
    bool has_plain = false;

    form->columns[kind] = att_new_n(form->arena, att_xls_column, sheet->n_columns + 1);
    for (size_t i = 0; i < sheet->n_columns; i++) {
        att_xls_column column = column_of(form, sheet->titles[i], kind);

        if (column.kind == ATT_XLS_OTHER && sheet->titles[i][0] != '\0') {
            report_column(form, kind, i);
        }
        has_plain =
            has_plain || (column.language == NULL && has_language(column.kind) &&
                          column.kind != ATT_XLS_MEDIA && is_used(sheet, i));
        form->columns[kind][i] = column;
    }
    return has_plain;
}

/* How many whole numbers with points between a version is; 0: it is something else. */
static int version_parts(const char *version)
{
    int n_parts = 0;

    for (const char *p = version;;) {
        size_t n = strspn(p, "0123456789");

        if (n == 0 || n > 9 || (n > 1 && p[0] == '0')) {
            return 0;
        }
        n_parts++;
        if (p[n] == '\0') {
            return n_parts;
        }
        if (p[n] != '.') {
            return 0;
        }
        p += n + 1;
    }
}

static const char *version_of(att_xls_form *form)
{
    const char *written = setting(form, "version");
    const char *version = "0.1.0";

    if (written[0] == '\0') {
        att_losses_add(form->losses, ATT_LOSS_APPROXIMATED, 0, form->id,
                       "the version is not said; it is %s", version);
        return version;
    }
    switch (version_parts(written)) {
    case 3: return written;
    case 2: version = att_arena_format(form->arena, "%s.0", written); break;
    case 1: version = att_arena_format(form->arena, "%s.0.0", written); break;
    default: break;
    }
    att_losses_add(form->losses, ATT_LOSS_APPROXIMATED,
                   form->book.sheets[ATT_XLS_SETTINGS].row, "version",
                   "\"%s\" becomes %s", written, version);
    return version;
}

static void read_settings(att_xls_form *form)
{
    static const char *const known[] = { "form_title", "form_id", "version",
                                         "default_language" };
    const att_xls_sheet *sheet = &form->book.sheets[ATT_XLS_SETTINGS];
    att_middle_ids ids = { .list = att_new_n(form->arena, const char *, 2) };
    const char *base = strrchr(form->path, '/');
    const char *name = setting(form, "form_id");

    for (size_t i = 0; i < sheet->n_columns; i++) {
        bool is_known = false;

        for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
            is_known = is_known || att_words_same(known[k], sheet->titles[i]);
        }
        if (!is_known && sheet->titles[i][0] != '\0') {
            report_column(form, ATT_XLS_SETTINGS, i);
        }
    }
    base = base == NULL ? form->path : base + 1;
    if (name[0] == '\0') {
        name = att_arena_text_n(form->arena, base, strcspn(base, "."));
    }
    form->id = att_middle_id(form->arena, &ids, name, '-');
    form->title = setting(form, "form_title");
    form->losses->file = sheet->file == NULL ? form->path : sheet->file;
    if (form->title[0] == '\0') {
        form->title = att_middle_title(form->arena, name);
        att_losses_add(form->losses, ATT_LOSS_APPROXIMATED, 0, form->id,
                       "it has no title; \"%s\" stands there", form->title);
    }
    if (strcmp(form->id, name) != 0) {
        att_losses_add(form->losses, ATT_LOSS_APPROXIMATED, 0, name,
                       "the form's name becomes \"%s\"", form->id);
    }
    form->version = version_of(form);
}

void att_xls_columns(att_xls_form *form)
{
    bool has_plain = fill_columns(form, ATT_XLS_SURVEY);

    has_plain = fill_columns(form, ATT_XLS_CHOICES) || has_plain;
    form->losses->file = form->path;
    form->languages = att_new_n(form->arena, att_xls_language, ATT_LANGUAGES_MAX + 1);
    find_languages(form, has_plain);
    read_settings(form);
}

/* ---- cells ---- */

const char *att_xls_cell(const att_xls_form *form, const att_xls_row *row,
                         att_xls_column_kind kind)
{
    for (size_t i = 0; i < form->book.sheets[ATT_XLS_SURVEY].n_columns; i++) {
        if (form->columns[ATT_XLS_SURVEY][i].kind == kind && row->cells[i][0] != '\0') {
            return row->cells[i];
        }
    }
    return "";
}

att_xls_text att_xls_texts(const att_xls_form *form, att_xls_sheet_kind sheet,
                           const att_xls_row *row, att_xls_column_kind kind,
                           bool *had_markup)
{
    att_xls_text text = NULL;

    for (size_t i = 0; i < form->book.sheets[sheet].n_columns; i++) {
        const att_xls_column *column = &form->columns[sheet][i];
        size_t language = 0;
        const char *plain;

        if (column->kind != kind || row->cells[i][0] == '\0') {
            continue;
        }
        if (column->language != NULL) {
            language = language_index(form, column->language);
        }
        plain = att_xls_plain(form->arena, row->cells[i], had_markup);
        if (language == ATT_NONE || plain[0] == '\0') {
            continue;
        }
        if (text == NULL) {
            text = att_new_n(form->arena, const char *, form->n_languages);
        }
        if (text[language] == NULL || column->language != NULL) {
            text[language] = plain;
        }
    }
    return text;
}

const char *att_xls_default_text(const att_xls_form *form, att_xls_text text)
{
    for (size_t i = 0; text != NULL && i < form->n_languages; i++) {
        if (text[i] != NULL) {
            return text[i];
        }
    }
    return "";
}
