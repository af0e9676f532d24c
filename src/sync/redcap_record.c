#include <attune/sync/sync.h>

#include "redcap_field.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <attune/base/text.h>
#include <attune/instrument/score.h>

enum { RECORD_ID_MAX = 100, GROUP_NAME_MAX = 18 };

/* A record being made. */
typedef struct coding {
    att_arena *arena;
    const att_instrument *instrument;
    const att_response *response;
    const att_redcap_project *project;
    att_cell *cells;
    size_t n, room;
} coding;

static void put(coding *c, const char *column, const char *value)
{
    if (value[0] == '\0') {
        return; /* a blank touches nothing */
    }
    if (c->n == c->room) {
        att_cell *old = c->cells;

        c->room = c->room == 0 ? 64 : 2 * c->room;
        c->cells = att_new_n(c->arena, att_cell, c->room);
        if (old != NULL) {
            memcpy(c->cells, old, c->n * sizeof *old);
        }
    }
    c->cells[c->n++] = (att_cell){ column, value };
}

/* In lower case, "_" for all that a field name cannot have. */
static char *field_name(att_arena *arena, const char *prefix, const char *id)
{
    char *name = att_arena_format(arena, "%s%s", prefix, id);

    for (char *p = name; *p != '\0'; p++) {
        if (*p >= 'A' && *p <= 'Z') {
            *p = (char)(*p - 'A' + 'a');
        } else if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9'))) {
            *p = '_';
        }
    }
    return name;
}

static const att_redcap_field *find_on_form(const coding *c, const char *name)
{
    const att_redcap_field *field = att_redcap_find(c->project, name);

    return field != NULL && strcmp(field->form, c->instrument->redcap_form) == 0 ? field
                                                                                 : NULL;
}

/* ---- cells ---- */

/* A reason goes as the project's own code for it; else as a choice that the field has;
 * else the cell stays blank. */
static void put_reason(coding *c, const att_redcap_field *field, att_reason reason)
{
    const char *code = att_arena_format(c->arena, "%d", att_reason_code(reason));

    if (att_redcap_is_checkbox(field)) {
        const char *column = att_redcap_column(c->arena, c->project, field, code);

        if (column != NULL) {
            put(c, column, "1");
        }
    } else if (att_redcap_has_code(c->project->missing_codes, code) ||
               (strcmp(field->type, "text") != 0 &&
                att_redcap_has_code(field->choices, code))) {
        put(c, field->name, code);
    }
}

/* Every option of the field, 1 where it was marked and 0 where not. */
static att_code put_codes(coding *c, const att_redcap_field *field, const int *codes,
                          size_t n, att_err *err)
{
    for (size_t i = 0; i < n; i++) {
        const char *code = att_arena_format(c->arena, "%d", codes[i]);

        if (att_redcap_column(c->arena, c->project, field, code) == NULL) {
            return att_fail(err, ATT_EINPUT, "the field \"%s\" has no choice %s",
                            field->name, code);
        }
    }
    for (size_t k = 0;; k++) {
        const char *option = att_redcap_code_at(c->arena, field->choices, k);
        bool is_marked = false;

        if (option == NULL) {
            return ATT_OK;
        }
        for (size_t i = 0; i < n; i++) {
            is_marked |=
                strcmp(att_arena_format(c->arena, "%d", codes[i]), option) == 0;
        }
        if (option[0] != '\0') {
            put(c, att_redcap_column(c->arena, c->project, field, option),
                is_marked ? "1" : "0");
        }
    }
}

