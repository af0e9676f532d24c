/* read_choices.c - sets of choices, and the reasons for no answer */
#include "reader.h"

#include <stdlib.h>
#include <string.h>

#include "expr_tree.h"

#define CODE_MAX 1000000

/* ---- choices ---- */

static const att_key choice_keys[] = {
    { "code", ATT_WANT_WHOLE, false },  { "missing", ATT_WANT_TEXT, false },
    { "text", ATT_WANT_WORDING, true }, { "exclusive", ATT_WANT_TRUTH, false },
    { "fixed", ATT_WANT_TRUTH, false }, { "other", ATT_WANT_WORDING, false },
    { "show", ATT_WANT_TEXT, false },
};

/* The reasons that a person may give. */
static const char *const given_names[] = { "refused", "not_applicable", "dont_know" };

/* Whether the code can be kept. */
static bool code_read(att_reader *r, json_t *value, const att_spot *at, att_choice *out)
{
    json_int_t code = json_integer_value(value);
    int low = r->out->missing_low, high = r->out->missing_high;

    if (code < -CODE_MAX || code > CODE_MAX) {
        att_reader_find(r, "L042", at, NULL, "code %lld is not between -%d and %d",
                        (long long)code, CODE_MAX, CODE_MAX);
        return false;
    }
    out->code = (int)code;
    if (out->code < low || out->code > high) {
        return true;
    }
    att_reader_find(
        r, "L034", at,
        att_arena_format(r->scratch,
                         "use codes from %d up, or change \"missing.range\"", high + 1),
        "code %d is in the missing range, %d to %d", out->code, low, high);
    return false;
}

/* What has a meaning only where there is a code. */
static void reason_keys_check(att_reader *r, json_t *value, const att_spot *at)
{
    static const char *const keys[] = { "other", "show" };

    for (size_t i = 0; i < 2; i++) {
        att_spot spot = att_spot_key(at, keys[i]);

        if (json_object_get(value, keys[i]) != NULL) {
            att_reader_find_key(r, "L006", &spot, "take it out",
                                "\"%s\" has no meaning in a reason", keys[i]);
        }
    }
}

static void choice_read(att_reader *r, json_t *value, const att_spot *at,
                        att_choice *out)
{
    json_t *code = json_object_get(value, "code");
    json_t *missing = json_object_get(value, "missing");
    att_spot code_at = att_spot_key(at, "code");
    bool is_sound = true;

    if (!att_keys_check(r, value, at, "a choice", choice_keys,
                        sizeof choice_keys / sizeof choice_keys[0])) {
        return;
    }
    if ((code == NULL) == (missing == NULL)) {
        att_reader_find(r, "L019", at, "give one of \"code\" and \"missing\"",
                        code == NULL ? "a choice has no \"code\""
                                     : "a choice has both \"code\" and \"missing\"");
    }
    out->other = att_wording_member(r, value, at, "other");
    if (missing != NULL) {
        reason_keys_check(r, value, at);
    }
    if (code != NULL) {
        is_sound = json_is_integer(code) && code_read(r, code, &code_at, out);
    } else if (json_is_string(missing)) {
        size_t k = att_member_word(r, value, at, "missing", given_names, 3, 0);

        att_reason_read(given_names[k], &out->reason);
        out->code = att_reason_code(out->reason);
    }
    out->text = att_wording_member(r, value, at, "text");
    if (!is_sound) {
        out->text.in = NULL; /* a choice without text is passed over from here on */
    }
    out->is_exclusive = att_member_truth(value, "exclusive");
    out->is_fixed = att_member_truth(value, "fixed");
}

static int compare_codes(const void *a, const void *b)
{
    const att_choice *const *x = a;
    const att_choice *const *y = b;

    if ((*x)->code != (*y)->code) {
        return (*x)->code < (*y)->code ? -1 : 1;
    }
    return *x < *y ? -1 : *x > *y;
}

