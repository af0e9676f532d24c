/* read_roster.c - rosters: the same items for each of several entries
 *
 * What:   the items of a roster are read once, as they stand in the file, and then set
 *         down again for each entry and for each pair, with numbered ids. From there on
 *         they are items like others; whether an entry is there is the condition of the
 *         container around its items.
 */
#include "reader.h"

#include <string.h>

#include "expr_tree.h"
#include "kinds.h"

#define ENTRIES_MAX 500

/* How large a roster is. */
typedef struct plan {
    size_t n;          /* entries at most; 0: it does not say */
    const char *count; /* an expression, or NULL: a fixed number, or lists of names */
    size_t among;      /* pairs among so many */
    bool has_lists;
} plan;

/* Items that were read once: a container and all it holds, and what of them waits. */
typedef struct block {
    size_t first, stride;
    size_t exprs, exprs_end, froms, froms_end;
} block;

/* ---- how large ---- */

static size_t whole_of(json_t *value)
{
    json_int_t n = json_integer_value(value);

    return json_is_integer(value) && n >= 1 && n <= ENTRIES_MAX ? (size_t)n : 0;
}

static bool any_name(const void *data, const char *name, att_ref *out)
{
    (void)data;
    (void)name;
    *out = (att_ref){ .kind = ATT_REF_WORD };
    return true;
}

/* The number that "min(..., 3)" cannot go beyond; 0 when it is not written so. */
static size_t limit_of(att_reader *r, const char *text)
{
    att_names names = { .find = any_name };
    att_expr_fault fault = { 0 };
    const att_expr *expr = att_expr_read(r->scratch, text, &names, &fault);
    const att_node *root = expr == NULL ? NULL : expr->root;
    size_t limit = 0;

    if (root == NULL || root->kind != ATT_NODE_CALL ||
        root->function->id != ATT_FN_MIN) {
        return 0;
    }
    for (size_t i = 0; i < root->n_kids; i++) {
        const att_value *value = &root->kids[i]->value;

        if (root->kids[i]->kind == ATT_NODE_VALUE && value->type == ATT_TYPE_NUMBER &&
            value->number >= 1 && value->number <= ENTRIES_MAX &&
            (limit == 0 || value->number < (double)limit)) {
            limit = (size_t)value->number;
        }
    }
    return limit;
}

static plan plan_of(att_reader *r, json_t *value)
{
    json_t *lists = json_object_get(value, "names");
    json_t *count = json_object_get(value, "count");
    json_t *pairs = json_object_get(value, "pairs");
    plan p = { .has_lists = json_is_array(lists) };

    for (size_t i = 0; i < json_array_size(lists); i++) {
        p.n += whole_of(json_object_get(json_array_get(lists, i), "max"));
    }
    if (json_is_integer(count) && !p.has_lists) {
        p.n = whole_of(count);
    } else if (json_is_string(count) && !p.has_lists) {
        p.count = att_arena_text(r->arena, json_string_value(count));
        p.n = whole_of(json_object_get(value, "max"));
        p.n = p.n == 0 ? limit_of(r, p.count) : p.n;
    }
    p.n = p.n > ENTRIES_MAX ? ENTRIES_MAX : p.n;
    p.among = whole_of(json_object_get(pairs, "among"));
    p.among = p.among == 0 || p.among > p.n ? p.n : p.among;
    return p;
}

/* Entries that may be in a pair: where names can be taken back, those behind too. */
static size_t paired_of(const plan *p)
{
    return p->has_lists ? p->n : p->among;
}

size_t att_roster_room(att_reader *r, json_t *value, size_t n_inner, size_t n_paired)
{
    plan p = plan_of(r, value);
    size_t n = p.n == 0 ? 1 : p.n;
    size_t m = paired_of(&p);
    size_t n_lists = json_array_size(json_object_get(value, "names"));

    m = json_object_get(value, "pairs") == NULL ? 0 : m < 2 ? 1 : m * (m - 1) / 2;
    return 1 + n_lists + n + n * (1 + n_inner) + m * (1 + n_paired);
}

/* ---- what is wrong ---- */