static att_code put_answer(coding *c, const att_redcap_field *field,
                           const att_answer *answer, att_err *err)
{
    const char *value = NULL;
    int code = 0;

    switch (answer->kind) {
    case ATT_ANSWER_NONE: return ATT_OK;
    case ATT_ANSWER_REASON: put_reason(c, field, answer->reason); return ATT_OK;
    case ATT_ANSWER_NUMBER:
        if (att_redcap_is_checkbox(field) && fabs(answer->number) < 1e6) {
            code = (int)answer->number;
            return put_codes(c, field, &code, 1, err);
        }
        value = att_redcap_number(c->arena, field, answer->number, false, err);
        break;
    case ATT_ANSWER_CODES:
        if (!att_redcap_is_checkbox(field)) {
            return att_fail(err, ATT_EINPUT,
                            "the field \"%s\" is of type %s, which takes one choice",
                            field->name, field->type);
        }
        return put_codes(c, field, answer->codes, answer->n_codes, err);
    case ATT_ANSWER_RANKS: break; /* has fields of its own: put_places */
    case ATT_ANSWER_TEXT:
        value = att_redcap_text(c->arena, field, answer->text, err);
        break;
    case ATT_ANSWER_DAY:
        value = att_redcap_day(c->arena, field, answer->day, err);
        break;
    }
    if (value == NULL) {
        return ATT_EINPUT;
    }
    put(c, field->name, value);
    return ATT_OK;
}

/* The version and digest of what was agreed to, where the project has "NAME_seen". */
static att_code put_seen(coding *c, const char *name, const char *seen, att_err *err)
{
    const att_redcap_field *field =
        find_on_form(c, att_arena_format(c->arena, "%s_seen", name));
    const char *value = NULL;

    if (seen == NULL || field == NULL) {
        return ATT_OK;
    }
    value = att_redcap_text(c->arena, field, seen, err);
    if (value == NULL) {
        return ATT_EINPUT;
    }
    put(c, field->name, value);
    return ATT_OK;
}

static bool is_sent(const att_item *item)
{
    return att_item_is_question(item) && !item->is_identifying;
}

static att_code find_field(const coding *c, const char *name,
                           const att_redcap_field **out, att_err *err)
{
    *out = find_on_form(c, name);
    if (*out == NULL && att_redcap_find(c->project, name) != NULL) {
        return att_fail(err, ATT_EINPUT,
                        "the project has the field \"%s\" on another form", name);
    }
    if (*out == NULL) {
        return att_fail(err, ATT_EINPUT, "the project has no field \"%s\"", name);
    }
    return ATT_OK;
}

/* The place of each choice in a field of its own; blank where it has none. */
static att_code put_places(coding *c, const att_sheet *sheet, size_t item, att_err *err)
{
    const att_item *items = c->instrument->items;
    const char *id = items[item].id;
    att_answer answer = att_sheet_get(sheet, item, true);
    att_offer all;

    while (items[item].from == ATT_FROM_ITEM) {
        item = items[item].from_item;
    }
    all = att_sheet_offer(c->arena, sheet, item);
    for (size_t i = 0; i < all.n_choices; i++) {
        int code = all.choices[i].code;
        size_t place = att_answer_place(&answer, code);
        const att_redcap_field *field = NULL;
        att_answer cell = att_answer_of_number((double)place);

        ATT_TRY(find_field(c,
                           field_name(c->arena, c->instrument->redcap_prefix,
                                      att_rank_field(c->arena, id, code)),
                           &field, err));
        if (answer.kind == ATT_ANSWER_REASON) {
            ATT_TRY(put_answer(c, field, &answer, err));
        } else if (place > 0) {
            ATT_TRY(put_answer(c, field, &cell, err));
        }
    }
    return ATT_OK;
}

static att_code put_items(coding *c, const att_sheet *sheet, att_err *err)
{
    for (size_t i = 0; i < c->instrument->n_items; i++) {
        const att_item *item = &c->instrument->items[i];
        const char *name = NULL;
        const att_redcap_field *field = NULL;
        att_answer answer;

        if (!is_sent(item)) {
            continue;
        }
        if (item->kind->shape == ATT_SHAPE_RANK) {
            ATT_TRY(put_places(c, sheet, i, err));
            continue;
        }
        name = field_name(c->arena, c->instrument->redcap_prefix, item->id);
        ATT_TRY(find_field(c, name, &field, err));
        answer = att_sheet_get(sheet, i, true);
        ATT_TRY(put_answer(c, field, &answer, err));
        ATT_TRY(put_seen(c, name, answer.beside, err));
    }
    return ATT_OK;
}

/* What was worked out goes where the project has a field of that name that is not
 * worked out there, and nowhere else. */
