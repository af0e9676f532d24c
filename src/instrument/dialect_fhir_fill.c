/* One item of a Questionnaire as ours: its kind, its limits, the words beside it. */
#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/instrument/kind.h>

#include "dialect_fhir_draft.h"

#define LEAST_NUMBER  -3 /* the codes of missing answers end at -4 */
#define LENGTH_MOST   100000
#define DECIMALS_MOST 15

#define NEAR(...) att_fhir_lose(d, item, ATT_LOSS_APPROXIMATED, __VA_ARGS__)
#define GONE(...) att_fhir_lose(d, item, ATT_LOSS_DROPPED, __VA_ARGS__)

static bool is(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

static bool is_true(json_t *from, const char *key)
{
    return json_is_true(json_object_get(from, key));
}

/* The code of the item's control, or "". */
static const char *control_of(json_t *json)
{
    json_t *value = att_fhir_value(json, ATT_FHIR_CONTROL);
    json_t *coding = json_array_get(json_object_get(value, "coding"), 0);
    const char *code = json_string_value(json_object_get(coding, "code"));

    return code == NULL ? "" : code;
}

/* ---- limits ---- */

static const char *number_text(att_fhir_draft *d, double x)
{
    att_buf buf = { 0 };
    char *text;

    att_number_write(&buf, x);
    text = att_buf_copy(d->arena, &buf);
    att_buf_drop(&buf);
    return text;
}

/* A limit that is a number, also of a Quantity; false when there is none. */
static bool limit_of(att_fhir_draft *d, att_fhir_item *item, const char *url, double *x)
{
    json_t *value = att_fhir_value(item->json, url);

    if (json_is_object(value)) {
        value = json_object_get(value, "value");
    }
    if (value != NULL && !json_is_number(value)) {
        GONE("a limit that is no number");
    }
    *x = json_number_value(value);
    return json_is_number(value) && isfinite(*x);
}

/* Numbers here keep away from the codes of missing answers. */
static void fill_range(att_fhir_draft *d, att_fhir_item *item, bool is_slider)
{
    double low = 0, high = 0;
    bool has_low = limit_of(d, item, ATT_FHIR_MIN, &low);
    bool has_high = limit_of(d, item, ATT_FHIR_MAX, &high);

    if (has_low && has_high && low > high) {
        GONE("the limits %g and %g leave nothing", low, high);
        has_low = has_high = false;
    }
    if (!is_slider && !(has_high && high < -10) && !(has_low && low > -4)) {
        if (has_high && high < LEAST_NUMBER) {
            GONE("the limits hold only codes of missing answers");
            has_high = false;
        }
        NEAR("numbers under %d are codes of missing answers here; %d is the least",
             LEAST_NUMBER, LEAST_NUMBER);
        low = LEAST_NUMBER;
        has_low = true;
    }
    item->min = has_low ? number_text(d, low) : NULL;
    item->max = has_high ? number_text(d, high) : NULL;
}

/* A limit of days as our expression, in quotes. */
static const char *day_of(att_fhir_draft *d, att_fhir_item *item, const char *url)
{
    json_t *extension = att_fhir_extension(item->json, url);
    const char *key = json_object_get(extension, "_valueDate") != NULL ? "_valueDate"
                      : json_object_get(extension, "_valueDateTime") != NULL
                          ? "_valueDateTime"
                          : NULL;
    json_t *worked_out = key == NULL ? NULL
                                     : att_fhir_value(json_object_get(extension, key),
                                                      ATT_FHIR_WORKED_OUT);
    const char *path = json_string_value(json_object_get(worked_out, "expression"));
    const char *text = json_string_value(att_fhir_value(item->json, url));
    att_day day = 0;

    if (path != NULL && is(path, "today()")) {
        return "\"today\"";
    }
    if (path != NULL) {
        GONE("the limit that is worked out as \"%.80s\"", path);
    }
    if (text == NULL) {
        return NULL;
    }
    if (strlen(text) < 10 || !att_day_read(text, 10, &day)) {
        GONE("the limit \"%.40s\" is no day", text);
        return NULL;
    }
    if (text[10] != '\0') {
        NEAR("the limit \"%.40s\" is taken by its day", text);
    }
    return att_arena_format(d->arena, "\"date('%.10s')\"", text);
}

static void fill_days(att_fhir_draft *d, att_fhir_item *item)
{
    item->min = day_of(d, item, ATT_FHIR_MIN);
    item->max = day_of(d, item, ATT_FHIR_MAX);
    if (item->min != NULL && item->max != NULL && item->min[1] == 'd' &&
        item->max[1] == 'd' && strcmp(item->min, item->max) > 0) {
        GONE("the limits leave no day");
        item->min = item->max = NULL;
    }
}

static const char *clock_of(att_fhir_draft *d, att_fhir_item *item, const char *url)
{
    const char *text = json_string_value(att_fhir_value(item->json, url));
    char *cut = text == NULL ? NULL : att_arena_format(d->arena, "%.5s", text);

    if (text == NULL) {
        return NULL;
    }
    if (att_clock_read(cut, NULL) < 0 || strlen(cut) != 5) {
        GONE("the limit \"%.40s\" is no time", text);
        return NULL;
    }
    if (strlen(text) > 5 && !is(text + 5, ":00")) {
        NEAR("the limit \"%.40s\" is taken by its minute", text);
    }
    return att_arena_format(d->arena, "\"%s\"", cut);
}

static void fill_times(att_fhir_draft *d, att_fhir_item *item)
{
    item->min = clock_of(d, item, ATT_FHIR_MIN);
    item->max = clock_of(d, item, ATT_FHIR_MAX);
    if (item->min != NULL && item->max != NULL && strcmp(item->min, item->max) > 0) {
        GONE("the limits leave no time");
        item->min = item->max = NULL;
    }
}

/* ---- texts ---- */

static void add_check(att_fhir_draft *d, att_fhir_item *item, const char *check)
{
    item->check = item->check == NULL
                      ? check
                      : att_arena_format(d->arena, "%s and %s", item->check, check);
}

/* A pattern of ours always means the whole: ^ and $ around it say nothing. */
static void fill_pattern(att_fhir_draft *d, att_fhir_item *item)
{
    const char *text = json_string_value(att_fhir_value(item->json, ATT_FHIR_REGEX));
    size_t n = text == NULL ? 0 : strlen(text);
    att_buf buf = { 0 };

    if (n == 0 || n > 1000) {
        return;
    }
    if (text[0] == '^') {
        text++;
        n--;
    }
    if (n > 0 && text[n - 1] == '$' && (n < 2 || text[n - 2] != '\\')) {
        n--;
    }
    for (size_t i = 0; i < n; i++) {
        att_buf_add_n(&buf, "''", text[i] == '\'' ? 2 : 0);
        if (text[i] != '\'') {
            att_buf_char(&buf, text[i]);
        }
    }
    add_check(d, item,
              att_arena_format(d->arena, "matches(., '%s')", att_buf_text(&buf)));
    att_buf_drop(&buf);
}

static void fill_text(att_fhir_draft *d, att_fhir_item *item)
{
    json_t *most = json_object_get(item->json, "maxLength");
    json_t *least = att_fhir_value(item->json, ATT_FHIR_MIN_LENGTH);

    item->kind = "text";
    item->sort = ATT_FHIR_TEXT;
    item->is_long = is(item->type, "text");
    if (json_is_integer(most) && json_integer_value(most) >= 1 &&
        json_integer_value(most) <= LENGTH_MOST) {
        item->max_length = json_integer_value(most);
    } else if (most != NULL) {
        GONE("\"maxLength\" is no number from 1 to %d", LENGTH_MOST);
    }
    if (json_is_integer(least) && json_integer_value(least) >= 1 &&
        json_integer_value(least) <= LENGTH_MOST) {
        add_check(d, item,
                  att_arena_format(d->arena, "length(.) >= %lld",
                                   (long long)json_integer_value(least)));
    }
    fill_pattern(d, item);
    if (is(item->type, "url")) {
        NEAR("an address becomes a text");
    }
}

/* ---- numbers ---- */

static void fill_unit(att_fhir_draft *d, att_fhir_item *item)
{
    json_t *unit = att_fhir_value(item->json, ATT_FHIR_UNIT);
    const char *name = att_fhir_string(d, unit, "display");

    name = name != NULL ? name : att_fhir_string(d, unit, "code");
    if (name != NULL) {
        NEAR("its unit, \"%.60s\", is said in its help", name);
        if (item->help == NULL) {
            const char **in = att_new_n(d->arena, const char *, d->n_tags);

            in[0] = name;
            item->help = in;
        }
    } else if (is(item->type, "quantity")) {
        NEAR("a quantity becomes a number without a unit");
    }
}

static void fill_slider(att_fhir_draft *d, att_fhir_item *item)
{
    json_t *step = att_fhir_value(item->json, ATT_FHIR_STEP);

    item->kind = "vas";
    fill_range(d, item, true);
    if (json_is_integer(step) && json_integer_value(step) >= 1 &&
        json_integer_value(step) <= LENGTH_MOST) {
        item->step = json_integer_value(step) == 1 ? 0 : json_integer_value(step);
    } else if (is(item->type, "decimal")) {
        NEAR("it stops at whole numbers only");
    }
}

static void fill_number(att_fhir_draft *d, att_fhir_item *item)
{
    json_t *decimals = att_fhir_value(item->json, ATT_FHIR_DECIMALS);

    item->sort = ATT_FHIR_NUMBER;
    item->kind = is(item->type, "integer") ? "integer" : "decimal";
    if (is(control_of(item->json), "slider")) {
        fill_slider(d, item);
        return;
    }
    fill_range(d, item, false);
    if (json_is_integer(decimals) && json_integer_value(decimals) >= 0 &&
        json_integer_value(decimals) <= DECIMALS_MOST && is(item->kind, "decimal")) {
        item->decimals = json_integer_value(decimals);
    }
    if (att_fhir_extension(item->json, ATT_FHIR_STEP) != NULL) {
        GONE("the step of what is no slider");
    }
    fill_unit(d, item);
}

/* ---- expressions ---- */

/* An expression of an extension: our words beside it, and what they must be there. */
static const char *expression_of(att_fhir_draft *d, att_fhir_item *item,
                                 const char *url, const char **path)
{
    json_t *value = att_fhir_value(item->json, url);
    const char *ours = att_fhir_string(d, value, "description");

    *path = json_string_value(json_object_get(value, "expression"));
    *path = *path != NULL ? att_arena_text(d->arena, *path) : value != NULL ? "" : NULL;
    return value == NULL ? NULL : ours == NULL ? "" : ours;
}

/* ---- kinds ---- */

static void fill_pair(att_fhir_draft *d, att_fhir_item *item)
{
    static const char *const codes[] = { "true", "false" };
    att_fhir_options *own = att_new(d->arena, att_fhir_options);

    item->kind = "one";
    item->sort = ATT_FHIR_CODE;
    own->list = att_new_n(d->arena, att_fhir_choice, 2);
    own->n = own->room = 2;
    own->row = item->row;
    for (size_t i = 0; i < 2; i++) {
        own->list[i] = (att_fhir_choice){
            .system = "boolean",
            .code = codes[i],
            .number = i == 0,
            .text = i == 0 ? att_fhir_made_text(d, "Yes", "Sí")
                           : att_fhir_made_text(d, "No", "No"),
        };
    }
    item->options = own;
}

static void fill_choice(att_fhir_draft *d, att_fhir_item *item)
{
    bool is_many = is_true(item->json, "repeats");

    item->kind = is_many ? "many" : "one";
    item->sort = is_many ? ATT_FHIR_MARKS : ATT_FHIR_CODE;
    att_fhir_choices(d, item, is_many);
    if (item->options == NULL) {
        NEAR("it has no choices and becomes a text");
        item->kind = "text";
        item->sort = ATT_FHIR_TEXT;
    }
}

static void fill_group(att_fhir_draft *d, att_fhir_item *item)
{
    const char *control = control_of(item->json);

    item->kind = is(control, "page") ? "page" : "group";
    if (is_true(item->json, "repeats") && is(item->type, "question")) {
        NEAR("a group that repeats is asked once");
    }
    if (control[0] != '\0' && !is(control, "page") && !is(control, "table") &&
        !is(control, "list")) {
        NEAR("a group that is shown as \"%.40s\" is one like others", control);
    }
    if (is(item->type, "question")) {
        NEAR("a question without a sort of answer is a group");
    }
}

static void fill_type(att_fhir_draft *d, att_fhir_item *item)
{
    const char *type = item->type;

    if (is(type, "group") || is(type, "question")) {
        fill_group(d, item);
    } else if (is(type, "display")) {
        item->kind = "note";
    } else if (is(type, "boolean")) {
        fill_pair(d, item);
    } else if (is(type, "integer") || is(type, "decimal") || is(type, "quantity")) {
        fill_number(d, item);
    } else if (is(type, "string") || is(type, "text") || is(type, "url")) {
        bool has_options = json_object_get(item->json, "answerOption") != NULL;

        fill_text(d, item);
        if (has_options) {
            GONE("the answers that a text proposes");
        }
    } else if (is(type, "choice") || is(type, "open-choice") || is(type, "coding")) {
        fill_choice(d, item);
        if (is(type, "coding")) {
            NEAR("a \"coding\" of R5 is a choice of R4");
        }
    } else if (is(type, "date")) {
        item->kind = "date";
        item->sort = ATT_FHIR_DAY;
        fill_days(d, item);
    } else if (is(type, "dateTime")) {
        item->kind = "datetime";
        item->sort = ATT_FHIR_MOMENT;
        fill_days(d, item);
    } else if (is(type, "time")) {
        item->kind = "time";
        item->sort = ATT_FHIR_TIME;
        fill_times(d, item);
    } else if (is(type, "attachment") || is(type, "reference")) {
        GONE("an item of type \"%s\" is not asked for here", type);
    } else {
        NEAR("the type \"%.40s\" is not known; it becomes a text", type);
        fill_text(d, item);
    }
}

/* ---- what is never asked ---- */

/* A number that is worked out, if our words for it stand beside. */
static bool is_calc(att_fhir_draft *d, att_fhir_item *item)
{
    bool is_number = is(item->type, "decimal") || is(item->type, "integer") ||
                     is(item->type, "quantity");
    const char *path = NULL;
    const char *ours = expression_of(d, item, ATT_FHIR_CALCULATED, &path);

    if (ours == NULL) {
        return false;
    }
    if (!is_number || ours[0] == '\0') {
        GONE("the calculation \"%.80s\": FHIRPath of others is not read", path);
        return false;
    }
    item->kind = "calc";
    item->sort = ATT_FHIR_NUMBER;
    item->value = ours;
    item->value_path = path;
    return true;
}

/* What a program fills in is not there. */
static void take_unasked(att_fhir_draft *d, att_fhir_item *item)
{
    bool is_hidden = json_is_true(att_fhir_value(item->json, ATT_FHIR_HIDDEN));
    bool is_given = is_true(item->json, "readOnly") && item->sort != ATT_FHIR_NONE;

    if (item->kind[0] != '\0' && (is_hidden || is_given)) {
        GONE("an item that is %s is not asked", is_hidden ? "hidden" : "read only");
        item->kind = "";
        item->sort = ATT_FHIR_NONE;
    }
}

/* ---- words ---- */

bool att_fhir_is_beside(json_t *json)
{
    const char *type = json_string_value(json_object_get(json, "type"));
    const char *control = control_of(json);

    return type != NULL && is(type, "display") && control[0] != '\0' &&
           !is(control, "inline");
}

static void take_beside(att_fhir_draft *d, att_fhir_item *item, json_t *child)
{
    const char *control = control_of(child);
    att_fhir_text text = att_fhir_member_text(d, child, "text");

    if (text == NULL) {
        return;
    }
    if (is(control, "help") && item->help == NULL) {
        item->help = text;
    } else if (is(control, "prompt") && item->text == NULL) {
        item->text = text;
    } else if (is(control, "lower") && item->anchors[0] == NULL) {
        item->anchors[0] = text;
    } else if (is(control, "upper") && item->anchors[1] == NULL) {
        item->anchors[1] = text;
    } else if (item->help == NULL && !is(control, "lower") && !is(control, "upper")) {
        NEAR("words that are shown as \"%.40s\" become its help", control);
        item->help = text;
    } else {
        GONE("the words shown as \"%.40s\", \"%.80s\"", control, att_fhir_first(text));
    }
}

static void fill_beside(att_fhir_draft *d, att_fhir_item *item)
{
    json_t *children = json_object_get(item->json, "item");

    for (size_t i = 0; i < json_array_size(children); i++) {
        if (att_fhir_is_beside(json_array_get(children, i))) {
            take_beside(d, item, json_array_get(children, i));
        }
    }
    if (is(item->kind, "vas") &&
        (item->anchors[0] != NULL) != (item->anchors[1] != NULL)) {
        NEAR("one end of the slider has no words");
        item->anchors[item->anchors[0] != NULL] = att_fhir_made_text(d, "-", "-");
    } else if (!is(item->kind, "vas") &&
               (item->anchors[0] != NULL || item->anchors[1] != NULL)) {
        GONE("the words at the ends of its scale");
        item->anchors[0] = item->anchors[1] = NULL;
    }
}

/* The item's own words: of a group the title where there is a stem beside. */
static void fill_words(att_fhir_draft *d, att_fhir_item *item)
{
    att_fhir_text text = att_fhir_member_text(d, item->json, "text");
    const char *prefix = att_fhir_string(d, item->json, "prefix");
    bool is_holder = is(item->kind, "group") || is(item->kind, "page");

    if (text != NULL && prefix != NULL) {
        const char **in = att_new_n(d->arena, const char *, d->n_tags);

        for (size_t i = 0; i < d->n_tags; i++) {
            in[i] = text[i] == NULL
                        ? NULL
                        : att_arena_format(d->arena, "%s %s", prefix, text[i]);
        }
        text = in;
        NEAR("the prefix \"%.40s\" stands in its text", prefix);
    }
    if (is_holder && (item->text != NULL || is(item->kind, "page"))) {
        item->title = text;
        return;
    }
    if (!is_holder && item->text != NULL) { /* a prompt of a question */
        if (item->help == NULL) {
            item->help = item->text;
        }
        NEAR("words that are shown as \"prompt\" become its help");
        item->text = NULL;
    }
    item->text = text;
    if (text == NULL && is(item->kind, "note")) {
        GONE("a display without words");
        item->kind = "";
    } else if (text == NULL && !is_holder && !is(item->kind, "calc")) {
        const char **in = att_new_n(d->arena, const char *, d->n_tags);

        in[0] = item->link;
        item->text = in;
        NEAR("it has no text; its linkId stands there");
    }
}

/* ---- the rest ---- */

/* A code of ours is kept; those of others are not. */
static void fill_code(att_fhir_draft *d, att_fhir_item *item)
{
    json_t *codes = json_object_get(item->json, "code");

    for (size_t i = 0; i < json_array_size(codes); i++) {
        json_t *coding = json_array_get(codes, i);
        const char *system = att_fhir_string(d, coding, "system");
        const char *code = att_fhir_string(d, coding, "code");

        if (system != NULL && code != NULL && is(system, ATT_FHIR_OURS "act")) {
            item->code = code;
        } else {
            att_fhir_see(d, item, "codes of items, of the system",
                         system == NULL ? "" : system);
        }
    }
}

static void fill_repeats(att_fhir_draft *d, att_fhir_item *item)
{
    if (is_true(item->json, "repeats") && item->sort != ATT_FHIR_NONE &&
        item->sort != ATT_FHIR_MARKS) {
        NEAR("it may be answered several times there, once here");
    }
}

/* Only what holds others has a short form of its words here. */
static void fill_brief(att_fhir_draft *d, att_fhir_item *item)
{
    att_fhir_text brief = att_fhir_member_text(
        d, att_fhir_extension(item->json, ATT_FHIR_SHORT), "valueString");

    if (is(item->kind, "group") || is(item->kind, "page")) {
        item->brief = brief;
    } else if (brief != NULL) {
        GONE("its short text, \"%.80s\"", att_fhir_first(brief));
    }
}

static void see_rest(att_fhir_draft *d, const att_fhir_item *item)
{
    static const char *const known[] = {
        "linkId",  "code",         "prefix",          "text",
        "type",    "enableWhen",   "enableBehavior",  "required",
        "repeats", "readOnly",     "maxLength",       "answerValueSet",
        "item",    "answerOption", "disabledDisplay", "answerConstraint",
        NULL,
    };

    att_fhir_see_rest(d, item, item->json, known);
}

/* What R5 says and R4 does not. */
static void see_later(att_fhir_draft *d, att_fhir_item *item)
{
    const char *shown =
        json_string_value(json_object_get(item->json, "disabledDisplay"));

    if (shown != NULL && !is(shown, "hidden")) {
        GONE("that it is shown while it is not asked (\"disabledDisplay\" of R5)");
    }
    if (json_object_get(item->json, "answerConstraint") != NULL &&
        !is(item->type, "coding")) {
        NEAR("the \"answerConstraint\" of R5 is heeded where there are choices");
    }
}

void att_fhir_fill(att_fhir_draft *d, att_fhir_item *item)
{
    item->decimals = -1;
    item->kind = "";
    if (!is_calc(d, item)) {
        fill_type(d, item);
        take_unasked(d, item);
    }
    see_rest(d, item);
    see_later(d, item);
    if (item->kind[0] == '\0') {
        return;
    }
    fill_brief(d, item);
    fill_beside(d, item);
    fill_words(d, item);
    fill_code(d, item);
    fill_repeats(d, item);
    item->is_hard = is_true(item->json, "required") && item->sort != ATT_FHIR_NONE &&
                    !is(item->kind, "calc");
    item->show = expression_of(d, item, ATT_FHIR_ENABLE, &item->show_path);
}