static void count_check(att_reader *r, json_t *value, const att_spot *at, const plan *p)
{
    json_t *count = json_object_get(value, "count");
    const char *id = att_member_text(r, value, "id", "");
    att_spot count_at = att_spot_key(at, "count");

    if (p->has_lists && count != NULL) {
        att_reader_find_key(r, "L107", &count_at, "take one of them out",
                            "roster \"%s\" has both \"names\" and \"count\"", id);
    } else if (!p->has_lists && count == NULL) {
        att_reader_find(r, "L107", at, "add \"count\": 3, or \"names\"",
                        "roster \"%s\" does not say how many entries it has", id);
    } else if (json_is_integer(count) && p->n == 0) {
        att_reader_find(r, "L042", &count_at, NULL, "\"count\" should be 1 to %d",
                        ENTRIES_MAX);
    } else if (count != NULL && !json_is_integer(count) && p->count == NULL) {
        att_reader_find(r, "L107", &count_at, "write 3, or \"min(meetings, 3)\"",
                        "\"count\" should be a whole number or an expression");
    } else if (p->count != NULL && p->n == 0 && json_object_get(value, "max") == NULL) {
        att_reader_find(r, "L107", &count_at, "add \"max\", the most entries there are",
                        "roster \"%s\" has no limit", id);
    }
}

static void size_check(att_reader *r, json_t *value, const att_spot *at, const plan *p)
{
    json_t *max = json_object_get(value, "max");
    json_t *among = json_object_get(json_object_get(value, "pairs"), "among");
    att_spot max_at = att_spot_key(at, "max");
    att_spot name_at = att_spot_key(at, "name");
    att_spot pairs_at = att_spot_key(at, "pairs");
    att_spot among_at = att_spot_key(&pairs_at, "among");

    count_check(r, value, at, p);
    if (max != NULL && p->count == NULL) {
        att_reader_find_key(r, "L006", &max_at, "take it out",
                            "\"max\" has no meaning beside %s",
                            p->has_lists ? "\"names\"" : "a \"count\" that is fixed");
    } else if (max != NULL && whole_of(max) == 0) {
        att_reader_find(r, "L042", &max_at, NULL,
                        "\"max\" of a roster should be 1 to %d", ENTRIES_MAX);
    }
    if (p->has_lists && json_object_get(value, "name") != NULL) {
        att_reader_find_key(r, "L006", &name_at, "take it out",
                            "\"name\" has no meaning beside \"names\"");
    }
    if (among != NULL && (!json_is_integer(among) || json_integer_value(among) < 2 ||
                          (p->n > 0 && json_integer_value(among) > (json_int_t)p->n))) {
        att_reader_find(r, "L042", &among_at, NULL,
                        "\"among\" should be 2 to the most entries, %zu", p->n);
    }
}

/* ---- reading once, and setting down again ---- */

static const char *numbered(att_reader *r, const char *base, size_t i, size_t j)
{
    return j == 0 ? att_arena_format(r->arena, "%s_%zu", base, i)
                  : att_arena_format(r->arena, "%s_%zu_%zu", base, i, j);
}

/* The longest id that a base gets. */
static void length_check(att_reader *r, const char *base, const char *pointer,
                         const char *longest)
{
    att_spot at = att_spot_text(pointer);
    att_spot id_at = att_spot_key(&at, "id");

    if (base[0] != '\0' && strlen(base) <= ATT_ITEM_ID_MAX &&
        strlen(longest) > ATT_ITEM_ID_MAX) {
        att_reader_find(r, "L008", &id_at, "shorten it",
                        "numbered, \"%s\" becomes \"%s\", with %zu characters, more "
                        "than %d",
                        base, longest, strlen(longest), ATT_ITEM_ID_MAX);
    }
}

static block block_read(att_reader *r, json_t *list, const att_spot *at, size_t roster,
                        int depth)
{
    block b = { .first = r->n_items, .exprs = r->n_exprs, .froms = r->n_froms };
    size_t pipes = r->n_pipes;
    att_nest in = { b.first, false, true, depth };
    att_item *box = att_item_add(r, roster, r->items[roster].pointer);

    box->id = r->items[roster].id;
    box->kind = &att_kind_entry;
    att_item_list_read(r, list, at, &in);
    box->end = r->n_items;
    b.stride = r->n_items - b.first;
    b.exprs_end = r->n_exprs;
    b.froms_end = r->n_froms;
    for (size_t i = b.exprs; i < b.exprs_end; i++) {
        r->exprs[i].within = box;
    }
    for (size_t i = b.froms; i < b.froms_end; i++) {
        r->froms[i].within = box;
    }
    for (size_t i = pipes; i < r->n_pipes; i++) {
        r->pipes[i].within = box;
    }
    for (size_t i = b.first; i < r->n_items; i++) {
        r->items[i].base = r->items[i].id;
        r->items[i].roster = r->items[roster].roster;
    }
    return b;
}