static void twins_find(att_reader *r, const att_spot *at, const att_choices *set)
{
    const att_choice **sorted = att_new_n(r->scratch, const att_choice *, set->n);

    for (size_t i = 0; i < set->n; i++) {
        sorted[i] = &set->list[i];
    }
    if (set->n > 1) {
        qsort(sorted, set->n, sizeof(const att_choice *), compare_codes);
    }
    for (size_t i = 1; i < set->n; i++) {
        att_spot element = att_spot_element(at, (size_t)(sorted[i] - set->list));

        if (sorted[i]->code != sorted[i - 1]->code || sorted[i]->text.in == NULL ||
            sorted[i - 1]->text.in == NULL) {
            continue;
        }
        if (sorted[i]->reason != ATT_REASON_NONE) {
            att_reader_find(r, "L032", &element, "keep one of them",
                            "reason \"%s\" stands in this set twice",
                            att_reason_name(sorted[i]->reason));
        } else {
            att_reader_find(r, "L032", &element, "give each choice a code of its own",
                            "code %d stands in this set twice", sorted[i]->code);
        }
    }
}

/* The conditions of a set's choices wait until all names are known. */
static void shows_read(att_reader *r, json_t *list, const att_spot *at,
                       att_choices *set, att_choice *choices)
{
    att_owned *owned = NULL;

    for (size_t i = 0; i < set->n; i++) {
        att_spot element = att_spot_element(at, i);
        att_spot spot = att_spot_key(&element, "show");
        const char *text =
            json_string_value(json_object_get(json_array_get(list, i), "show"));
        att_wait_expr wait = { .key = "show",
                               .out = &choices[i].show,
                               .want = ATT_TYPE_TRUTH,
                               .item = ATT_NONE };

        if (choices[i].reason != ATT_REASON_NONE) {
            continue;
        }
        if (text == NULL || text[0] == '\0') {
            set->has_free = true;
            continue;
        }
        if (owned == NULL) {
            owned = att_new(r->arena, att_owned);
            *owned = (att_owned){ set, choices };
            att_wait_for_set(r, owned);
        }
        wait.text = att_arena_text(r->arena, text);
        wait.pointer = att_spot_pointer(r->scratch, &spot);
        wait.of = owned;
        wait.place = i;
        att_wait_for_expr(r, &wait);
    }
}

const att_owned *att_choices_copy(att_reader *r, const att_owned *of)
{
    att_owned *copy = att_new(r->arena, att_owned);

    copy->set = att_new(r->arena, att_choices);
    copy->list = att_new_n(r->arena, att_choice, of->set->n);
    memcpy(copy->list, of->list, of->set->n * sizeof copy->list[0]);
    *copy->set = *of->set;
    copy->set->list = copy->list;
    att_wait_for_set(r, copy);
    return copy;
}

void att_choices_resolve(att_reader *r)
{
    for (size_t i = 0; i < r->n_owned; i++) {
        const att_owned *owned = r->owned[i];
        const att_expr **list = att_new_n(r->scratch, const att_expr *, owned->set->n);
        size_t n = 0;

        for (size_t k = 0; k < owned->set->n; k++) {
            if (owned->list[k].show != NULL) {
                list[n++] = owned->list[k].show;
            }
        }
        owned->set->any = n > 0 ? att_expr_any(r->arena, list, n) : NULL;
    }
}

