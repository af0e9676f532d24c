/* view_roster.c - of a view: the names of a roster's list, and whom a question is about
 */
#include "state.h"

#include <attune/instrument/kind.h>

static bool is_named(const att_sheet *sheet, size_t item)
{
    return sheet->is_asked[item] && sheet->raw[item].kind == ATT_ANSWER_TEXT &&
           sheet->raw[item].text[0] != '\0';
}

static void add_names(att_view *view, att_arena *arena, const att_session *session,
                      size_t index)
{
    const att_item *items = session->instrument->items;
    size_t list = items[index].parent;
    att_view_name *names = att_new_n(arena, att_view_name, items[list].end - list);
    size_t i;

    view->names = names;
    view->name_at = items[index].slot;
    view->name_of = items[list].end - list - 1;
    for (i = list + 1; i < items[list].end; i++) {
        if (!is_named(session->sheet, i)) {
            continue;
        }
        view->n_named++;
        if (i != index) {
            names[view->n_names++] =
                (att_view_name){ .at = items[i].slot,
                                 .text = session->sheet->raw[i].text };
        }
    }
}

/* The entries that are there, and which of them this is. */
static void add_person(att_view *view, att_arena *arena, const att_session *session,
                       const att_item *item)
{
    const att_roster *roster = item->roster;
    size_t before = 0, after = 0;
    size_t k;

    for (k = 1; k <= roster->n; k++) {
        if (!session->sheet->is_asked[roster->entries[k - 1]]) {
            continue;
        }
        view->person_of++;
        if (k < item->entry) {
            before = k;
        } else if (k == item->entry) {
            view->person_at = view->person_of;
        } else if (after == 0) {
            after = k;
        }
    }
    view->is_person_known = roster->has_lists;
    if (before > 0 && roster->has_lists) {
        view->person_before = att_sheet_entry(arena, session->sheet, roster, before);
    }
    if (after > 0 && roster->has_lists) {
        view->person_after = att_sheet_entry(arena, session->sheet, roster, after);
    }
}

/* Which of the questions about the entry this is; of a grid its first row. */
static void add_alter(att_view *view, att_arena *arena, const att_session *session,
                      size_t index)
{
    const att_item *items = session->instrument->items;
    const att_roster *roster = items[index].roster;
    size_t entry = items[index].entry;
    size_t box = roster->entries[entry - 1];
    size_t i;

    if (roster->names == NULL || !is_named(session->sheet, roster->names[entry - 1]) ||
        roster->names[entry - 1] == index) {
        return;
    }
    view->alter = att_sheet_entry(arena, session->sheet, roster, entry);
    view->alter_at = 1;
    for (i = box + 1; i < items[box].end; i++) {
        if (session->sheet->is_asked[i] && att_item_is_counted(&items[i])) {
            view->alter_of++;
            view->alter_at += i < index ? 1 : 0;
        }
    }
}

void att_view_roster(att_view *view, att_arena *arena, const att_session *session,
                     size_t index)
{
    const att_item *item = &session->instrument->items[index];

    if (item->slot > 0) {
        add_names(view, arena, session, index);
    } else if (item->roster != NULL && item->entry > 0 && item->partner == 0) {
        add_person(view, arena, session, item);
        add_alter(view, arena, session, index);
    }
}

bool att_view_is_past(const att_session *session, const att_item *box, size_t item)
{
    const att_item *one = &session->instrument->items[item];
    const att_roster *roster = one->roster;

    return roster != NULL && box == &session->instrument->items[roster->item] &&
           one->entry > 0 && one->slot == 0 && roster->names != NULL &&
           (one->partner > 0 || roster->has_lists ||
            roster->names[one->entry - 1] != item);
}

char *att_view_question(att_arena *arena, const att_session *session, size_t item)
{
    char *text = att_sheet_text(arena, session->sheet, item);
    size_t slot = session->instrument->items[item].slot;

    return slot > 0 ? att_arena_format(arena, "%zu: %s", slot, text) : text;
}

bool att_view_is_end(const att_session *session, size_t item)
{
    const att_item *items = session->instrument->items;
    const att_sheet *sheet = session->sheet;

    return items[item].slot > 1 && sheet->raw[item].kind == ATT_ANSWER_REASON &&
           sheet->raw[item].reason == ATT_REASON_SKIPPED &&
           (item + 1 == items[items[item].parent].end || !sheet->is_asked[item + 1]);
}
