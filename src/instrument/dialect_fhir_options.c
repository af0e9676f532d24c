/* Answers that a Questionnaire offers: options and contained sets to choices. */
#include <math.h>
#include <string.h>

#include <attune/base/text.h>

#include "dialect_fhir_draft.h"

static void add(att_fhir_draft *d, att_fhir_options *to, const att_fhir_choice *choice)
{
    if (to->n == to->room) {
        size_t room = to->room == 0 ? 8 : 2 * to->room;
        att_fhir_choice *list = att_new_n(d->arena, att_fhir_choice, room);

        if (to->n > 0) {
            memcpy(list, to->list, to->n * sizeof *list);
        }
        to->list = list;
        to->room = room;
    }
    to->list[to->n++] = *choice;
    d->n_options++;
}

/* Where losses of a set are told: at the item, or at the set itself. */
typedef struct owner {
    att_fhir_draft *d;
    att_fhir_item *item; /* or NULL */
    att_fhir_options *options;
} owner;

static void lose(owner *o, att_loss_kind kind, const char *what, const char *text)
{
    if (o->item != NULL) {
        att_fhir_lose(o->d, o->item, kind, "%s \"%s\"", what, text);
    } else {
        att_losses_add(o->d->losses, kind, o->options->row, o->options->link + 1,
                       "%s \"%s\"", what, text);
    }
}

/* ---- one choice ---- */

