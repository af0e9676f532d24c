/* sheet_text.c - the words of a sheet: variants, piping, answers in words */
#include <attune/instrument/sheet.h>

#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/base/text.h>
#include <attune/instrument/roster.h>

#define PIPE_DEPTH 8    /* tokens whose text has tokens */
#define PIPE_NAMES 1000 /* names in one text, those within tokens included */

/* How much piping one text may still cause. */
typedef struct budget {
    int depth, names;
    const att_item *owner; /* of the text, or NULL */
} budget;

static void pipe_text(att_buf *out, const att_sheet *sheet, const char *text,
                      const att_answer *own, budget *left);

static bool holds(const att_sheet *sheet, const att_expr *when)
{
    att_arena scratch = { 0 };
    att_scope scope = att_sheet_scope(sheet);
    bool is_true = true;

    if (when != NULL) {
        att_value value = att_expr_eval(&scratch, when, &scope, NULL);
        is_true = att_value_truth(&value) == 1;
    }
    att_arena_drop(&scratch);
    return is_true;
}

static const char *reason_words(const att_sheet *sheet, const att_item *item,
                                att_reason reason)
{
    const att_instrument *instrument = sheet->instrument;

    for (size_t i = 0; item->choices != NULL && i < item->choices->n; i++) {
        if (item->choices->list[i].reason == reason) {
            return att_wording_in(instrument, &item->choices->list[i].text,
                                  sheet->language);
        }
    }
    return att_wording_in(instrument, &instrument->reason_text[reason],
                          sheet->language);
}

static void add_choice(att_buf *out, const att_sheet *sheet, const att_offer *offer,
                       double code, budget *left)
{
    for (size_t i = 0; i < offer->n_choices; i++) {
        if ((double)offer->choices[i].code == code) {
            pipe_text(out, sheet,
                      att_wording_in(sheet->instrument, &offer->choices[i].text,
                                     sheet->language),
                      NULL, left);
            return;
        }
    }
    att_number_write(out, code);
}

/* The item whose set words the codes of an item, through items that pass them on. */
static att_offer all_choices(att_arena *arena, const att_sheet *sheet, size_t item)
{
    const att_instrument *instrument = sheet->instrument;

    while (instrument->items[item].from == ATT_FROM_ITEM) {
        item = instrument->items[item].from_item;
    }
    return att_sheet_offer(arena, sheet, item);
}

static void say(att_buf *out, const att_sheet *sheet, size_t item,
                const att_answer *answer, budget *left)
{
    const att_item *one = &sheet->instrument->items[item];
    att_arena scratch = { 0 };
    att_offer offer = { 0 };
    char day[ATT_DAY_SIZE];
    bool is_coded = one->kind->shape == ATT_SHAPE_PICK_ONE ||
                    one->kind->shape == ATT_SHAPE_CONSENT ||
                    one->kind->shape == ATT_SHAPE_PICK_MANY ||
                    one->kind->shape == ATT_SHAPE_RANK;

    if (is_coded) {
        offer = all_choices(&scratch, sheet, item);
    }
    switch (answer->kind) {
    case ATT_ANSWER_NONE: break;
    case ATT_ANSWER_REASON:
        pipe_text(out, sheet, reason_words(sheet, one, answer->reason), NULL, left);
        break;
    case ATT_ANSWER_NUMBER:
        if (is_coded) {
            add_choice(out, sheet, &offer, answer->number, left);
        } else {
            att_number_write(out, answer->number);
        }
        break;
    case ATT_ANSWER_CODES:
    case ATT_ANSWER_RANKS:
        for (size_t i = 0; i < answer->n_codes; i++) {
            att_buf_add(out, i == 0 ? "" : ", ");
            add_choice(out, sheet, &offer, answer->codes[i], left);
        }
        break;
    case ATT_ANSWER_TEXT: att_buf_add(out, answer->text); break;
    case ATT_ANSWER_DAY:
        att_day_write(day, answer->day);
        att_buf_add(out, day);
        break;
    }
    att_arena_drop(&scratch);
}

/* As it is stored: codes, not their words. */
static void add_plain(att_buf *out, const att_answer *answer)
{
    char day[ATT_DAY_SIZE];

    switch (answer->kind) {
    case ATT_ANSWER_NONE:
    case ATT_ANSWER_REASON: break;
    case ATT_ANSWER_NUMBER: att_number_write(out, answer->number); break;
    case ATT_ANSWER_CODES:
    case ATT_ANSWER_RANKS:
        for (size_t i = 0; i < answer->n_codes; i++) {
            att_buf_format(out, i == 0 ? "%d" : ", %d", answer->codes[i]);
        }
        break;
    case ATT_ANSWER_TEXT: att_buf_add(out, answer->text); break;
    case ATT_ANSWER_DAY:
        att_day_write(day, answer->day);
        att_buf_add(out, day);
        break;
    }
}

