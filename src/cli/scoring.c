/* scoring.c - scores of all finished responses, worked out and kept
 */
#include "scoring.h"

#include <string.h>

#include "load.h"

typedef struct scorer {
    att_arena *arena;
    att_scoring_of *list; /* [n] */
    size_t n, room;
    const att_setting *settings;
    size_t n_settings;
} scorer;

static const char *const *rules_of(att_arena *arena, const att_instrument *instrument)
{
    size_t n = instrument->n_scales + instrument->n_derived;
    const char **rules = att_new_n(arena, const char *, n);

    for (size_t i = 0; i < n; i++) {
        char *digest = att_arena_alloc(arena, ATT_DIGEST_HEX);
        const char *id = i < instrument->n_scales
                             ? instrument->scales[i].id
                             : instrument->derived[i - instrument->n_scales].id;

        att_score_rule_digest(instrument, id, digest);
        rules[i] = digest;
    }
    return rules;
}

/* The group of a version; a new one the first time. */
static att_scoring_of *group_of(scorer *s, const att_instrument *instrument)
{
    for (size_t i = 0; i < s->n; i++) {
        if (strcmp(s->list[i].digest, instrument->digest) == 0) {
            return &s->list[i];
        }
    }
    if (s->n == s->room) {
        s->room = s->room == 0 ? 8 : 2 * s->room;
        s->list = att_memory_grow(s->list, s->room, sizeof *s->list);
    }
    s->list[s->n] = (att_scoring_of){
        .id = instrument->id,
        .digest = instrument->digest,
        .n_scores = instrument->n_scales + instrument->n_derived,
        .n_scales = instrument->n_scales,
        .instrument = instrument,
    };
    s->n += 1;
    return &s->list[s->n - 1];
}

static att_scored *next_in(att_scoring_of *group)
{
    if (group->n == group->room) {
        group->room = group->room == 0 ? 64 : 2 * group->room;
        group->list = att_memory_grow(group->list, group->room, sizeof *group->list);
        group->standing =
            att_memory_grow(group->standing, group->room, sizeof *group->standing);
    }
    return &group->list[group->n++];
}

static const att_standing *standing_of(att_arena *arena, const att_sheet *sheet,
                                       const att_score *scores)
{
    size_t n = sheet->instrument->n_scales;
    att_standing *standing = att_new_n(arena, att_standing, n);

    for (size_t i = 0; i < n; i++) {
        standing[i] = att_standing_of(sheet, i, &scores[i]);
    }
    return standing;
}

static att_code score_one(void *data, att_arena *arena,
                          const att_instrument *instrument,
                          const att_response *response, att_err *err)
{
    scorer *s = data;
    att_scoring_of *group;
    att_scored *scored;
    const att_sheet *sheet;

    (void)err;
    if (response->status != ATT_STATUS_COMPLETE) {
        return ATT_OK;
    }
    group = group_of(s, instrument);
    scored = next_in(group);
    sheet =
        att_sheet_of_response(arena, instrument, response, s->settings, s->n_settings);
    scored->response = att_arena_text(s->arena, response->id);
    scored->version = instrument->version;
    scored->n = group->n_scores;
    scored->scores = att_score_all(s->arena, sheet);
    group->standing[group->n - 1] = standing_of(s->arena, sheet, scored->scores);
    scored->rules =
        group->n > 1 ? group->list[0].rules : rules_of(s->arena, instrument);
    return ATT_OK;
}

/* Puts what grew into the arena's care, whatever came of it. */
static void adopt(scorer *s)
{
    for (size_t i = 0; i < s->n; i++) {
        att_arena_adopt(s->arena, s->list[i].list);
        att_arena_adopt(s->arena, s->list[i].standing);
    }
    if (s->list != NULL) {
        att_arena_adopt(s->arena, s->list);
    }
}

att_code att_scoring_run(att_arena *arena, att_store *store, const char *instrument,
                         att_scoring_of **out, size_t *n, att_err *err)
{
    scorer s = { .arena = arena };
    att_setting *settings = NULL;
    att_code code = att_settings_read(arena, store, &settings, &s.n_settings, err);

    if (code != ATT_OK) {
        return code;
    }
    s.settings = settings;
    code = att_load_each(arena, store, instrument, score_one, &s, err);
    adopt(&s);
    for (size_t i = 0; code == ATT_OK && i < s.n; i++) {
        code = att_scores_put(store, s.list[i].list, s.list[i].n, att_stamp_now(), err);
    }
    *out = s.list;
    *n = s.n;
    return code;
}