static att_code put_worked_out(coding *c, const char *id, double x, att_err *err)
{
    const char *name = field_name(c->arena, c->instrument->redcap_prefix, id);
    const att_redcap_field *field = find_on_form(c, name);
    const char *value = NULL;

    if (field == NULL || strcmp(field->type, "calc") == 0 || isnan(x)) {
        return ATT_OK;
    }
    value = att_redcap_number(c->arena, field, x, true, err);
    if (value == NULL) {
        return ATT_EINPUT;
    }
    put(c, field->name, value);
    return ATT_OK;
}

static att_code put_calcs(coding *c, const att_sheet *sheet, att_err *err)
{
    for (size_t i = 0; i < c->instrument->n_items; i++) {
        const att_item *item = &c->instrument->items[i];
        att_answer answer;

        if (item->kind->shape != ATT_SHAPE_CALC) {
            continue;
        }
        answer = att_sheet_get(sheet, i, true);
        if (answer.kind == ATT_ANSWER_NUMBER) {
            ATT_TRY(put_worked_out(c, item->id, answer.number, err));
        }
    }
    return ATT_OK;
}

static att_code put_scores(coding *c, const att_sheet *sheet, att_err *err)
{
    size_t n = c->instrument->n_scales + c->instrument->n_derived;
    const att_score *scores = att_score_all(c->arena, sheet);

    for (size_t i = 0; i < n; i++) {
        ATT_TRY(put_worked_out(c, scores[i].id, scores[i].value, err));
    }
    return ATT_OK;
}

/* "attune_NAME" on this form: with the instrument's prefix, with the form's name in
 * front, or plain. */
static const att_redcap_field *find_meta(const coding *c, const char *name)
{
    const char *form = c->instrument->redcap_form;
    const char *const names[] = {
        field_name(c->arena, c->instrument->redcap_prefix, name),
        field_name(c->arena, att_arena_format(c->arena, "%s_", form), name), name
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const att_redcap_field *field = find_on_form(c, names[i]);

        if (field != NULL) {
            return field;
        }
    }
    return NULL;
}

static att_code put_meta_text(coding *c, const char *name, const char *text,
                              att_err *err)
{
    const att_redcap_field *field = find_meta(c, name);
    const char *value = NULL;

    if (field == NULL || text[0] == '\0') {
        return ATT_OK;
    }
    value = att_redcap_text(c->arena, field, text, err);
    if (value == NULL) {
        return ATT_EINPUT;
    }
    put(c, field->name, value);
    return ATT_OK;
}

static att_code put_meta_stamp(coding *c, const char *name, att_msec at, att_err *err)
{
    const att_redcap_field *field = find_meta(c, name);
    const char *value = NULL;

    if (field == NULL || at == 0) {
        return ATT_OK;
    }
    value = att_redcap_stamp(c->arena, field, at, c->response->offset, err);
    if (value == NULL) {
        return ATT_EINPUT;
    }
    put(c, field->name, value);
    return ATT_OK;
}

static att_code put_meta(coding *c, att_err *err)
{
    const att_response *response = c->response;

    ATT_TRY(put_meta_text(c, "attune_session", response->id, err));
    ATT_TRY(put_meta_text(c, "attune_version", response->version, err));
    ATT_TRY(put_meta_text(c, "attune_language", response->language, err));
    ATT_TRY(put_meta_text(c, "attune_role", response->role, err));
    ATT_TRY(put_meta_stamp(c, "attune_started", response->started, err));
    return put_meta_stamp(c, "attune_finished", response->finished, err);
}

/* ---- where the record belongs ---- */

static bool same_name(att_arena *arena, const char *a, const char *b)
{
    return strcmp(field_name(arena, "", a), field_name(arena, "", b)) == 0;
}

/* The event of a wave: of the same name, or with "_arm_1". */
static const char *find_event(att_arena *arena, const att_redcap_project *project,
                              const char *wave)
{
    const char *in_arm = att_arena_format(arena, "%s_arm_1", wave);

    for (size_t i = 0; i < project->n_events; i++) {
        if (same_name(arena, project->events[i], wave) ||
            same_name(arena, project->events[i], in_arm)) {
            return project->events[i];
        }
    }
    return NULL;
}

