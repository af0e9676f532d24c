/* cmd_people.c - attune people: what a study knows about people beside their codes
 *
 * Attributes are for conditions: person.age. They never tell who somebody is, so names
 * that say so are refused. Values are looked at against what the instruments of the
 * study list, newest versions, so that a slip is found before an interview.
 */
#include "commands.h"

#include <string.h>

#include <attune/base/csv.h>
#include <attune/base/file.h>
#include <attune/base/json.h>
#include <attune/base/text.h>
#include <attune/store/instruments.h>
#include <attune/store/people.h>

#include "load.h"

#define FILE_MAX   ((size_t)16 << 20)
#define VALUE_MAX  200 /* characters */
#define CODE_MAX   100 /* characters, as attune run takes them */
#define COLUMN_MAX 100

/* What is to be set, as it grows; a place for messages when it comes from a file. */
typedef struct setting_up {
    att_call *call;
    att_store *store;
    const att_instrument **instruments; /* [n_instruments] newest version of each */
    size_t n_instruments;
    att_person_attribute *list; /* [n] */
    size_t n, room;
    size_t n_people;
} setting_up;

/* ---- what may be set ---- */

static bool tells_who(const char *name)
{
    static const char *const telling[] = {
        "name",      "first_name",    "last_name", "family_name", "full_name",
        "surname",   "email",         "e_mail",    "mail",        "phone",
        "telephone", "mobile",        "address",   "street",      "birth_date",
        "birthday",  "date_of_birth", "dob",       "mrn",         "ssn",
    };

    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        if (strcmp(telling[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_id(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

    return name[0] >= 'a' && name[0] <= 'z' && name[n] == '\0' &&
           n <= ATT_ITEM_ID_MAX && name[n - 1] != '_' && strstr(name, "__") == NULL;
}

static att_code check_name(const char *name, att_err *err)
{
    if (!is_id(name)) {
        att_fail(err, ATT_EINPUT, "\"%s\" cannot name an attribute", name);
        return att_hint(err, "use small letters and digits, with single _ between");
    }
    if (tells_who(name)) {
        att_fail(err, ATT_EINPUT, "\"%s\" tells who somebody is, and attributes do not",
                 name);
        return att_hint(err, "keep it where you keep whom each code belongs to");
    }
    return ATT_OK;
}

static att_code check_text(const char *text, size_t most, const char *what,
                           att_err *err)
{
    if (att_text_check(text, strlen(text)) != strlen(text) || !att_text_is_tame(text) ||
        strchr(text, '\n') != NULL || att_text_length(text) > most) {
        att_fail(err, ATT_EINPUT, "%s is too long, or holds what is not plain text",
                 what);
        return att_hint(err, "use at most %zu characters on one line", most);
    }
    return ATT_OK;
}

/* Against every instrument that lists the attribute. */
static att_code check_value(const setting_up *s, const char *name, const char *value,
                            att_err *err)
{
    ATT_TRY(check_text(value, VALUE_MAX, "a value", err));
    for (size_t i = 0; value[0] != '\0' && i < s->n_instruments; i++) {
        for (size_t k = 0; k < s->instruments[i]->n_attributes; k++) {
            const att_attribute *one = &s->instruments[i]->attributes[k];

            if (strcmp(one->id, name) == 0 &&
                att_attribute_read(s->call->arena, one->kind, value).kind ==
                    ATT_ANSWER_NONE) {
                att_fail(err, ATT_EINPUT, "\"%s\" is no %s, as \"%s\" wants \"%s\"",
                         value, att_attribute_type(one->kind), s->instruments[i]->id,
                         name);
                return att_hint(err, one->kind == ATT_ANSWER_DAY
                                         ? "write a day as 2026-09-14"
                                         : "write a number as 12 or 3.5");
            }
        }
    }
    return ATT_OK;
}

/* Says when nobody will ever look at an attribute. */
static void tell_unused(const setting_up *s, const char *name)
{
    const char *names[COLUMN_MAX];
    const char *nearest;
    size_t n = 0;

    for (size_t i = 0; i < s->n_instruments; i++) {
        for (size_t k = 0; k < s->instruments[i]->n_attributes; k++) {
            if (strcmp(s->instruments[i]->attributes[k].id, name) == 0) {
                return;
            }
            if (n < COLUMN_MAX) {
                names[n++] = s->instruments[i]->attributes[k].id;
            }
        }
    }
    nearest = att_text_nearest(name, names, n);
    att_tell(s->call, "no instrument of this study asks for \"%s\"%s%s%s\n", name,
             nearest == NULL ? "" : "; did you mean \"", nearest == NULL ? "" : nearest,
             nearest == NULL ? "" : "\"?");
}

static att_code read_instruments(setting_up *s, att_err *err)
{
    att_arena *arena = s->call->arena;
    att_stored_instrument *stored = NULL;
    size_t n = 0;

    ATT_TRY(att_instruments_list(arena, s->store, &stored, &n, err));
    s->instruments = att_new_n(arena, const att_instrument *, n);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && strcmp(stored[i].id, stored[i - 1].id) == 0) {
            continue;
        }
        s->instruments[s->n_instruments] =
            att_instruments_read(arena, s->store, stored[i].id, err);
        if (s->instruments[s->n_instruments++] == NULL) {
            return err->code;
        }
    }
    return ATT_OK;
}

static void add(setting_up *s, const char *person, const char *name, const char *value)
{
    if (s->n == s->room) {
        s->room = 2 * s->room + 32;
        s->list = att_memory_grow(s->list, s->room, sizeof *s->list);
    }
    s->list[s->n++] =
        (att_person_attribute){ .person = person, .name = name, .value = value };
}

static att_code check_person(const char *code, att_err *err)
{
    if (code[0] == '\0' || code[0] == ' ' || code[strlen(code) - 1] == ' ') {
        return att_fail(err, ATT_EINPUT,
                        "the code of a person is empty or has blanks at its ends");
    }
    return check_text(code, CODE_MAX, "the code of a person", err);
}

/* ---- set ---- */

static att_code read_words(setting_up *s, att_err *err)
{
    att_arena *arena = s->call->arena;
    const char *person = s->call->n_args > 1 ? s->call->args[1] : "";

    if (s->call->n_args < 3) {
        att_fail(err, ATT_EUSAGE, "\"attune people set\" wants a person and values");
        return att_hint(err, "attune people set P014 age=12");
    }
    ATT_TRY(check_person(person, err));
    for (size_t i = 2; i < s->call->n_args; i++) {
        const char *equals = strchr(s->call->args[i], '=');
        const char *name;

        if (equals == NULL) {
            att_fail(err, ATT_EUSAGE, "\"%s\" is no NAME=VALUE", s->call->args[i]);
            return att_hint(err, "attune people set %s age=12", person);
        }
        name = att_arena_text_n(arena, s->call->args[i],
                                (size_t)(equals - s->call->args[i]));
        ATT_TRY(check_name(name, err));
        ATT_TRY(check_value(s, name, equals + 1, err));
        tell_unused(s, name);
        add(s, att_text_compose(arena, person), name,
            att_text_compose(arena, equals + 1));
    }
    s->n_people = 1;
    return ATT_OK;
}

/* ---- import ---- */

typedef struct table {
    att_cells cells;
    const char *names[COLUMN_MAX]; /* [n] the first is "person" */
    size_t n;
} table;

static att_code read_heading(setting_up *s, table *t, att_err *err)
{
    do {
        att_cell cell;

        ATT_TRY(att_cells_next(&t->cells, &cell, err));
        if (t->n == COLUMN_MAX) {
            return att_fail(err, ATT_ELIMIT, "more than %d columns", COLUMN_MAX);
        }
        t->names[t->n] = att_arena_text_n(s->call->arena, cell.text, cell.n);
        for (size_t i = 1; i < t->n; i++) {
            if (strcmp(t->names[i], t->names[t->n]) == 0) {
                att_fail(err, ATT_EINPUT, "column \"%s\" stands here twice",
                         t->names[i]);
                return att_cells_at(&t->cells, cell.at, err);
            }
        }
        if (t->n == 0 && strcmp(t->names[0], "person") != 0) {
            att_fail(err, ATT_EINPUT, "the first column is \"%s\", not \"person\"",
                     t->names[0]);
            att_hint(err, "begin with a line like person,age,language");
            return att_cells_at(&t->cells, cell.at, err);
        }
        if (t->n > 0 && check_name(t->names[t->n], err) != ATT_OK) {
            return att_cells_at(&t->cells, cell.at, err);
        }
        t->n++;
    } while (!t->cells.is_row_end);
    for (size_t i = 1; i < t->n; i++) {
        tell_unused(s, t->names[i]);
    }
    return ATT_OK;
}

/* An empty cell says nothing: what was known stays. */
static att_code take_cell(setting_up *s, const table *t, size_t column,
                          const char **person, const att_cell *cell, att_err *err)
{
    const char *raw = att_arena_text_n(s->call->arena, cell->text, cell->n);
    const char *text = att_text_compose(s->call->arena, raw);

    if (column == 0) {
        *person = text;
        return check_person(text, err);
    }
    if (text[0] == '\0') {
        return ATT_OK;
    }
    ATT_TRY(check_value(s, t->names[column], text, err));
    add(s, *person, t->names[column], text);
    return ATT_OK;
}

static att_code read_row(setting_up *s, table *t, att_err *err)
{
    const char *person = "";
    size_t column = 0;

    do {
        att_cell cell;

        ATT_TRY(att_cells_next(&t->cells, &cell, err));
        if (column == 0 && cell.n == 0 && t->cells.is_row_end) {
            return ATT_OK; /* an empty line */
        }
        if (column == t->n) {
            att_fail(err, ATT_EINPUT, "this row has more cells than the first line");
            return att_cells_at(&t->cells, cell.at, err);
        }
        if (take_cell(s, t, column++, &person, &cell, err) != ATT_OK) {
            return att_cells_at(&t->cells, cell.at, err);
        }
    } while (!t->cells.is_row_end);
    s->n_people++;
    return ATT_OK;
}

static att_code read_table(setting_up *s, att_err *err)
{
    table t = { .n = 0 };
    att_bytes bytes = { 0 };
    att_code code;

    if (s->call->n_args != 2) {
        att_fail(err, ATT_EUSAGE, "\"attune people import\" wants one file");
        return att_hint(err, "attune people import people.csv");
    }
    ATT_TRY(att_file_read(s->call->arena, s->call->args[1], FILE_MAX, &bytes, err));
    code = att_cells_open(&t.cells, s->call->args[1], bytes.bytes, bytes.n, err);
    if (code == ATT_OK && !att_cells_has_more(&t.cells)) {
        code = att_fail(err, ATT_EINPUT, "\"%s\" is empty", s->call->args[1]);
    }
    if (code == ATT_OK) {
        code = read_heading(s, &t, err);
    }
    while (code == ATT_OK && att_cells_has_more(&t.cells)) {
        code = read_row(s, &t, err);
    }
    att_cells_drop(&t.cells);
    return code;
}

/* ---- what is known ---- */

static void show_text(att_buf *out, const att_person_attribute *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(list[i].person, list[i - 1].person) != 0) {
            att_buf_format(out, "%s%s", i == 0 ? "" : "\n", list[i].person);
        }
        if (list[i].name[0] != '\0') {
            att_buf_format(out, "  %s=%s", list[i].name, list[i].value);
        }
    }
    att_buf_add(out, n == 0 ? "Nobody yet.\n" : "\n");
}

