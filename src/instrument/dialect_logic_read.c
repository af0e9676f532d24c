/* Conditions and calculations of other programs in our words.
 *
 * There a blank is a value like others: it equals '', and differs from everything else.
 * Here it makes a comparison unknown. So a condition has three forms: `full` is true
 * exactly where theirs is; `plain`, the shorter, where moreover all it names are
 * answered; `firm` is never unknown, for the places where they go on with "else". */
#include "dialect_logic.h"

#include <stdlib.h>
#include <string.h>

#include <attune/base/number.h>

#include "dialect_logic_said.h"

const att_tongue att_tongue_redcap = { "[", "]", false };
const att_tongue att_tongue_xpath = { "${", "}", true };

att_said att_said_cannot(att_speaker *s, const char *why)
{
    if (s->why == NULL) {
        s->why = why;
    }
    return (att_said){ .sort = ATT_SAID_NOTHING };
}

void att_said_near(att_speaker *s, const char *what)
{
    if (s->near == NULL) {
        s->near = what;
    }
}

bool att_said_is_nothing(const att_said *x)
{
    return x->sort == ATT_SAID_NOTHING;
}

/* What may have grown too long is given up. */
att_said att_said_whole(att_speaker *s, att_said x)
{
    if (x.full == NULL || strlen(x.full) > ATT_LOGIC_BYTES_MAX ||
        (x.plain != NULL && strlen(x.plain) > ATT_LOGIC_BYTES_MAX) ||
        (x.firm != NULL && strlen(x.firm) > ATT_LOGIC_BYTES_MAX)) {
        return att_said_cannot(s, "it would be too long here");
    }
    return x;
}

att_said att_said_value(att_speaker *s, att_said_sort kind, const char *text)
{
    return att_said_whole(s, (att_said){ .sort = kind, .full = text });
}

att_said att_said_truth(att_speaker *s, const char *full, const char *plain,
                        const char *firm)
{
    return att_said_whole(
        s, (att_said){
               .sort = ATT_SAID_TRUTH, .full = full, .plain = plain, .firm = firm });
}

void att_said_add_known(att_said *x, const att_said *from)
{
    x->is_loose = x->is_loose || from->is_loose;
    for (size_t i = 0; i < from->n_known; i++) {
        if (x->n_known == ATT_SAID_KNOWN_MAX) {
            x->is_loose = true;
            return;
        }
        x->known[x->n_known++] = from->known[i];
    }
}

/* ---- fields ---- */

static int compare_names(const void *a, const void *b)
{
    const char *name = a;
    const att_logic_field *field = b;

    return strcmp(name, field->name);
}

const att_logic_field *att_logic_find(const att_logic_fields *fields, const char *name)
{
    return fields->n == 0 ? NULL
                          : bsearch(name, fields->list, fields->n, sizeof *fields->list,
                                    compare_names);
}

static const char *trimmed(att_speaker *s, const char *text)
{
    size_t n;

    text += strspn(text, " \t\r\n");
    n = strlen(text);
    while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL) {
        n--;
    }
    return att_arena_text_n(s->arena, text, n);
}

const char *att_said_name(att_speaker *s, const char *before, const char *name,
                          const char *after)
{
    return att_arena_format(s->arena, "%s%s%s%s%s", before, s->fields->tongue->open,
                            name, s->fields->tongue->close, after);
}

/* The one bracket that names a field; those around it only where they change nothing. */
static const char *own_group(att_speaker *s, const att_term *node)
{
    size_t n = node->n_groups;
    size_t first = 0;
    const char *last = trimmed(s, node->groups[n - 1]);

    if (n > 1 && strcmp(last, "current-instance") == 0) {
        n--;
    } else if (n > 1 && (strspn(last, "0123456789") == strlen(last) ||
                         strstr(last, "-instance") != NULL)) {
        att_said_cannot(s, att_said_name(s, "", last, " is another instance"));
        return NULL;
    }
    if (n > 1 && strcmp(trimmed(s, node->groups[0]), "event-name") == 0) {
        first++;
    } else if (n > 1) {
        att_said_cannot(s, att_said_name(s, "", node->groups[0], " is another event"));
        return NULL;
    }
    return trimmed(s, node->groups[first]);
}

