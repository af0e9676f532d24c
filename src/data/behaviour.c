/* behaviour.c - how each question was answered; see the header
 */
#include <attune/data/behaviour.h>

#include <string.h>

#include <attune/base/csv.h>

/* ---- gathering ---- */

typedef struct gathering {
    const att_instrument *instrument;
    att_behaviour *of; /* [n_items] */
    size_t *n_answers; /* [n_items] */
} gathering;

/* Of an id; NULL for none, and for what identifies. */
static att_behaviour *row_of(const gathering *g, const char *id)
{
    size_t item =
        id == NULL || id[0] == '\0' ? ATT_NONE : att_instrument_item(g->instrument, id);

    return item == ATT_NONE || g->instrument->items[item].is_identifying ? NULL
                                                                         : &g->of[item];
}

static void add_entry(gathering *g, const att_entry *entry)
{
    att_behaviour *row = row_of(g, entry->item);
    bool is_answer = entry->act == ATT_ACT_ANSWER;

    if (row == NULL || (!is_answer && entry->act != ATT_ACT_READ)) {
        return;
    }
    row->answered = entry->at;
    row->changes += g->n_answers[row - g->of]++ > 0;
}

static bool is_given(const att_step *step)
{
    return strcmp(step->event, "answer") == 0 || strcmp(step->event, "skip") == 0;
}

static void add_step(gathering *g, const att_sitting *sitting, const att_step *step,
                     const char *before)
{
    /* rows of a grid that is drawn whole are sent one by one */
    const char *item =
        is_given(step) && step->target[0] != '\0' ? step->target : step->item;
    att_behaviour *row = row_of(g, item);

    if (row == NULL) {
        return;
    }
    if (row->visits == 0) {
        row->first_shown = sitting->began + step->shown;
        row->face = sitting->face;
        row->language = sitting->language;
        row->columns = step->columns;
        row->rows = step->rows;
    }
    row->visits += strcmp(before, item) != 0;
    row->time += step->came - step->shown;
    row->back_steps += strcmp(step->event, "back") == 0 && step->refusal[0] == '\0';
    row->not_taken += is_given(step) && step->refusal[0] != '\0';
}

static void add_sitting(gathering *g, const att_sitting *sitting)
{
    const char *before = "";

    for (size_t i = 0; i < sitting->n_steps; i++) {
        const att_step *step = &sitting->steps[i];

        add_step(g, sitting, step, before);
        before = is_given(step) && step->target[0] != '\0' ? step->target : step->item;
    }
}

att_behaviour *att_behaviour_of(att_arena *arena, const att_instrument *instrument,
                                const att_response *response,
                                const att_sitting *sittings, size_t n_sittings,
                                size_t *n)
{
    gathering g = { .instrument = instrument,
                    .of = att_new_n(arena, att_behaviour, instrument->n_items),
                    .n_answers = att_new_n(arena, size_t, instrument->n_items) };
    att_behaviour *rows = att_new_n(arena, att_behaviour, instrument->n_items);

    for (size_t i = 0; i < instrument->n_items; i++) {
        g.of[i].response = response->id;
        g.of[i].item = instrument->items[i].id;
        g.of[i].face = "";
        g.of[i].language = response->language;
    }
    for (size_t i = 0; i < response->n_entries; i++) {
        add_entry(&g, &response->entries[i]);
    }
    for (size_t i = 0; i < n_sittings; i++) {
        add_sitting(&g, &sittings[i]);
    }
    *n = 0;
    for (size_t i = 0; i < instrument->n_items; i++) {
        if (g.of[i].visits > 0 || g.n_answers[i] > 0) {
            rows[(*n)++] = g.of[i];
        }
    }
    return rows;
}

/* ---- writing ---- */

void att_behaviour_write_header(att_buf *out)
{
    att_buf_add(out, "response,item,first_shown,answered,seconds,changes,visits,"
                     "back_steps,not_taken,face,size,language\n");
}

static void write_text(att_buf *out, const char *text)
{
    att_csv_write_cell(out, text);
    att_buf_char(out, ',');
}

static void write_instant(att_buf *out, att_msec at)
{
    char text[ATT_STAMP_SIZE];

    if (at != 0) {
        att_stamp_write(text, at);
        att_buf_add(out, text);
    }
    att_buf_char(out, ',');
}

/* What only the sittings know; blank where they know nothing. */
static void write_seen(att_buf *out, const att_behaviour *row)
{
    if (row->visits == 0) {
        att_buf_format(out, ",%zu,,,,,,", row->changes);
        return;
    }
    att_buf_format(out, "%lld.%03lld,%zu,%zu,%zu,%zu,", row->time / 1000,
                   row->time % 1000, row->changes, row->visits, row->back_steps,
                   row->not_taken);
    write_text(out, row->face);
    if (row->columns > 0) {
        att_buf_format(out, "%dx%d", row->columns, row->rows);
    }
    att_buf_char(out, ',');
}

void att_behaviour_write(att_buf *out, const att_behaviour *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        write_text(out, rows[i].response);
        write_text(out, rows[i].item);
        write_instant(out, rows[i].first_shown);
        write_instant(out, rows[i].answered);
        write_seen(out, &rows[i]);
        att_csv_write_cell(out, rows[i].language);
        att_buf_char(out, '\n');
    }
}