static bool has_words(const att_answer *answer)
{
    return answer->kind != ATT_ANSWER_NONE && answer->kind != ATT_ANSWER_REASON &&
           !(answer->kind == ATT_ANSWER_TEXT && answer->text[0] == '\0') &&
           !((answer->kind == ATT_ANSWER_CODES || answer->kind == ATT_ANSWER_RANKS) &&
             answer->n_codes == 0);
}

static const char *setting_text(const att_sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->context.n_settings; i++) {
        const att_setting *setting = &sheet->context.settings[i];
        if (strcmp(setting->name, name) == 0) {
            return setting->text == NULL ? "" : setting->text;
        }
    }
    return "";
}

static void add_token(att_buf *out, const att_sheet *sheet, const att_token *token,
                      budget *left)
{
    if (token->item != ATT_NONE) {
        att_answer answer = att_sheet_get(sheet, token->item, false);
        if (has_words(&answer)) {
            say(out, sheet, token->item, &answer, left);
            return;
        }
    }
    if (token->setting != NULL && token->setting[0] != '\0') {
        const char *text = setting_text(sheet, token->setting);
        if (text[0] != '\0') {
            att_buf_add(out, text);
            return;
        }
    }
    for (size_t i = 0; i < token->n_otherwise; i++) {
        if (holds(sheet, token->otherwise[i].when)) {
            pipe_text(out, sheet,
                      att_wording_in(sheet->instrument, &token->otherwise[i].text,
                                     sheet->language),
                      NULL, left);
            return;
        }
    }
}

static bool add_word(att_buf *out, const att_sheet *sheet, const char *name)
{
    const att_context *context = &sheet->context;
    const struct {
        const char *name, *text;
    } words[] = {
        { "role", context->role },         { "site", context->site },
        { "wave", context->wave },         { "person", context->person },
        { "language", context->language }, { "mode", att_asking_name(context->mode) },
    };
    char day[ATT_DAY_SIZE];

    if (strcmp(name, "today") == 0) {
        att_day_write(day, context->today);
        att_buf_add(out, day);
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].name, name) == 0) {
            att_buf_add(out, words[i].text == NULL ? "" : words[i].text);
            return true;
        }
    }
    return false;
}

/* "person.age", as the study keeps it; nothing where it is not known. */
static bool add_attribute(att_buf *out, const att_sheet *sheet, const char *name)
{
    const att_instrument *instrument = sheet->instrument;
    const att_answer *answer;

    if (strncmp(name, "person.", 7) != 0) {
        return false;
    }
    for (size_t i = 0; i < instrument->n_attributes; i++) {
        if (strcmp(instrument->attributes[i].id, name + 7) == 0) {
            answer = att_known_find(sheet->context.known, sheet->context.n_known, "",
                                    name + 7);
            if (answer != NULL) {
                add_plain(out, answer);
            }
            return true;
        }
    }
    return false;
}

/* ---- within a roster ---- */

char *att_sheet_entry(att_arena *arena, const att_sheet *sheet,
                      const att_roster *roster, size_t entry)
{
    att_answer name = { 0 };

    if (roster->names != NULL) {
        name = att_sheet_get(sheet, roster->names[entry - 1], false);
    }
    return name.kind == ATT_ANSWER_TEXT && name.text[0] != '\0'
               ? att_arena_text(arena, name.text)
               : att_arena_format(arena, "%zu", entry);
}

static bool add_alter(att_buf *out, const att_sheet *sheet, const char *name,
                      const att_item *owner)
{
    bool is_pair = owner->partner > 0;
    att_arena scratch = { 0 };
    size_t entry = 0;

    if (strcmp(name, is_pair ? "alter_i" : "alter") == 0) {
        entry = owner->entry;
    } else if (is_pair && strcmp(name, "alter_j") == 0) {
        entry = owner->partner;
    }
    if (entry > 0) {
        att_buf_add(out, att_sheet_entry(&scratch, sheet, owner->roster, entry));
    }
    att_arena_drop(&scratch);
    return entry > 0;
}