static void show_json(att_buf *buf, const att_person_attribute *list, size_t n)
{
    att_json_out out = att_json_begin(buf, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-people/1");
    att_json_key(&out, "people");
    att_json_list(&out);
    for (size_t i = 0; i < n;) {
        const char *person = list[i].person;

        att_json_object(&out);
        att_json_put_string(&out, "person", person);
        att_json_key(&out, "attributes");
        att_json_list(&out);
        for (; i < n && strcmp(list[i].person, person) == 0; i++) {
            char since[ATT_STAMP_SIZE];

            if (list[i].name[0] == '\0') {
                continue;
            }
            att_stamp_write(since, list[i].since);
            att_json_object(&out);
            att_json_put_string(&out, "name", list[i].name);
            att_json_put_string(&out, "value", list[i].value);
            att_json_put_string(&out, "since", since);
            att_json_end_object(&out);
        }
        att_json_end_list(&out);
        att_json_end_object(&out);
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

static att_code show(att_call *call, att_store *store, att_err *err)
{
    att_person_attribute *list = NULL;
    size_t n = 0;

    ATT_TRY(att_people_list(call->arena, store, NULL, &list, &n, err));
    if (call->is_json) {
        show_json(call->out, list, n);
    } else {
        show_text(call->out, list, n);
    }
    return ATT_OK;
}

/* ---- the command ---- */

static att_code put(att_call *call, att_store *store, bool is_import, att_err *err)
{
    setting_up s = { .call = call, .store = store };
    att_code code = read_instruments(&s, err);

    if (code == ATT_OK) {
        code = is_import ? read_table(&s, err) : read_words(&s, err);
    }
    if (code == ATT_OK) {
        code = att_people_put(store, s.list, s.n, att_stamp_now(), err);
    }
    if (code == ATT_OK && call->is_json) {
        code = show(call, store, err);
    } else if (code == ATT_OK) {
        att_buf_format(call->out, "%zu %s set, of %zu %s.\n", s.n,
                       s.n == 1 ? "value" : "values", s.n_people,
                       s.n_people == 1 ? "person" : "people");
    }
    att_memory_free(s.list);
    return code;
}

static int run_people(att_call *call, att_err *err)
{
    const char *what = call->n_args > 0 ? call->args[0] : "";
    bool is_import = strcmp(what, "import") == 0;
    att_store *store;

    if (call->n_args > 0 && !is_import && strcmp(what, "set") != 0) {
        att_fail(err, ATT_EUSAGE, "\"attune people\" has no \"%s\"", what);
        att_hint(err, "there are: set, import; alone it lists");
        return att_code_exit_status(err->code);
    }
    store =
        att_load_store(call, call->n_args == 0 ? ATT_OPEN_READ : ATT_OPEN_WRITE, err);
    if (store == NULL) {
        return att_code_exit_status(err->code);
    }
    if (call->n_args == 0) {
        show(call, store, err);
    } else {
        put(call, store, is_import, err);
    }
    att_store_close(store);
    return att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_people = {
    .name = "people",
    .group = ATT_GROUP_KEEP,
    .about = "Keeps what conditions may know about people: age, since when here.",
    .examples = "  attune people                          who there is\n"
                "  attune people set P014 age=12 helper=  an empty value takes away\n"
                "  attune people import people.csv        person,age,... in line 1\n",
    .usage = "[set CODE NAME=VALUE... | import FILE] [options]",
    .options = options,
    .max_args = 102,
    .is_json = true,
    .run = run_people,
};
