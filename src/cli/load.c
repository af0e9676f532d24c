/* load.c - from a study file to what the commands work on
 */
#include "load.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include <attune/store/instruments.h>
#include <attune/store/responses.h>

const char *att_program(void)
{
    return "attune " ATT_VERSION;
}

/* The only *.attune here; *n tells how many there are. */
static const char *study_here(att_arena *arena, size_t *n)
{
    glob_t found;
    const char *path = NULL;

    *n = 0;
    if (glob("*.attune", 0, NULL, &found) == 0) {
        *n = found.gl_pathc;
        if (*n == 1) {
            path = att_arena_text(arena, found.gl_pathv[0]);
        }
        globfree(&found);
    }
    return path;
}

static const char *named_study(const att_call *call)
{
    const char *named = att_option_get(call, "study");
    const char *env = getenv("ATTUNE_STUDY");

    if (named != NULL) {
        return named;
    }
    return env != NULL && env[0] != '\0' ? env : NULL;
}

const char *att_load_path_here(const att_call *call)
{
    const char *named = named_study(call);
    size_t n = 0;

    return named != NULL ? named : study_here(call->arena, &n);
}

const char *att_load_path(const att_call *call, att_err *err)
{
    const char *path = named_study(call);
    size_t n = 0;

    if (path != NULL) {
        return path;
    }
    path = study_here(call->arena, &n);
    if (path == NULL && n == 0) {
        att_fail(err, ATT_EUSAGE, "no study was named, and no *.attune file is here");
        att_hint(err, "add --study FILE, or make one: attune init my.attune");
    } else if (path == NULL) {
        att_fail(err, ATT_EUSAGE, "no study was named, and %zu *.attune files are here",
                 n);
        att_hint(err, "add --study FILE");
    }
    return path;
}

att_store *att_load_store(const att_call *call, att_open_mode mode, att_err *err)
{
    const char *path = att_load_path(call, err);

    return path != NULL ? att_store_open(path, mode, err) : NULL;
}

/* Instruments already read, by digest: a study has few. */
typedef struct shelf {
    att_arena *arena;
    att_store *store;
    const att_instrument **list; /* [n] */
    size_t n, room;
    att_load_visit visit;
    void *data;
} shelf;

static void put_on_shelf(shelf *s, const att_instrument *instrument)
{
    if (s->n == s->room) {
        size_t room = s->room == 0 ? 8 : 2 * s->room;
        const att_instrument **list = att_new_n(s->arena, const att_instrument *, room);

        for (size_t i = 0; i < s->n; i++) {
            list[i] = s->list[i];
        }
        s->list = list;
        s->room = room;
    }
    s->list[s->n++] = instrument;
}

static const att_instrument *from_shelf(shelf *s, const char *digest, att_err *err)
{
    const att_instrument *instrument;

    for (size_t i = 0; i < s->n; i++) {
        if (strcmp(s->list[i]->digest, digest) == 0) {
            return s->list[i];
        }
    }
    instrument = att_instruments_read(s->arena, s->store, digest, err);
    if (instrument != NULL) {
        put_on_shelf(s, instrument);
    }
    return instrument;
}

static att_code visit_with_instrument(void *data, att_arena *arena,
                                      const att_response *response, att_err *err)
{
    shelf *s = data;
    const att_instrument *instrument = from_shelf(s, response->digest, err);

    if (instrument == NULL) {
        return err->code;
    }
    return s->visit(s->data, arena, instrument, response, err);
}

att_code att_load_each(att_arena *arena, att_store *store, const char *instrument,
                       att_load_visit visit, void *data, att_err *err)
{
    shelf s = { .arena = arena, .store = store, .visit = visit, .data = data };
    att_response_filter filter = { .instrument = instrument, .status = -1 };

    return att_responses_each(store, &filter, visit_with_instrument, &s, err);
}

/* Every version of an instrument that the study holds, in order of adding. */
static att_code read_versions(shelf *s, const char *id, att_err *err)
{
    att_stored_instrument *stored = NULL;
    size_t n = 0;
    att_code code = att_instruments_list(s->arena, s->store, &stored, &n, err);

    for (size_t i = 0; code == ATT_OK && i < n; i++) {
        if (strcmp(stored[i].id, id) == 0 &&
            from_shelf(s, stored[i].digest, err) == NULL) {
            code = err->code;
        }
    }
    return code;
}

typedef struct gathering {
    att_assembly *assembly;
    att_load *load;
} gathering;

static att_code gather(void *data, att_arena *arena, const att_instrument *instrument,
                       const att_response *response, att_err *err)
{
    gathering *g = data;

    (void)arena;
    (void)err;
    if (response->status == ATT_STATUS_DECLINED) {
        return ATT_OK;
    }
    att_assemble_response(g->assembly, instrument, response);
    g->load->is_simulated = g->load->is_simulated || response->is_simulated;
    g->load->n_finished += response->status == ATT_STATUS_COMPLETE;
    return ATT_OK;
}

att_code att_load_frame(att_arena *arena, att_store *store, const char *instrument,
                        const att_assemble_opts *opts, att_load *out, att_err *err)
{
    shelf s = { .arena = arena, .store = store, .visit = gather };
    gathering g = { .load = out };
    att_response_filter filter = { .status = -1 };

    out->instrument = att_instruments_read(arena, store, instrument, err);
    if (out->instrument == NULL) {
        return err->code;
    }
    ATT_TRY(att_settings_read(arena, store, &out->settings, &out->n_settings, err));
    ATT_TRY(read_versions(&s, out->instrument->id, err));
    g.assembly = att_assemble_begin(arena, opts);
    for (size_t i = 0; i < s.n; i++) {
        att_assemble_instrument(g.assembly, s.list[i], out->settings, out->n_settings);
    }
    out->versions = s.list;
    out->n_versions = s.n;
    s.data = &g;
    filter.instrument = out->instrument->id;
    ATT_TRY(att_responses_each(store, &filter, visit_with_instrument, &s, err));
    out->frame = att_assemble_end(g.assembly);
    return ATT_OK;
}