/* What stands between braces. False when it names nothing. */
static bool add_named(att_buf *out, const att_sheet *sheet, const char *name,
                      bool is_label, budget *left)
{
    const att_instrument *instrument = sheet->instrument;
    const att_item *owner = left->owner;
    size_t item = ATT_NONE;

    if (owner != NULL && owner->roster != NULL && owner->entry > 0) {
        if (add_alter(out, sheet, name, owner)) {
            return true;
        }
        item = att_roster_meant(instrument, owner, name);
    }
    for (size_t i = 0; item == ATT_NONE && i < instrument->n_tokens; i++) {
        if (strcmp(instrument->tokens[i].id, name) == 0) {
            add_token(out, sheet, &instrument->tokens[i], left);
            return true;
        }
    }
    if (item == ATT_NONE) {
        item = att_instrument_item(instrument, name);
    }
    if (item != ATT_NONE) {
        att_answer answer = att_sheet_get(sheet, item, false);
        if (is_label) {
            say(out, sheet, item, &answer, left);
        } else {
            add_plain(out, &answer);
        }
        return true;
    }
    return add_word(out, sheet, name) || add_attribute(out, sheet, name);
}

/* One piped name of n bytes at p, between braces. False when it names nothing. */
static bool pipe_name(att_buf *out, const att_sheet *sheet, const char *inside,
                      size_t n, budget *left)
{
    att_arena scratch = { 0 };
    att_buf value = { 0 };
    char *name = att_arena_text_n(&scratch, inside, n);
    char *colon = strchr(name, ':');
    bool is_label = colon != NULL && strcmp(colon, ":label") == 0;
    bool is_raised = name[0] >= 'A' && name[0] <= 'Z';
    bool is_known = false;

    if (is_label) {
        *colon = '\0';
    }
    if (is_raised) {
        name[0] = (char)(name[0] - 'A' + 'a');
    }
    if (left->depth < PIPE_DEPTH && left->names > 0) {
        left->depth++;
        left->names--;
        is_known = add_named(&value, sheet, name, is_label, left);
        left->depth--;
    }
    if (is_known) {
        const char *text = att_buf_text(&value);
        att_buf_add(out, is_raised ? att_text_raise(&scratch, text) : text);
    }
    att_buf_drop(&value);
    att_arena_drop(&scratch);
    return is_known;
}

static void pipe_text(att_buf *out, const att_sheet *sheet, const char *text,
                      const att_answer *own, budget *left)
{
    const char *p = text;

    while (*p != '\0') {
        size_t plain = strcspn(p, "{");
        size_t n;
        att_buf_add_n(out, p, plain);
        p += plain;
        if (*p == '\0') {
            break;
        }
        if (p[1] == '{') {
            att_buf_char(out, '{');
            p += 2;
            continue;
        }
        n = strcspn(p + 1, "{}");
        if (p[n + 1] != '}') {
            att_buf_char(out, *p++);
        } else if (n == 1 && p[1] == '.' && own != NULL) {
            add_plain(out, own);
            p += 3;
        } else if (pipe_name(out, sheet, p + 1, n, left)) {
            p += n + 2;
        } else {
            att_buf_add_n(out, p, n + 2);
            p += n + 2;
        }
    }
}

static char *piped(att_arena *arena, const att_sheet *sheet, const char *text,
                   const att_item *owner, const att_answer *own)
{
    budget left = { 0, PIPE_NAMES, owner };
    att_buf out = { 0 };
    char *copy;

    pipe_text(&out, sheet, text, own, &left);
    copy = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return copy;
}

char *att_sheet_pipe_for(att_arena *arena, const att_sheet *sheet, size_t item,
                         const att_wording *wording, const att_answer *own)
{
    return piped(arena, sheet,
                 att_wording_in(sheet->instrument, wording, sheet->language),
                 item == ATT_NONE ? NULL : &sheet->instrument->items[item], own);
}

char *att_sheet_pipe(att_arena *arena, const att_sheet *sheet,
                     const att_wording *wording, const att_answer *own)
{
    return att_sheet_pipe_for(arena, sheet, ATT_NONE, wording, own);
}

static const att_wording *variant_of(const att_sheet *sheet, size_t item)
{
    const att_instrument *instrument = sheet->instrument;

    for (size_t i = 0; i < instrument->n_variants; i++) {
        const att_variant *variant = &instrument->variants[i];
        for (size_t j = 0; j < variant->n_items; j++) {
            if (variant->items[j] == item && holds(sheet, variant->when)) {
                return &variant->texts[j];
            }
        }
    }
    return &instrument->items[item].text;
}

char *att_sheet_text(att_arena *arena, const att_sheet *sheet, size_t item)
{
    return att_sheet_pipe_for(arena, sheet, item, variant_of(sheet, item), NULL);
}

char *att_sheet_say(att_arena *arena, const att_sheet *sheet, size_t item,
                    const att_answer *answer)
{
    budget left = { 0, PIPE_NAMES, &sheet->instrument->items[item] };
    att_buf out = { 0 };
    char *copy;

    say(&out, sheet, item, answer, &left);
    copy = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return copy;
}
