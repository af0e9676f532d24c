/* dialects.c - the list of dialects, and the report of what they lose
 */
#include "dialects.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/text.h>

const att_dialect *const att_dialects[] = {
    &att_dialect_instrument,
    &att_dialect_redcap,
    &att_dialect_xlsform,
    &att_dialect_fhir,
    NULL,
};

const att_dialect *att_dialect_find(const char *name)
{
    for (size_t i = 0; att_dialects[i] != NULL; i++) {
        if (strcmp(att_dialects[i]->name, name) == 0) {
            return att_dialects[i];
        }
    }
    return NULL;
}

const char *att_loss_name(att_loss_kind kind)
{
    switch (kind) {
    case ATT_LOSS_MAPPED: return "mapped";
    case ATT_LOSS_APPROXIMATED: return "approximated";
    case ATT_LOSS_DROPPED: return "dropped";
    }
    return "";
}

/* One line, safe for a terminal. */
static const char *line_of(att_arena *arena, const char *text)
{
    att_buf buf = { 0 };
    char *line;

    att_text_tame(&buf, text);
    line = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    for (char *p = line; *p != '\0'; p++) {
        if (*p == '\n') {
            *p = ' ';
        }
    }
    return line;
}

void att_losses_add(att_losses *losses, att_loss_kind kind, size_t row,
                    const char *field, const char *format, ...)
{
    att_buf why = { 0 };
    va_list args;

    va_start(args, format);
    att_buf_vformat(&why, format, args);
    va_end(args);
    if (losses->n == losses->room) {
        size_t room = losses->room == 0 ? 64 : 2 * losses->room;
        att_loss *list = att_new_n(losses->arena, att_loss, room);

        if (losses->n > 0) {
            memcpy(list, losses->list, losses->n * sizeof *list);
        }
        losses->list = list;
        losses->room = room;
    }
    losses->n++;
    losses->list[losses->n - 1] = (att_loss){
        .kind = kind,
        .order = losses->n - 1,
        .file = losses->file,
        .row = row,
        .field = line_of(losses->arena, field == NULL ? "" : field),
        .why = line_of(losses->arena, att_buf_text(&why)),
    };
    losses->count[kind]++;
    att_buf_drop(&why);
}

static int compare_losses(const void *a, const void *b)
{
    const att_loss *x = a;
    const att_loss *y = b;

    if (x->row != y->row) {
        return x->row < y->row ? -1 : 1;
    }
    return x->order < y->order ? -1 : x->order > y->order;
}

void att_losses_sort(att_losses *losses, size_t from)
{
    if (losses->n > from + 1) {
        qsort(losses->list + from, losses->n - from, sizeof *losses->list,
              compare_losses);
    }
}

bool att_losses_any(const att_losses *losses)
{
    return losses->count[ATT_LOSS_APPROXIMATED] + losses->count[ATT_LOSS_DROPPED] > 0;
}

void att_losses_write(att_buf *out, const att_losses *losses)
{
    for (size_t i = 0; i < losses->n; i++) {
        const att_loss *loss = &losses->list[i];

        if (loss->kind == ATT_LOSS_MAPPED) {
            continue;
        }
        att_buf_add(out, loss->file);
        if (loss->row > 0) {
            att_buf_format(out, ": row %zu", loss->row);
        }
        att_buf_format(out, ": %s", att_loss_name(loss->kind));
        if (loss->field[0] != '\0') {
            att_buf_format(out, ": \"%s\"", loss->field);
        }
        att_buf_format(out, ": %s\n", loss->why);
    }
    att_buf_format(out, "%zu mapped, %zu approximated, %zu dropped.\n",
                   losses->count[ATT_LOSS_MAPPED], losses->count[ATT_LOSS_APPROXIMATED],
                   losses->count[ATT_LOSS_DROPPED]);
}

void att_scripts_add(att_arena *arena, att_scripts *scripts, const att_script *script)
{
    if (scripts->n == scripts->room) {
        size_t room = scripts->room == 0 ? 8 : 2 * scripts->room;
        att_script *list = att_new_n(arena, att_script, room);

        if (scripts->n > 0) {
            memcpy(list, scripts->list, scripts->n * sizeof *list);
        }
        scripts->list = list;
        scripts->room = room;
    }
    scripts->list[scripts->n++] = *script;
}