/* A name, or "." where that means the answer itself. */
static const att_logic_field *resolve_xpath(att_speaker *s, const char *name)
{
    const att_logic_field *own = s->fields->own;
    bool is_own =
        strcmp(name, ".") == 0 || (own != NULL && strcmp(name, own->name) == 0);
    const att_logic_field *field = is_own ? own : att_logic_find(s->fields, name);

    if (field == NULL && strcmp(name, ".") == 0) {
        att_said_cannot(s, "\".\" has no meaning here");
    } else if (field == NULL) {
        att_said_cannot(s, att_said_name(s, "", name, " is no question of this form"));
    } else if (field->sort == ATT_LOGIC_NONE || field->sort == ATT_LOGIC_ROSTER) {
        att_said_cannot(s, att_said_name(s, "", name, " is no item here"));
        return NULL;
    }
    return field;
}

/* "code(3)", "code:value" to the field and "3". */
const att_logic_field *att_said_resolve(att_speaker *s, const att_term *node,
                                        const char **option)
{
    const char *group = own_group(s, node);
    const att_logic_field *field;
    char *name;
    size_t n;

    *option = NULL;
    if (group == NULL) {
        return NULL;
    }
    if (s->fields->tongue->is_xpath) {
        return resolve_xpath(s, group);
    }
    n = strcspn(group, "(:");
    name = att_arena_text_n(s->arena, group, n);
    for (char *c = name; *c != '\0'; c++) {
        if (*c >= 'A' && *c <= 'Z') {
            *c = (char)(*c - 'A' + 'a');
        }
    }
    if (group[n] == '(') {
        *option = trimmed(
            s, att_arena_text_n(s->arena, group + n + 1, strcspn(group + n + 1, ")")));
    } else if (group[n] == ':' && strcmp(group + n, ":value") != 0) {
        att_said_cannot(s, att_said_name(s, "", group, " is no plain value"));
        return NULL;
    }
    field = att_logic_find(s->fields, trimmed(s, name));
    if (field == NULL || field->sort == ATT_LOGIC_NONE) {
        att_said_cannot(s,
                        strchr(group, '-') != NULL && *option == NULL
                            ? att_said_name(s, "", group, " is a smart variable")
                        : field == NULL
                            ? att_said_name(s, "", group, " is no field of this form")
                            : att_said_name(s, "", group, " is no item here"));
        return NULL;
    }
    return field;
}

const att_logic_code *att_said_code(const att_logic_field *field, const char *text)
{
    for (size_t i = 0; i < field->n_codes; i++) {
        if (strcmp(field->codes[i].text, text) == 0) {
            return &field->codes[i];
        }
    }
    return NULL;
}

att_said att_said_mark(att_speaker *s, const att_logic_field *field, const char *option)
{
    const att_logic_code *code = att_said_code(field, option);
    att_said x = { .sort = ATT_SAID_MARK, .field = field };

    if (code == NULL || code->reason != ATT_REASON_NONE) {
        return att_said_cannot(
            s, att_said_name(
                   s, "", field->name,
                   att_arena_format(s->arena, " has no choice \"%s\" here", option)));
    }
    att_said_near(s,
                  s->fields->tongue->is_xpath
                      ? "a question without a mark and one without an answer are the "
                        "same there"
                      : "a checkbox without a mark and one without an answer are the "
                        "same there");
    x.full = att_arena_format(s->arena, "selected(%s, %d)", field->id, code->code);
    x.id = field->id;
    return x;
}

static att_said say_marks(att_speaker *s, const att_logic_field *field,
                          const char *option)
{
    if (option != NULL) {
        return att_said_mark(s, field, option);
    }
    if (!s->fields->tongue->is_xpath) {
        return att_said_cannot(s,
                               att_said_name(s, "", field->name, " has many values"));
    }
    return (att_said){ .sort = ATT_SAID_MARKS, .field = field, .full = field->id };
}

