/* keeper.c - where the entries of one interview go; see the header */
#include "keeper.h"

#include <stdlib.h>

#include <attune/store/drafts.h>
#include <attune/store/responses.h>

#include "interview.h"

void att_keeper_begin(att_arena *arena, att_keeper *keeper, const char *language,
                      const att_setting *settings, size_t n_settings)
{
    const char *term = getenv("TERM");

    keeper->wants_steps = att_interview_has_steps(settings, n_settings);
    keeper->log.sitting = (att_sitting){
        .language = language,
        .terminal = term != NULL ? term : "",
        .newer = "",
        .settings = att_interview_settings(arena, settings, n_settings),
        .began = att_stamp_now(),
    };
}

static void note_step(void *data, const att_step *step)
{
    att_keeper *k = data;

    if (!k->wants_steps) {
        return;
    }
    if (k->n_steps == k->room) {
        k->room = k->room * 2 + 16;
        k->steps = att_memory_grow(k->steps, k->room, sizeof *k->steps);
    }
    k->steps[k->n_steps++] = *step;
}

static att_code keep(void *data, const att_entry *entry, att_err *err)
{
    att_keeper *k = data;
    att_steps steps = { &k->log, k->steps, k->n_steps };
    att_entry start = *entry;

    if (!k->is_kept) {
        start.act = ATT_ACT_START;
        start.item = "";
        start.answer = (att_answer){ 0 };
        start.is_identifying = false;
        start.at = k->header->started;
        start.mono = 0;
        ATT_TRY(att_responses_begin(k->store, k->header, &start, err));
        k->is_kept = true;
    }
    ATT_TRY(att_responses_append_with(k->store, k->header->id, entry, &steps, err));
    k->n_steps = 0;
    return ATT_OK;
}

static att_code keep_draft(void *data, const char *item, const char *text, att_err *err)
{
    att_keeper *k = data;

    return att_drafts_put(k->store, k->header->id, item, text, att_stamp_now(), err);
}

static const char *receipt(void *data)
{
    att_keeper *k = data;

    if (att_responses_head(k->store, k->header->id, k->head, NULL) != ATT_OK) {
        return "";
    }
    return k->head;
}

att_sink att_keeper_sink(att_keeper *keeper)
{
    return (att_sink){
        .data = keeper, .keep = keep, .receipt = receipt, .step = note_step
    };
}

att_drafts att_keeper_drafts(att_keeper *keeper)
{
    return (att_drafts){ .data = keeper, .keep = keep_draft };
}

void att_keeper_end(att_keeper *keeper)
{
    att_steps steps = { &keeper->log, keeper->steps, keeper->n_steps };

    if (keeper->is_kept) {
        att_sittings_add(keeper->store, keeper->header->id, &steps, NULL);
    }
    att_memory_free(keeper->steps);
    keeper->steps = NULL;
    keeper->n_steps = keeper->room = 0;
}