/* The copy's own set of choices, where some of them have conditions. */
static const att_owned *set_repeat(att_reader *r, const block *b, size_t shift,
                                   const att_owned *of)
{
    const att_owned *copy = att_choices_copy(r, of);

    for (size_t i = b->first + shift; i < b->first + shift + b->stride; i++) {
        if (r->items[i].choices == of->set) {
            r->items[i].choices = copy->set;
        }
    }
    return copy;
}

/* What waits in a block waits again in its copy, a shift of so many items behind. */
static void waits_repeat(att_reader *r, const block *b, size_t shift)
{
    const att_owned *of = NULL, *copy = NULL; /* those of one set follow each other */

    for (size_t i = b->exprs; i < b->exprs_end; i++) {
        att_wait_expr wait = r->exprs[i];
        size_t item = b->first;

        wait.within += shift;
        wait.is_copy = true;
        if (wait.of != NULL) {
            copy = wait.of == of ? copy : set_repeat(r, b, shift, wait.of);
            of = wait.of;
            wait.of = copy;
            wait.out = &copy->list[wait.place].show;
            att_wait_for_expr(r, &wait);
            continue;
        }
        while ((const char *)wait.out >= (const char *)&r->items[item + 1]) {
            item++;
        }
        wait.out =
            (const att_expr **)((char *)&r->items[item + shift] +
                                ((const char *)wait.out - (char *)&r->items[item]));
        wait.item = wait.item == ATT_NONE ? ATT_NONE : wait.item + shift;
        att_wait_for_expr(r, &wait);
    }
    for (size_t i = b->froms; i < b->froms_end; i++) {
        att_wait_from wait = r->froms[i];

        wait.item += shift;
        wait.within += shift;
        wait.is_copy = true;
        att_wait_for_from(r, &wait);
    }
}

/* Sets a block down n times in all, while there is room; gives how often. */
static size_t block_repeat(att_reader *r, const block *b, size_t n)
{
    for (size_t k = 1; k < n; k++) {
        size_t shift = k * b->stride;

        if (r->n_items + b->stride > r->room_items) {
            return k; /* more than an instrument may have: L002 has said it */
        }
        memcpy(&r->items[r->n_items], &r->items[b->first],
               b->stride * sizeof r->items[0]);
        r->n_items += b->stride;
        for (size_t i = b->first + shift; i < r->n_items; i++) {
            r->items[i].parent += i == b->first + shift ? 0 : shift;
            r->items[i].end += shift;
            r->items[i].is_copy = true;
        }
        waits_repeat(r, b, shift);
    }
    return n;
}

/* Numbers the k-th time of a block, from 0. */
static size_t block_number(att_reader *r, const block *b, size_t k, size_t entry,
                           size_t partner)
{
    size_t first = b->first + k * b->stride;

    for (size_t i = first; i < first + b->stride; i++) {
        r->items[i].entry = entry;
        r->items[i].partner = partner;
        if (r->items[i].base[0] != '\0') {
            r->items[i].id = numbered(r, r->items[i].base, entry, partner);
        }
    }
    return first;
}

static void lengths_check(att_reader *r, const block *b, size_t n, size_t other)
{
    for (size_t i = b->first + 1; i < b->first + b->stride; i++) {
        length_check(r, r->items[i].base, r->items[i].pointer,
                     numbered(r, r->items[i].base, n, other));
    }
}

/* A condition that the reader makes itself. */
static void show_make(att_reader *r, size_t item, const char *text)
{
    att_wait_expr wait = { .text = text,
                           .pointer = r->items[item].pointer,
                           .key = "show",
                           .out = &r->items[item].show,
                           .want = ATT_TYPE_TRUTH,
                           .item = ATT_NONE,
                           .is_copy = true };

    att_wait_for_expr(r, &wait);
}

/* ---- lists of names ---- */

static const att_key list_keys[] = {
    { "id", ATT_WANT_TEXT, true },        { "text", ATT_WANT_WORDING, true },
    { "max", ATT_WANT_WHOLE, true },      { "max_length", ATT_WANT_WHOLE, false },
    { "title", ATT_WANT_WORDING, false }, { "brief", ATT_WANT_WORDING, false },
    { "help", ATT_WANT_WORDING, false },  { "show", ATT_WANT_TEXT, false },
};