static bool is_twin(const att_fhir_options *options, const att_fhir_choice *choice)
{
    for (size_t i = 0; i < options->n; i++) {
        if (strcmp(options->list[i].code, choice->code) == 0 &&
            strcmp(options->list[i].system, choice->system) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_reason(const att_fhir_options *options, att_reason reason)
{
    for (size_t i = 0; i < options->n; i++) {
        if (options->list[i].reason == reason) {
            return true;
        }
    }
    return false;
}

static void take(owner *o, att_fhir_choice *choice)
{
    att_reason reason = strcmp(choice->system, ATT_FHIR_ABSENT) == 0
                            ? att_fhir_absent_read(choice->code)
                            : ATT_REASON_NONE;

    if (o->options->n == ATT_CHOICES_MAX || o->d->n_options >= ATT_FHIR_OPTIONS_MAX) {
        lose(o, ATT_LOSS_DROPPED, "of too many choices", choice->code);
        return;
    }
    if (is_twin(o->options, choice)) {
        lose(o, ATT_LOSS_DROPPED, "the code stands twice:", choice->code);
        return;
    }
    if (choice->text == NULL) {
        const char **in = att_new_n(o->d->arena, const char *, o->d->n_tags);

        in[0] = choice->code;
        choice->text = in;
        lose(o, ATT_LOSS_APPROXIMATED, "a choice without words:", choice->code);
    }
    if (reason != ATT_REASON_NONE && !has_reason(o->options, reason)) {
        choice->reason = reason;
        choice->number = att_reason_code(reason);
    }
    add(o->d, o->options, choice);
}

static json_t *weight_of(json_t *from)
{
    json_t *weight = att_fhir_value(from, ATT_FHIR_ORDINAL);

    return weight != NULL ? weight : att_fhir_value(from, ATT_FHIR_WEIGHT);
}

/* A Coding, or a concept of a set. */
static void take_coding(owner *o, json_t *coding, const char *system,
                        att_fhir_choice *choice)
{
    const char *code = att_fhir_string(o->d, coding, "code");

    choice->text = att_fhir_member_text(o->d, coding, "display");
    choice->system = system;
    choice->code = code != NULL           ? code
                   : choice->text != NULL ? att_fhir_first(choice->text)
                                          : NULL;
    if (choice->ordinal == NULL) {
        choice->ordinal = weight_of(coding);
    }
    if (choice->code == NULL) {
        lose(o, ATT_LOSS_DROPPED, "a choice with neither code nor words in the system",
             system);
        return;
    }
    take(o, choice);
}

/* ---- options of an item ---- */

static void take_text(owner *o, const char *text, att_fhir_choice *choice)
{
    const char **in = att_new_n(o->d->arena, const char *, o->d->n_tags);

    in[0] = text;
    choice->text = in;
    choice->code = text;
    take(o, choice);
}

static void take_option(owner *o, json_t *option)
{
    static const char *const known[] = { "valueCoding", "valueString", "valueInteger",
                                         "valueDate",   "valueTime",   "valueReference",
                                         NULL };
    json_t *coding = json_object_get(option, "valueCoding");
    json_t *whole = json_object_get(option, "valueInteger");
    att_fhir_choice choice = { .system = "", .code = "" };
    const char *text = att_fhir_string(o->d, option, "valueString");

    choice.is_exclusive = json_is_true(att_fhir_value(option, ATT_FHIR_EXCLUSIVE));
    choice.ordinal = weight_of(option);
    text = text != NULL ? text : att_fhir_string(o->d, option, "valueDate");
    text = text != NULL ? text : att_fhir_string(o->d, option, "valueTime");
    if (json_is_object(coding)) {
        const char *system = att_fhir_string(o->d, coding, "system");

        take_coding(o, coding, system == NULL ? "" : system, &choice);
    } else if (json_is_integer(whole)) {
        take_text(
            o,
            att_arena_format(o->d->arena, "%lld", (long long)json_integer_value(whole)),
            &choice);
    } else if (text != NULL) {
        take_text(o, text, &choice);
    } else {
        lose(o, ATT_LOSS_DROPPED, "an option without a value of a sort that is known",
             "");
    }
    att_fhir_see_rest(o->d, o->item, option, known);
}

/* ---- numbers ---- */

/* A whole number out of the missing range that nothing else has; false otherwise. */
static bool weight_number(const att_fhir_choice *choice, int *number)
{
    double x = json_number_value(choice->ordinal);
    att_reason reason = ATT_REASON_NONE;

    if (!json_is_number(choice->ordinal) || x != floor(x) ||
        fabs(x) > ATT_MIDDLE_CODE_MOST) {
        return false;
    }
    *number = (int)x;
    return !att_reason_of_code(*number, &reason);
}

/* Whether each choice has a weight of its own, so that weights can be the codes. */
static bool has_weights(const att_fhir_options *options)
{
    for (size_t i = 0; i < options->n; i++) {
        int number = 0;

        if (options->list[i].reason != ATT_REASON_NONE) {
            continue;
        }
        if (!weight_number(&options->list[i], &number)) {
            return false;
        }
        for (size_t k = 0; k < i; k++) {
            int other = 0;

            if (options->list[k].reason == ATT_REASON_NONE &&
                weight_number(&options->list[k], &other) && other == number) {
                return false;
            }
        }
    }
    return true;
}

static bool has_number(const att_fhir_options *options, int number)
{
    for (size_t i = 0; i < options->n; i++) {
        const att_fhir_choice *choice = &options->list[i];

        if (!choice->is_waiting && choice->reason == ATT_REASON_NONE &&
            choice->number == number) {
            return true;
        }
    }
    return false;
}

/* Codes that can stay do; false when one cannot. */
static bool keep_codes(att_fhir_options *options)
{
    bool are_all = true;

    for (size_t i = 0; i < options->n; i++) {
        options->list[i].is_waiting = options->list[i].reason == ATT_REASON_NONE;
    }
    for (size_t i = 0; i < options->n; i++) {
        att_fhir_choice *choice = &options->list[i];
        att_reason reason = ATT_REASON_NONE;
        int number = 0;

        if (!choice->is_waiting) {
            continue;
        }
        if (att_middle_code(choice->code, &number) &&
            !att_reason_of_code(number, &reason) && !has_number(options, number)) {
            choice->number = number;
            choice->is_waiting = false;
        }
        are_all = are_all && !choice->is_waiting;
    }
    return are_all;
}

static void tell_numbers(owner *o, const bool *was_waiting, const char *why)
{
    att_buf told = { 0 };

    for (size_t i = 0; i < o->options->n; i++) {
        if (was_waiting[i] && told.n < 200) {
            att_buf_format(&told, "%s%.40s is %d", told.n == 0 ? "" : ", ",
                           o->options->list[i].code, o->options->list[i].number);
        } else if (was_waiting[i]) {
            att_buf_add(&told, ", ...");
            break;
        }
    }
    lose(o, ATT_LOSS_APPROXIMATED, why, att_buf_text(&told));
    att_buf_drop(&told);
}

static void number_all(owner *o)
{
    att_fhir_options *options = o->options;
    bool *was_waiting = att_new_n(o->d->arena, bool, options->n + 1);
    bool by_weight;
    int next = 1;

    if (keep_codes(options)) {
        return;
    }
    by_weight = has_weights(options);
    for (size_t i = 0; i < options->n; i++) {
        att_fhir_choice *choice = &options->list[i];

        was_waiting[i] =
            choice->is_waiting || (by_weight && choice->reason == ATT_REASON_NONE);
        if (by_weight && choice->reason == ATT_REASON_NONE) {
            (void)weight_number(choice, &choice->number);
        } else if (choice->is_waiting) {
            while (has_number(options, next)) {
                next++;
            }
            choice->number = next;
        }
        choice->is_waiting = false;
    }
    tell_numbers(o, was_waiting,
                 by_weight ? "codes become their weights:" : "codes become numbers:");
}

/* A weight that is not the code is lost. */
static void tell_weights(owner *o)
{
    for (size_t i = 0; i < o->options->n; i++) {
        const att_fhir_choice *choice = &o->options->list[i];

        if (json_is_number(choice->ordinal) &&
            json_number_value(choice->ordinal) != choice->number) {
            lose(o, ATT_LOSS_DROPPED, "the weight of the choice", choice->code);
            return;
        }
    }
}

/* ---- contained sets ---- */

static void take_concepts(owner *o, json_t *list, const char *system, int depth)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *concept = json_array_get(list, i);
        const char *own = att_fhir_string(o->d, concept, "system");
        att_fhir_choice choice = { .system = "", .code = "" };

        if (!json_is_object(concept)) {
            continue;
        }
        take_coding(o, concept, own != NULL ? own : system, &choice);
        if (depth < 8) {
            take_concepts(o, json_object_get(concept, "contains"), system, depth + 1);
        }
    }
}

static void take_set(owner *o, json_t *set)
{
    json_t *compose = json_object_get(set, "compose");
    json_t *includes = json_object_get(compose, "include");

    for (size_t i = 0; i < json_array_size(includes); i++) {
        json_t *include = json_array_get(includes, i);
        const char *system = att_fhir_string(o->d, include, "system");
        json_t *concepts = json_object_get(include, "concept");

        if (json_array_size(concepts) == 0) {
            lose(o, ATT_LOSS_DROPPED, "codes that the set does not list, of",
                 system == NULL ? "other sets" : system);
        }
        take_concepts(o, concepts, system == NULL ? "" : system, 0);
    }
    if (json_object_get(compose, "exclude") != NULL) {
        lose(o, ATT_LOSS_DROPPED, "what it leaves out,", "exclude");
    }
    if (o->options->n == 0) {
        take_concepts(o, json_object_get(json_object_get(set, "expansion"), "contains"),
                      "", 0);
    }
    number_all(o);
    tell_weights(o);
}

void att_fhir_sets(att_fhir_draft *d)
{
    json_t *contained = json_object_get(d->root, "contained");
    size_t n = json_array_size(contained);
    att_middle_ids ids = { .list = att_new_n(d->arena, const char *, n + 1) };

    d->sets = att_new_n(d->arena, att_fhir_options, n + 1);
    for (size_t i = 0; i < n; i++) {
        json_t *one = json_array_get(contained, i);
        const char *type = att_fhir_string(d, one, "resourceType");
        const char *id = att_fhir_string(d, one, "id");
        att_fhir_options *set = &d->sets[d->n_sets];
        owner o = { d, NULL, set };

        if (type == NULL || strcmp(type, "ValueSet") != 0 || id == NULL) {
            att_fhir_see(d, NULL, "contained resource", type == NULL ? "" : type);
            continue;
        }
        set->link = att_arena_format(d->arena, "#%s", id);
        set->id = att_middle_id(d->arena, &ids, id, '_');
        set->row =
            att_fhir_row(d, att_arena_format(d->arena, "%s/contained/%zu", d->at, i));
        d->n_sets++;
        take_set(&o, one);
    }
}

/* ---- of an item ---- */

static att_fhir_options *find_set(const att_fhir_draft *d, const char *link)
{
    for (size_t i = 0; i < d->n_sets; i++) {
        if (strcmp(d->sets[i].link, link) == 0) {
            return &d->sets[i];
        }
    }
    return NULL;
}

static size_t count_real(const att_fhir_options *options)
{
    size_t n = 0;

    for (size_t i = 0; options != NULL && i < options->n; i++) {
        n += options->list[i].reason == ATT_REASON_NONE;
    }
    return n;
}

/* One more choice, which asks for the words. */
static void add_open(att_fhir_draft *d, att_fhir_item *item)
{
    att_fhir_options *own = att_new(d->arena, att_fhir_options);
    int next = 1;

    for (size_t i = 0; i < item->options->n; i++) {
        add(d, own, &item->options->list[i]);
    }
    while (has_number(own, next)) {
        next++;
    }
    add(d, own,
        &(att_fhir_choice){ .system = "",
                            .code = "",
                            .number = next,
                            .text = att_fhir_made_text(d, "Other", "Otra respuesta"),
                            .other =
                                att_fhir_made_text(d, "What is it?", "¿Cuál es?") });
    own->row = item->row;
    item->options = own;
    att_fhir_lose(d, item, ATT_LOSS_APPROXIMATED,
                  "other words are taken by a choice of their own, %d", next);
}

static bool is_open(const att_fhir_item *item)
{
    const char *constraint =
        json_string_value(json_object_get(item->json, "answerConstraint"));

    return strcmp(item->type, "open-choice") == 0 ||
           (constraint != NULL && strcmp(constraint, "optionsOrString") == 0);
}

void att_fhir_choices(att_fhir_draft *d, att_fhir_item *item, bool is_many)
{
    const char *link = att_fhir_string(d, item->json, "answerValueSet");
    json_t *list = json_object_get(item->json, "answerOption");
    owner o = { .d = d, .item = item };

    item->options = link == NULL ? NULL : find_set(d, link);
    if (link != NULL && item->options == NULL) {
        att_fhir_lose(d, item, ATT_LOSS_DROPPED,
                      "the choices of \"%s\", which are not in this file", link);
    }
    if (item->options == NULL) {
        item->options = o.options = att_new(d->arena, att_fhir_options);
        o.options->row = item->row;
        for (size_t i = 0; i < json_array_size(list); i++) {
            take_option(&o, json_array_get(list, i));
        }
        number_all(&o);
        tell_weights(&o);
    }
    for (size_t i = 0; i < item->options->n && !is_many; i++) {
        item->options->list[i].is_exclusive = false;
    }
    if (count_real(item->options) > 0 && is_open(item)) {
        add_open(d, item);
    }
    if (count_real(item->options) == 0) {
        item->options = NULL;
    }
}