void att_choices_read(att_reader *r, json_t *list, const att_spot *at, att_choices *set)
{
    size_t n = att_list_size(r, json_array_size(list), ATT_CHOICES_MAX, at, "choices");
    att_choice *choices = NULL;
    size_t n_codes = 0;

    if (r->n_choices_read + n > ATT_CHOICES_TOTAL) {
        att_reader_find(r, "L002", at, "split the instrument",
                        "more than %d choices in all sets together", ATT_CHOICES_TOTAL);
        n = 0;
    }
    r->n_choices_read += n;
    choices = att_new_n(r->arena, att_choice, n);
    set->list = choices;
    set->n = n;
    for (size_t i = 0; i < n; i++) {
        att_spot element = att_spot_element(at, i);

        choice_read(r, json_array_get(list, i), &element, &choices[i]);
        n_codes += choices[i].reason == ATT_REASON_NONE;
    }
    if (n_codes == 0) {
        att_reader_find(r, "L018", at, "list at least one choice with a \"code\"",
                        "there is nothing to choose here");
        return;
    }
    twins_find(r, at, set);
    shows_read(r, list, at, set, choices);
}

bool att_set_range(const att_choices *set, double *low, double *high)
{
    bool is_any = false;

    for (size_t i = 0; i < set->n; i++) {
        double code = set->list[i].code;

        if (set->list[i].reason != ATT_REASON_NONE || set->list[i].text.in == NULL) {
            continue;
        }
        *low = !is_any || code < *low ? code : *low;
        *high = !is_any || code > *high ? code : *high;
        is_any = true;
    }
    return is_any;
}

/* ---- named sets ---- */

typedef struct set_name {
    const char *id;
    size_t index;
} set_name;

static int compare_set_names(const void *a, const void *b)
{
    const set_name *x = a;
    const set_name *y = b;

    return strcmp(x->id, y->id);
}

static void sets_sort(att_reader *r)
{
    size_t n = r->out->n_choices;
    set_name *names = att_new_n(r->scratch, set_name, n);

    for (size_t i = 0; i < n; i++) {
        names[i].id = r->sets[i].id;
        names[i].index = i;
    }
    if (n > 1) {
        qsort(names, n, sizeof names[0], compare_set_names);
    }
    r->sets_by_id = att_new_n(r->scratch, size_t, n);
    for (size_t i = 0; i < n; i++) {
        r->sets_by_id[i] = names[i].index;
    }
}

void att_sets_read(att_reader *r, json_t *root, const att_spot *at)
{
    json_t *object = json_object_get(root, "choices");
    att_spot spot = att_spot_key(at, "choices");
    const char *id = NULL;
    json_t *value = NULL;
    size_t n =
        att_list_size(r, json_object_size(object), ATT_SETS_MAX, &spot, "choice sets");

    r->sets = att_new_n(r->arena, att_choices, n);
    r->out->choices = r->sets;
    json_object_foreach(object, id, value)
    {
        att_spot set_at = att_spot_key(&spot, id);

        if (strncmp(id, "x-", 2) == 0 || r->out->n_choices == n) {
            continue;
        }
        if (!att_want_check(r, value, &set_at, id, ATT_WANT_LIST)) {
            continue;
        }
        r->sets[r->out->n_choices].id = att_arena_text(r->arena, id);
        att_choices_read(r, value, &set_at, &r->sets[r->out->n_choices]);
        r->out->n_choices++;
    }
    sets_sort(r);
}