/* One text for each name; each but the first is asked when the one before is given. */
static void slots_make(att_reader *r, size_t list, size_t n, size_t *names, size_t from)
{
    const att_item *box = &r->items[list];

    for (size_t k = 0; k < n && r->n_items < r->room_items; k++) {
        size_t index = r->n_items;
        att_item *slot = att_item_add(r, list, box->pointer);

        slot->id = numbered(r, box->base, from + k + 1, 0);
        slot->base = box->base;
        slot->kind = &att_kind_text;
        slot->text = box->text;
        slot->help = box->help;
        slot->max_length = box->max_length;
        slot->is_identifying = true;
        slot->roster = box->roster;
        slot->entry = from + k + 1;
        slot->slot = k + 1;
        slot->is_copy = k > 0;
        names[from + k] = index;
        if (k > 0) {
            show_make(r, index,
                      att_arena_format(r->arena, "%s != ''", r->items[index - 1].id));
        }
    }
    r->items[list].end = r->n_items;
}

static void list_read(att_reader *r, json_t *value, const att_spot *at, size_t roster,
                      size_t *names, size_t *n)
{
    size_t index = r->n_items;
    size_t max = whole_of(json_object_get(value, "max"));
    att_spot id_at = att_spot_key(at, "id");
    att_spot max_at = att_spot_key(at, "max");
    att_item *list = NULL;

    if (!att_keys_check(r, value, at, "a list of names", list_keys,
                        sizeof list_keys / sizeof list_keys[0]) ||
        r->n_items == r->room_items) {
        return;
    }
    list = att_item_add(r, roster, att_spot_pointer(r->arena, at));
    list->kind = &att_kind_names;
    list->roster = r->items[roster].roster;
    list->id = list->base = att_member_text(r, value, "id", "");
    if (list->id[0] != '\0') {
        att_id_check(r, list->id, &id_at, '_', false);
    }
    if (json_is_integer(json_object_get(value, "max")) && max == 0) {
        att_reader_find(r, "L042", &max_at, NULL, "\"max\" should be 1 to %d",
                        ENTRIES_MAX);
    }
    max = *n + max > ENTRIES_MAX ? ENTRIES_MAX - *n : max;
    length_check(r, list->base, list->pointer, numbered(r, list->base, *n + max, 0));
    att_item_labels_read(r, value, at, list);
    att_item_text_read(r, value, at, list);
    att_item_show_read(r, value, at, index);
    slots_make(r, index, max, names, *n);
    r->items[index].text = r->items[index].help = (att_wording){ 0 }; /* in its texts */
    *n += max;
}

static void lists_read(att_reader *r, json_t *value, const att_spot *at,
                       att_roster *out, const plan *p)
{
    json_t *lists = json_object_get(value, "names");
    att_spot spot = att_spot_key(at, "names");
    size_t *names = att_new_n(r->arena, size_t, p->n);
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++) {
        names[i] = out->item; /* until a list fills it in */
    }
    out->names = names;
    out->has_lists = true;
    if (json_array_size(lists) == 0) {
        att_reader_find(r, "L107", &spot, "ask for names, or write \"count\"",
                        "roster \"%s\" has an empty list of \"names\"",
                        r->items[out->item].id);
    }
    for (size_t i = 0; i < json_array_size(lists); i++) {
        att_spot element = att_spot_element(&spot, i);

        list_read(r, json_array_get(lists, i), &element, out->item, names, &n);
    }
}

/* ---- entries and pairs ---- */

static void entries_read(att_reader *r, json_t *value, const att_spot *at,
                         att_roster *out, const plan *p, int depth)
{
    att_spot spot = att_spot_key(at, "items");
    block b = block_read(r, json_object_get(value, "items"), &spot, out->item, depth);
    size_t *entries = NULL;

    lengths_check(r, &b, p->n, 0);
    out->n = block_repeat(r, &b, p->n == 0 ? 1 : p->n);
    entries = att_new_n(r->arena, size_t, out->n);
    out->entries = entries;
    for (size_t k = 0; k < out->n; k++) {
        entries[k] = block_number(r, &b, k, k + 1, 0);
        if (p->has_lists && p->n > 0) {
            show_make(
                r, entries[k],
                att_arena_format(r->arena, "%s != ''", r->items[out->names[k]].id));
        } else if (p->count != NULL) {
            show_make(r, entries[k],
                      att_arena_format(r->arena, "(%s) >= %zu", p->count, k + 1));
        }
    }
}