static bool has_pair(const att_redcap_pair *pairs, size_t n, const char *event,
                     const char *form)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(pairs[i].event, event) == 0 && strcmp(pairs[i].form, form) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_form(const att_redcap_project *project, const char *form)
{
    for (size_t i = 0; i < project->n_fields; i++) {
        if (strcmp(project->fields[i].form, form) == 0) {
            return true;
        }
    }
    return false;
}

static att_code place_event(att_arena *arena, const att_redcap_project *project,
                            const char *form, const char *wave, att_redcap_row *out,
                            att_err *err)
{
    out->event = "";
    if (!project->is_longitudinal) {
        return ATT_OK;
    }
    if (wave[0] == '\0') {
        return att_fail(err, ATT_EINPUT,
                        "the project has events, and this session has no wave");
    }
    out->event = find_event(arena, project, wave);
    if (out->event == NULL) {
        return att_fail(err, ATT_EINPUT, "the project has no event for wave \"%s\"",
                        wave);
    }
    if (!has_pair(project->map, project->n_map, out->event, form)) {
        return att_fail(err, ATT_EINPUT, "the form \"%s\" is not used in event \"%s\"",
                        form, out->event);
    }
    return ATT_OK;
}

static att_code place_repeat(const att_redcap_project *project, const char *form,
                             int instance, att_redcap_row *out, att_err *err)
{
    bool form_repeats =
        has_pair(project->repeats, project->n_repeats, out->event, form);
    bool event_repeats = has_pair(project->repeats, project->n_repeats, out->event, "");

    out->repeat_form = form_repeats ? form : "";
    out->instance = 0;
    if (form_repeats || event_repeats) {
        out->instance = instance > 0 ? instance : 1;
    } else if (instance > 1) {
        return att_fail(err, ATT_EINPUT,
                        "the form \"%s\" does not repeat in the project", form);
    }
    return ATT_OK;
}

/* A group's unique name is made of its first 18 characters. */
static const char *find_group(att_arena *arena, const att_redcap_project *project,
                              const char *site)
{
    const char *cut = att_arena_text_n(
        arena, site, strlen(site) < GROUP_NAME_MAX ? strlen(site) : GROUP_NAME_MAX);

    for (size_t i = 0; i < project->n_groups && site[0] != '\0'; i++) {
        if (same_name(arena, project->groups[i], site) ||
            same_name(arena, project->groups[i], cut)) {
            return project->groups[i];
        }
    }
    return "";
}

static att_code place(att_arena *arena, const att_instrument *instrument,
                      const att_outbox_row *key, const att_redcap_project *project,
                      att_redcap_row *out, att_err *err)
{
    const char *form = instrument->redcap_form;

    if (key->record[0] == '\0' || att_text_length(key->record) > RECORD_ID_MAX) {
        return att_fail(err, ATT_EINPUT, "a record id has 1 to %d characters, not %zu",
                        RECORD_ID_MAX, att_text_length(key->record));
    }
    if (!has_form(project, form)) {
        return att_fail(err, ATT_EINPUT, "the project has no form \"%s\"", form);
    }
    out->record = att_arena_text(arena, key->record);
    out->group = find_group(arena, project, key->site);
    ATT_TRY(place_event(arena, project, form, key->wave, out, err));
    return place_repeat(project, form, key->instance, out, err);
}

att_code att_sync_record(att_arena *arena, const att_instrument *instrument,
                         const att_response *response, const att_setting *settings,
                         size_t n_settings, const att_outbox_row *key,
                         const att_redcap_project *project, att_redcap_row *out,
                         att_err *err)
{
    coding c = { .arena = arena,
                 .instrument = instrument,
                 .response = response,
                 .project = project };
    const att_sheet *sheet = NULL;

    *out = (att_redcap_row){ 0 };
    ATT_TRY(place(arena, instrument, key, project, out, err));
    sheet = att_sheet_of_response(arena, instrument, response, settings, n_settings);
    ATT_TRY(put_items(&c, sheet, err));
    ATT_TRY(put_calcs(&c, sheet, err));
    ATT_TRY(put_scores(&c, sheet, err));
    ATT_TRY(put_meta(&c, err));
    put(&c, att_arena_format(arena, "%s_complete", instrument->redcap_form), "2");
    out->cells = c.cells;
    out->n_cells = c.n;
    return ATT_OK;
}