static att_said say_answer(att_speaker *s, const att_logic_field *field,
                           const char *option)
{
    att_said x = { .sort = ATT_SAID_NUMBER, .field = field };

    if (field->sort == ATT_LOGIC_MARKS) {
        return say_marks(s, field, option);
    }
    if (option != NULL) {
        return att_said_cannot(s, att_said_name(s, "", field->name, " is no checkbox"));
    }
    x.sort = field->sort == ATT_LOGIC_TEXT  ? ATT_SAID_TEXT
             : field->sort == ATT_LOGIC_DAY ? ATT_SAID_DAY
                                            : ATT_SAID_NUMBER;
    x.full = field->id;
    if (field == s->fields->own) {
        x.is_sure = true; /* an answer that is judged is there */
        return x;
    }
    x.known[0] = field->id;
    x.n_known = 1;
    return x;
}

static att_said say_field(att_speaker *s, const att_term *node)
{
    const char *option = NULL;
    const att_logic_field *field = att_said_resolve(s, node, &option);

    if (field == NULL) {
        return (att_said){ .sort = ATT_SAID_NOTHING };
    }
    return say_answer(s, field, option);
}

/* indexed-repeat(${often}, ${ties}, 2): the answer about one entry. */
att_said att_say_entry(att_speaker *s, const att_term *node)
{
    const att_logic_field *field = NULL;
    const att_logic_field *roster = NULL;
    const char *option = NULL;
    att_logic_field *entry;

    if (node->n_kids == 3 && node->kids[1]->kind == ATT_TERM_FIELD) {
        roster = att_logic_find(s->fields, trimmed(s, node->kids[1]->groups[0]));
    }
    if (roster == NULL || roster->sort != ATT_LOGIC_ROSTER ||
        node->kids[0]->kind != ATT_TERM_FIELD ||
        node->kids[2]->kind != ATT_TERM_NUMBER ||
        strspn(node->kids[2]->text, "0123456789") != strlen(node->kids[2]->text)) {
        return att_said_cannot(s, "indexed-repeat() cannot be said here");
    }
    field = att_said_resolve(s, node->kids[0], &option);
    if (field == NULL) {
        return (att_said){ .sort = ATT_SAID_NOTHING };
    }
    entry = att_new(s->arena, att_logic_field);
    *entry = *field;
    entry->id = att_arena_format(s->arena, "%s_%s", field->id, node->kids[2]->text);
    return say_answer(s, entry, NULL);
}

/* ---- literals ---- */

const char *att_said_number(att_speaker *s, const char *text)
{
    att_buf buf = { 0 };
    double x = 0;
    char *copy;

    if (!att_number_read(text, strlen(text), &x)) {
        return NULL;
    }
    att_number_write(&buf, x);
    copy = att_buf_copy(s->arena, &buf);
    att_buf_drop(&buf);
    return strpbrk(copy, "eE") == NULL ? copy : NULL;
}

const char *att_said_text(att_speaker *s, const char *text)
{
    att_buf buf = { 0 };
    char *copy;

    att_buf_char(&buf, '\'');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\'') {
            att_buf_char(&buf, '\'');
        }
        att_buf_char(&buf, *p);
    }
    att_buf_char(&buf, '\'');
    copy = att_buf_copy(s->arena, &buf);
    att_buf_drop(&buf);
    return copy;
}

static att_said say_literal(att_speaker *s, const att_term *node)
{
    att_said x = {
        .sort = ATT_SAID_TEXT, .full = node->text, .is_literal = true, .is_sure = true
    };

    if (node->kind == ATT_TERM_NUMBER) {
        x.sort = ATT_SAID_NUMBER;
        x.full = att_said_number(s, node->text);
        return x.full == NULL ? att_said_cannot(s, "a number is too large or small")
                              : x;
    }
    if (node->text[0] == '\0') {
        x.sort = ATT_SAID_BLANK;
        x.full = "''";
    }
    return x; /* a text as it is: what it means is said by what it is compared with */
}

/* ---- all of them ---- */