/* The item that names an entry: the one that is said, or the first if it is a text. */
static void name_find(att_reader *r, json_t *value, const att_spot *at, att_roster *out)
{
    const char *name = att_member_text(r, value, "name", "");
    att_spot name_at = att_spot_key(at, "name");
    size_t first = out->entries[0];
    size_t end = r->items[first].end;
    size_t *names = NULL;
    size_t found = ATT_NONE;

    for (size_t i = first + 1; i < end && found == ATT_NONE; i++) {
        if (name[0] != '\0' ? strcmp(r->items[i].base, name) == 0 : i == first + 1) {
            found = i;
        }
    }
    if (found != ATT_NONE && r->items[found].kind != &att_kind_text) {
        found = ATT_NONE;
    }
    if (found == ATT_NONE && name[0] != '\0') {
        att_reader_find(r, "L107", &name_at, "name one of its items of kind \"text\"",
                        "\"%s\" is no text that roster \"%s\" asks for", name,
                        r->items[out->item].id);
    }
    if (found == ATT_NONE) {
        return;
    }
    names = att_new_n(r->arena, size_t, out->n);
    for (size_t k = 0; k < out->n; k++) {
        names[k] = found + out->entries[k] - first;
    }
    out->names = names;
}

/* "a_1 != '' and a_3 != ''", and where a pair may be beyond the first so many: "and
 * count(a_1 != '', a_2 != '', a_3 != '') <= 2" */
static const char *pair_show(att_reader *r, const att_roster *out, const plan *p,
                             size_t i, size_t j)
{
    att_buf text = { 0 };
    const char *show = NULL;

    att_buf_format(&text, "%s != '' and %s != ''", r->items[out->names[i - 1]].id,
                   r->items[out->names[j - 1]].id);
    for (size_t k = 1; j > p->among && k <= j; k++) {
        att_buf_format(&text, "%s%s != ''", k == 1 ? " and count(" : ", ",
                       r->items[out->names[k - 1]].id);
    }
    if (j > p->among) {
        att_buf_format(&text, ") <= %zu", p->among);
    }
    show = att_buf_copy(r->arena, &text);
    att_buf_drop(&text);
    return show;
}

static void pairs_number(att_reader *r, const block *b, att_roster *out, const plan *p,
                         size_t *pairs)
{
    size_t m = paired_of(p);
    size_t k = 0;

    for (size_t i = 1; i < m; i++) {
        for (size_t j = i + 1; j <= m && k < out->n_pairs; j++, k++) {
            pairs[k] = block_number(r, b, k, i, j);
            if (p->has_lists) {
                show_make(r, pairs[k], pair_show(r, out, p, i, j));
            } else if (p->count != NULL) {
                show_make(r, pairs[k],
                          att_arena_format(r->arena, "(%s) >= %zu", p->count, j));
            }
        }
    }
}

static const att_key pair_keys[] = {
    { "items", ATT_WANT_LIST, true },
    { "among", ATT_WANT_WHOLE, false },
};

static void pairs_read(att_reader *r, json_t *value, const att_spot *at,
                       att_roster *out, const plan *p, int depth)
{
    json_t *pairs = json_object_get(value, "pairs");
    att_spot pairs_at = att_spot_key(at, "pairs");
    att_spot spot = att_spot_key(&pairs_at, "items");
    size_t m = paired_of(p);
    size_t *list = NULL;
    block b = { 0 };

    if (!att_keys_check(r, pairs, &pairs_at, "\"pairs\"", pair_keys, 2)) {
        return;
    }
    if (out->names == NULL) {
        att_reader_find_key(r, "L107", &pairs_at,
                            "let the first item be a text that names the entry",
                            "the entries of roster \"%s\" have no names to ask about",
                            r->items[out->item].id);
        return;
    }
    if (json_array_size(json_object_get(pairs, "items")) == 0 || p->n < 2) {
        att_reader_find(r, "L107", &pairs_at, "take it out",
                        "\"pairs\" of roster \"%s\" ask nothing",
                        r->items[out->item].id);
        return;
    }
    if (r->n_items == r->room_items || out->n < p->n) {
        return; /* L002 has said it */
    }
    b = block_read(r, json_object_get(pairs, "items"), &spot, out->item, depth);
    lengths_check(r, &b, m - 1, m);
    out->n_pairs = block_repeat(r, &b, m * (m - 1) / 2);
    list = att_new_n(r->arena, size_t, out->n_pairs);
    out->pairs = list;
    out->among = p->among;
    pairs_number(r, &b, out, p, list);
}