const att_choices *att_set_find(const att_reader *r, const char *id)
{
    size_t low = 0, high = r->out->n_choices;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const att_choices *set = &r->sets[r->sets_by_id[middle]];
        int order = strcmp(id, set->id);

        if (order == 0) {
            return set;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

/* ---- missing ---- */

static const att_key missing_keys[] = {
    { "range", ATT_WANT_LIST, false },
    { "codes", ATT_WANT_LIST, false },
};

static const att_key reason_keys[] = {
    { "code", ATT_WANT_WHOLE, true },
    { "reason", ATT_WANT_TEXT, true },
    { "offer", ATT_WANT_TRUTH, false },
    { "text", ATT_WANT_WORDING, false },
};

/* The range must hold every reason's code, since answers are stored with them. */
static void range_read(att_reader *r, json_t *list, const att_spot *at)
{
    json_t *low = json_array_get(list, 0);
    json_t *high = json_array_get(list, 1);
    json_int_t least = att_reason_code(ATT_REASON_NOT_REACHED);
    json_int_t most = att_reason_code(ATT_REASON_UNREADABLE);

    if (!json_is_array(list)) {
        return;
    }
    if (json_array_size(list) != 2 || !json_is_integer(low) || !json_is_integer(high)) {
        att_reader_find(r, "L033", at, "write [-10, -4]",
                        "the missing range is two whole numbers");
        return;
    }
    if (json_integer_value(low) > least || json_integer_value(high) < most ||
        json_integer_value(low) < -CODE_MAX || json_integer_value(high) > CODE_MAX) {
        att_reader_find(
            r, "L033", at, "write [-10, -4]",
            "the missing range must hold the codes of all reasons, %lld to %lld",
            (long long)least, (long long)most);
        return;
    }
    r->out->missing_low = (int)json_integer_value(low);
    r->out->missing_high = (int)json_integer_value(high);
}

static void reason_read(att_reader *r, json_t *value, const att_spot *at,
                        bool is_there[ATT_N_REASONS])
{
    const char *names[ATT_N_REASONS - 1];
    json_t *code = json_object_get(value, "code");
    att_spot code_at = att_spot_key(at, "code");
    att_spot offer_at = att_spot_key(at, "offer");
    att_reason reason = ATT_REASON_NONE;
    size_t k = 0;

    if (!att_keys_check(r, value, at, "a missing code", reason_keys,
                        sizeof reason_keys / sizeof reason_keys[0])) {
        return;
    }
    for (size_t i = 1; i < ATT_N_REASONS; i++) {
        names[i - 1] = att_reason_name((att_reason)i);
    }
    k = att_member_word(r, value, at, "reason", names, ATT_N_REASONS - 1, ATT_NONE);
    if (k == ATT_NONE) {
        return;
    }
    reason = (att_reason)(k + 1);
    if (json_is_integer(code) && json_integer_value(code) != att_reason_code(reason)) {
        att_reader_find(
            r, "L033", &code_at,
            att_arena_format(r->scratch, "write %d", att_reason_code(reason)),
            "the code of \"%s\" is %d, not %lld", att_reason_name(reason),
            att_reason_code(reason), (long long)json_integer_value(code));
    }
    if (is_there[reason]) {
        att_reader_find(r, "L033", at, "keep one of them",
                        "reason \"%s\" stands here twice", att_reason_name(reason));
    }
    is_there[reason] = true;
    r->out->is_offered[reason] = att_member_truth(value, "offer");
    r->out->reason_text[reason] = att_wording_member(r, value, at, "text");
    if (r->out->is_offered[reason] && att_reason_letter(reason) == 0) {
        att_reader_find(r, "L033", &offer_at,
                        "offer \"refused\", \"not_applicable\" or \"dont_know\"",
                        "\"%s\" is not for people to choose", att_reason_name(reason));
    }
}

void att_missing_read(att_reader *r, json_t *root, const att_spot *at)
{
    json_t *object = json_object_get(root, "missing");
    json_t *codes = json_object_get(object, "codes");
    att_spot spot = att_spot_key(at, "missing");
    att_spot range_at = att_spot_key(&spot, "range");
    att_spot codes_at = att_spot_key(&spot, "codes");
    bool is_there[ATT_N_REASONS] = { false };

    r->out->missing_low = att_reason_code(ATT_REASON_NOT_REACHED);
    r->out->missing_high = att_reason_code(ATT_REASON_UNREADABLE);
    if (!json_is_object(object)) {
        return;
    }
    att_keys_check(r, object, &spot, "\"missing\"", missing_keys,
                   sizeof missing_keys / sizeof missing_keys[0]);
    range_read(r, json_object_get(object, "range"), &range_at);
    for (size_t i = 0; i < json_array_size(codes); i++) {
        att_spot element = att_spot_element(&codes_at, i);

        reason_read(r, json_array_get(codes, i), &element, is_there);
    }
}