static att_said say(att_speaker *s, const att_term *node)
{
    switch (node->kind) {
    case ATT_TERM_NUMBER:
    case ATT_TERM_TEXT: return say_literal(s, node);
    case ATT_TERM_FIELD: return say_field(s, node);
    case ATT_TERM_CALL: return att_say_call(s, node);
    case ATT_TERM_NEGATE: return att_say_negative(s, node);
    case ATT_TERM_POWER: return att_say_power(s, node);
    case ATT_TERM_PRODUCT:
    case ATT_TERM_SUM: return att_say_chain(s, node);
    case ATT_TERM_COMPARE: return att_say_compare(s, node);
    case ATT_TERM_AND: return att_say_and(s, node);
    case ATT_TERM_OR: return att_say_or(s, node);
    }
    return att_said_cannot(s, "it cannot be read");
}

/* A condition that is counted with is 1 or 0. */
att_said att_say_value(att_speaker *s, const att_term *node)
{
    att_said x = say(s, node);

    if (x.sort == ATT_SAID_TRUTH) {
        x = att_said_value(s, ATT_SAID_NUMBER,
                           att_arena_format(s->arena, "count(%s)", x.full));
        x.is_sure = true;
    }
    return x;
}

att_said att_say_truth(att_speaker *s, const att_term *node)
{
    att_said x = say(s, node);

    if (x.sort == ATT_SAID_MARK) {
        att_said one = { .sort = ATT_SAID_NUMBER, .full = "1", .is_literal = true };

        return att_said_marked(s, &x, &one, '=');
    }
    return att_said_is_nothing(&x) || x.sort == ATT_SAID_TRUTH
               ? x
               : att_said_cannot(s, "a value stands where a condition is wanted");
}

static att_said say_root(att_speaker *s, const att_term *root,
                         att_logic_purpose purpose)
{
    bool is_value = purpose == ATT_LOGIC_FOR_VALUE || purpose == ATT_LOGIC_FOR_DAY;
    att_said x = is_value ? att_say_value(s, root) : att_say_truth(s, root);

    if (x.sort == ATT_SAID_MARK) {
        return att_said_count_mark(s, &x);
    }
    if (purpose == ATT_LOGIC_FOR_VALUE && !att_said_is_nothing(&x) &&
        x.sort != ATT_SAID_NUMBER) {
        return att_said_cannot(s, "it gives no number");
    }
    if (purpose == ATT_LOGIC_FOR_DAY && x.sort == ATT_SAID_TEXT && x.is_literal) {
        return att_said_day(s, x.full);
    }
    if (purpose == ATT_LOGIC_FOR_DAY && x.sort != ATT_SAID_DAY) {
        return att_said_cannot(s, "it gives no day");
    }
    return x;
}

att_logic att_logic_of(att_arena *arena, const att_logic_fields *fields,
                       const att_term *root, att_logic_purpose purpose)
{
    att_arena scratch = { 0 };
    att_speaker s = { .arena = &scratch, .fields = fields };
    att_said x = say_root(&s, root, purpose);
    att_logic out = { .text = NULL, .why = "", .near = "" };

    if (att_said_is_nothing(&x)) {
        out.why =
            s.why == NULL ? "it cannot be said here" : att_arena_text(arena, s.why);
    } else {
        out.text =
            att_arena_text(arena, purpose == ATT_LOGIC_FOR_CHECK ? x.firm : x.full);
        out.near = s.near == NULL ? "" : att_arena_text(arena, s.near);
    }
    att_arena_drop(&scratch);
    return out;
}

att_logic att_logic_read(att_arena *arena, const att_logic_fields *fields,
                         const char *text, bool is_value)
{
    att_arena scratch = { 0 };
    const char *why = "";
    const att_term *root = att_term_make(&scratch, fields->tongue, text, &why);
    att_logic out = { .text = NULL, .why = "", .near = "" };

    if (root == NULL) {
        out.why = att_arena_text(arena, why);
    } else {
        out = att_logic_of(arena, fields, root,
                           is_value ? ATT_LOGIC_FOR_VALUE : ATT_LOGIC_FOR_CONDITION);
    }
    att_arena_drop(&scratch);
    return out;
}