/* The expression itself, so that what is wrong with it is found in its place. */
static void count_read(att_reader *r, const att_spot *at, const char *text)
{
    att_spot spot = att_spot_key(at, "count");
    const att_expr **out = att_new(r->scratch, const att_expr *);
    att_wait_expr wait = { .text = text,
                           .pointer = att_spot_pointer(r->scratch, &spot),
                           .key = "count",
                           .out = out,
                           .want = ATT_TYPE_NUMBER,
                           .item = ATT_NONE };

    att_wait_for_expr(r, &wait);
}

void att_roster_read(att_reader *r, json_t *value, const att_spot *at, size_t index,
                     int depth)
{
    att_roster *out = att_new(r->arena, att_roster);
    plan p = plan_of(r, value);

    out->item = index;
    out->count = p.count;
    r->items[index].roster = out;
    size_check(r, value, at, &p);
    if (p.count != NULL) {
        count_read(r, at, p.count);
    }
    if (p.has_lists) {
        lists_read(r, value, at, out, &p);
    }
    if (r->n_items == r->room_items) {
        return;
    }
    entries_read(r, value, at, out, &p, depth);
    if (!p.has_lists) {
        name_find(r, value, at, out);
    }
    if (json_object_get(value, "pairs") != NULL) {
        pairs_read(r, value, at, out, &p, depth);
    }
    out->end = r->n_items;
}

/* ---- names ---- */

/* The containers of all entries, or of all pairs. */
static const size_t *boxes_of(const att_roster *roster, bool is_pair, size_t *n)
{
    *n = is_pair ? roster->n_pairs : roster->n;
    return is_pair ? roster->pairs : roster->entries;
}

/* The first entry's item of that name, or the first pair's. */
static size_t base_find(const att_reader *r, const att_roster *roster, const char *name)
{
    const att_name *found = att_name_find(r, name);

    return found != NULL && found->sort == ATT_NAME_EACH &&
                   r->items[found->index].roster == roster
               ? found->index
               : ATT_NONE;
}

size_t att_roster_sibling(const att_reader *r, const att_item *within, const char *name)
{
    const att_roster *roster = within->roster;
    bool is_pair = within->partner > 0;
    size_t base = base_find(r, roster, name);
    size_t n = 0;

    if (base != ATT_NONE) {
        const size_t *boxes = boxes_of(roster, is_pair, &n);

        return (r->items[base].partner > 0) == is_pair && n > 0
                   ? base + (size_t)(within - r->items) - boxes[0]
                   : ATT_NONE;
    }
    if (roster->names == NULL) {
        return ATT_NONE;
    }
    if (strcmp(name, is_pair ? "alter_i" : "alter") == 0) {
        return roster->names[within->entry - 1];
    }
    return is_pair && strcmp(name, "alter_j") == 0 ? roster->names[within->partner - 1]
                                                   : ATT_NONE;
}

size_t att_roster_member(const att_reader *r, const char *name, const char *member,
                         size_t k, size_t *n)
{
    const att_name *found = att_name_find(r, name);
    const att_roster *roster = NULL;
    const size_t *boxes = NULL;
    size_t base = ATT_NONE;

    if (found == NULL || found->sort != ATT_NAME_ITEM) {
        return ATT_NONE;
    }
    roster = r->items[found->index].roster;
    if (roster == NULL || roster->item != found->index || roster->end == 0) {
        return ATT_NONE;
    }
    *n = roster->n;
    if (strcmp(member, "alter") == 0 && roster->names != NULL) {
        return k <= *n ? roster->names[k - 1] : ATT_NONE;
    }
    base = base_find(r, roster, member);
    if (base == ATT_NONE) {
        return ATT_NONE;
    }
    boxes = boxes_of(roster, r->items[base].partner > 0, n);
    return k <= *n ? base + boxes[k - 1] - boxes[0] : ATT_NONE;
}
