/* face.c - the one loop: view, show, read, event, step, sink */
#include <attune/face/face.h>
#include <attune/session/names.h>

typedef struct loop {
    const att_face *face;
    void *state; /* the face's own */
    att_session *session;
    const att_sink *sink;
    att_face_end *end;
    att_msec (*now)(void);
    att_msec (*mono)(void);
    att_msec opened;
    att_msec shown;      /* when the view at hand was */
    att_refusal refusal; /* of the last event */
    bool is_over;
} loop;

/* Tells the sink how the view at hand went: by an event, or (NULL) without one. */
static void tell_step(const loop *run, const att_view *view, const att_event *event,
                      const att_effects *effects)
{
    const att_instrument *instrument = att_session_sheet(run->session)->instrument;
    size_t item =
        view->screen == ATT_SCREEN_GRID ? view->rows[view->row].item : view->item;
    att_step step = { .screen = att_screen_name(view->screen),
                      .item = item == ATT_NONE ? "" : instrument->items[item].id,
                      .event = "stop",
                      .target = "",
                      .refusal = "",
                      .shown = run->shown,
                      .came = run->mono() - run->opened };

    if (run->sink->step == NULL) {
        return;
    }
    if (event != NULL) {
        step.event = att_event_name(event->kind);
        step.target =
            event->item < instrument->n_items ? instrument->items[event->item].id : "";
        step.refusal = att_refusal_name(effects->refusal.code);
        step.n_entries = effects->n_entries;
        step.came = event->mono;
    }
    if (run->face->size != NULL) {
        run->face->size(run->state, &step.columns, &step.rows);
    }
    run->sink->step(run->sink->data, &step);
}

/* Hands every entry to the sink before anything else is shown. */
static att_code take(loop *run, const att_view *view, att_event *event, att_err *err)
{
    att_effects effects;
    size_t i;

    event->at = run->now();
    event->mono = run->mono() - run->opened;
    effects = att_session_step(run->session, event);
    tell_step(run, view, event, &effects);
    for (i = 0; i < effects.n_entries; i++) {
        ATT_TRY(run->sink->keep(run->sink->data, &effects.entries[i], err));
        run->face->kept(run->state, view, &effects.entries[i]);
    }
    run->refusal = effects.refusal;
    run->is_over = effects.is_over;
    return ATT_OK;
}

static att_code turn(loop *run, const att_view *view, att_err *err)
{
    att_event event = { .item = ATT_NONE };

    run->shown = run->mono() - run->opened;
    switch (run->face->ask(run->state, view, &run->refusal, &event, err)) {
    case ATT_READ_EVENT: return take(run, view, &event, err);
    case ATT_READ_END: run->end->at_end_of_input = true; break;
    case ATT_READ_QUIT: run->end->was_quit = true; break;
    case ATT_READ_STAFF: run->end->by_staff = true; break;
    case ATT_READ_SIGNAL: run->end->signal = att_signal_caught(); break;
    case ATT_READ_FAILED:
        att_fail(err, ATT_EIO, "the interview's input or output failed");
        return err->code;
    }
    tell_step(run, view, NULL, NULL);
    run->is_over = true;
    return ATT_OK;
}

static bool is_last(const att_view *view)
{
    return view->screen == ATT_SCREEN_FINISHED || view->screen == ATT_SCREEN_DECLINED ||
           view->screen == ATT_SCREEN_LEFT;
}

static void show_last(loop *run)
{
    att_arena scratch = { 0 };
    att_view view = att_session_view(&scratch, run->session);
    const char *receipt = NULL;

    if (is_last(&view)) {
        if (run->sink->receipt != NULL) {
            receipt = run->sink->receipt(run->sink->data);
        }
        run->face->end(run->state, &view, receipt == NULL ? "" : receipt);
    }
    att_arena_drop(&scratch);
}

static att_code interview(loop *run, att_err *err)
{
    att_arena scratch = { 0 };
    att_code code = ATT_OK;

    run->is_over = att_session_status(run->session) != ATT_STATUS_OPEN;
    while (code == ATT_OK && !run->is_over) {
        att_arena_mark mark = att_arena_mark_now(&scratch);
        att_view view = att_session_view(&scratch, run->session);

        code = turn(run, &view, err);
        att_arena_rewind(&scratch, mark);
    }
    att_arena_drop(&scratch);
    if (code == ATT_OK) {
        show_last(run);
    }
    return code;
}

static loop begin(const att_face *face, const att_face_opts *opts, att_face_end *end)
{
    loop run = { .face = face, .end = end };

    *end = (att_face_end){ .status = ATT_STATUS_OPEN };
    run.now = opts->now != NULL ? opts->now : att_stamp_now;
    run.mono = opts->mono != NULL ? opts->mono : att_stamp_mono;
    att_signals_start();
    return run;
}

static att_code open_face(loop *run, const att_face_opts *opts, att_err *err)
{
    run->opened = run->mono();
    run->state = run->face->open(opts, run->session, err);
    if (run->state == NULL) {
        att_fail(err, ATT_EIO, "face \"%s\" cannot be shown here", run->face->name);
        return err->code;
    }
    return ATT_OK;
}

att_code att_face_run(const att_face *face, const att_face_opts *opts,
                      att_session *session, const att_sink *sink, att_face_end *end,
                      att_err *err)
{
    loop run = begin(face, opts, end);
    att_err own = { 0 };
    att_code code;

    err = err == NULL ? &own : err;
    run.session = session;
    run.sink = sink;
    end->status = att_session_status(session);
    ATT_TRY(open_face(&run, opts, err));
    code = interview(&run, err);
    face->close(run.state);
    end->status = att_session_status(session);
    return code;
}

static bool is_the_last(const att_face_end *end)
{
    return end->signal != 0 || end->was_quit || end->by_staff || end->at_end_of_input;
}

/* The next person, in the face that is open. */
static att_code turn_to_next(loop *run, const att_queue *queue, att_sink *sink,
                             att_err *err)
{
    run->session = queue->next(queue->data, sink, err);
    if (run->session == NULL) {
        return err->code;
    }
    run->refusal = (att_refusal){ 0 };
    run->opened = run->mono();
    run->face->turn_to(run->state, run->session);
    return ATT_OK;
}

att_code att_face_run_queue(const att_face *face, const att_face_opts *opts,
                            const att_queue *queue, att_face_end *end, att_err *err)
{
    loop run = begin(face, opts, end);
    att_sink sink = { 0 };
    att_err own = { 0 };
    att_code code;

    err = err == NULL ? &own : err;
    run.sink = &sink;
    run.session = queue->next(queue->data, &sink, err);
    if (run.session == NULL) {
        return err->code;
    }
    ATT_TRY(open_face(&run, opts, err));
    do {
        code = interview(&run, err);
        end->status = att_session_status(run.session);
        queue->ended(queue->data, end->status);
        if (is_the_last(end)) {
            break;
        }
        code = code == ATT_OK ? turn_to_next(&run, queue, &sink, err) : code;
    } while (code == ATT_OK);
    face->close(run.state);
    return code;
}
