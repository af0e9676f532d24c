#include <attune/instrument/cvr.h>

#include <string.h>

#include <attune/base/json.h>
#include <attune/instrument/pretty.h>
#include <attune/instrument/roster.h>
#include <attune/instrument/sheet.h>

#define PER_LINE   7  /* items of a block, its group included */
#define FIXED      12 /* items around the blocks */
#define PREFIX_MAX 14 /* so that prefix and item stay within ATT_ITEM_ID_MAX */

typedef struct form {
    att_json_out out;
    const att_instrument *of;
    const att_sheet *sheet; /* of nobody */
    att_arena *arena;
    bool is_lay;
    size_t language;
} form;

/* ---- pieces ---- */

/* What is text here must not be piped again: a brace stands for itself. */
static const char *literal(form *f, const char *text)
{
    att_buf buf = { 0 };
    const char *copy;

    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '{') {
            att_buf_char(&buf, '{');
        }
        att_buf_char(&buf, *c);
    }
    copy = att_buf_copy(f->arena, &buf);
    att_buf_drop(&buf);
    return copy;
}

/* A text of the instrument as a phrase in a sentence of ours; otherwise when it has
 * none. */
static const char *phrase(form *f, const att_wording *wording, const char *otherwise)
{
    char *text = wording->in == NULL
                     ? att_arena_text(f->arena, otherwise)
                     : att_sheet_pipe(f->arena, f->sheet, wording, NULL);
    size_t n = strlen(text);

    if (n > 1 && text[n - 1] == '.' && strspn(text, " \t\n") < n - 1) {
        text[n - 1] = '\0';
    }
    return literal(f, text);
}

static void put_choice(form *f, int code, const char *text)
{
    att_json_object(&f->out);
    att_json_put_whole(&f->out, "code", code);
    att_json_put_string(&f->out, "text", text);
    att_json_end_object(&f->out);
}

static void put_reason(form *f, att_reason reason, const char *text)
{
    att_json_object(&f->out);
    att_json_put_string(&f->out, "missing", att_reason_name(reason));
    att_json_put_string(&f->out, "text", text);
    att_json_end_object(&f->out);
}

/* A set whose codes count up from 1; it may offer not_applicable too. */
static void put_set(form *f, const char *id, const char *const *texts, bool has_not)
{
    att_json_key(&f->out, id);
    att_json_list(&f->out);
    for (int i = 0; texts[i] != NULL; i++) {
        put_choice(f, i + 1, texts[i]);
    }
    if (has_not) {
        put_reason(f, ATT_REASON_NOT_APPLICABLE, "Does not apply");
    }
    att_json_end_list(&f->out);
}

static void put_yes_no(form *f, const char *id, bool has_unknown)
{
    att_json_key(&f->out, id);
    att_json_list(&f->out);
    put_choice(f, 1, "Yes");
    put_choice(f, 0, "No");
    if (has_unknown) {
        put_reason(f, ATT_REASON_DONT_KNOW, "I don't know");
    }
    att_json_end_list(&f->out);
}

static void begin_item(form *f, const char *id, const char *kind, const char *text)
{
    att_json_object(&f->out);
    att_json_put_string(&f->out, "id", id);
    att_json_put_string(&f->out, "kind", kind);
    att_json_put_string(&f->out, "text", text);
}

static void put_pick(form *f, const char *id, const char *kind, const char *choices,
                     const char *text)
{
    begin_item(f, id, kind, text);
    att_json_put_string(&f->out, "choices", choices);
    att_json_end_object(&f->out);
}

/* show may be NULL. */
static void put_words(form *f, const char *id, const char *text, const char *show)
{
    begin_item(f, id, "text", text);
    att_json_put_bool(&f->out, "long", true);
    if (show != NULL) {
        att_json_put_string(&f->out, "show", show);
    }
    att_json_end_object(&f->out);
}

/* ---- a line and what is asked of it ---- */

static void add_choices(form *f, att_buf *text, const att_item *item)
{
    if (item->choices == NULL) {
        return;
    }
    att_buf_add(text, "\n(");
    for (size_t i = 0; i < item->choices->n; i++) {
        att_buf_format(
            text, "%s%s", i == 0 ? "" : "; ",
            att_wording_in(f->of, &item->choices->list[i].text, f->language));
    }
    att_buf_add(text, ")");
}

/* The words that others see in its place. */
static void add_variants(form *f, att_buf *text, size_t item)
{
    for (size_t i = 0; i < f->of->n_variants; i++) {
        const att_variant *variant = &f->of->variants[i];

        for (size_t k = 0; k < variant->n_items; k++) {
            if (variant->items[k] == item) {
                att_buf_format(
                    text, "\nWhen %s: %s", att_expr_text(variant->when),
                    att_sheet_pipe(f->arena, f->sheet, &variant->texts[k], NULL));
            }
        }
    }
}

/* What a roster repeats is rated once. */
static bool is_line(const att_item *item)
{
    return att_item_is_question(item) && !item->is_copy;
}

static const char *line_of(form *f, size_t item)
{
    const att_item *one = &f->of->items[item];
    att_buf text = { 0 };
    const char *copy;

    if (one->parent != ATT_NONE && f->of->items[one->parent].text.in != NULL) {
        att_buf_format(&text, "%s\n", att_sheet_text(f->arena, f->sheet, one->parent));
    }
    att_buf_add(&text, att_sheet_text(f->arena, f->sheet, item));
    add_choices(f, &text, one);
    add_variants(f, &text, item);
    copy = literal(f, att_buf_text(&text));
    att_buf_drop(&text);
    return copy;
}

static const char *id_of(form *f, size_t number, const char *end)
{
    return att_arena_format(f->arena, "cvr_%zu%s", number, end);
}

static void put_expert_questions(form *f, size_t number)
{
    put_pick(f, id_of(f, number, "_r"), "one", "relevant",
             "How relevant is this line to the construct?");
    put_pick(f, id_of(f, number, "_c"), "one", "clear", "How clear is this line?");
    put_pick(f, id_of(f, number, "_e"), "one", "needed", "Is this line needed?");
    if (f->of->n_scales > 0) {
        put_pick(f, id_of(f, number, "_s"), "one", "part",
                 "Which part does it fit best?");
    }
    put_words(f, id_of(f, number, "_t"), "Comment or better wording", NULL);
}

static void put_lay_questions(form *f, size_t number)
{
    put_pick(f, id_of(f, number, "_m"), "one", "yes_no_unknown",
             "Is this line about something that matters to you?");
    put_pick(f, id_of(f, number, "_u"), "one", "yes_no_unknown",
             "Is it easy to understand?");
    put_words(f, id_of(f, number, "_o"), "In your own words, what does it ask?", NULL);
}

static void put_blocks(form *f)
{
    size_t number = 0;

    for (size_t i = 0; i < f->of->n_items; i++) {
        if (!is_line(&f->of->items[i])) {
            continue;
        }
        number++;
        begin_item(f, id_of(f, number, ""), "group", line_of(f, i));
        att_json_put_string(&f->out, "x-item", att_item_name(&f->of->items[i]));
        att_json_key(&f->out, "items");
        att_json_list(&f->out);
        if (f->is_lay) {
            put_lay_questions(f, number);
        } else {
            put_expert_questions(f, number);
        }
        att_json_end_list(&f->out);
        att_json_end_object(&f->out);
    }
}

/* ---- the parts of the document ---- */

/* An id made longer at the front, and cut at the end where it must be. */
static const char *form_id(form *f)
{
    const char *front = f->is_lay ? "cvr-lay-" : "cvr-";
    char *id = att_arena_format(f->arena, "%s%s", front, f->of->id);
    size_t n = strlen(id);

    if (n > ATT_ITEM_ID_MAX) {
        n = ATT_ITEM_ID_MAX;
        n -= id[n - 1] == '-';
        id[n] = '\0';
    }
    return id;
}

static void put_head(form *f)
{
    const att_provenance *from = &f->of->provenance;

    att_json_put_string(&f->out, "format", "instrument/1");
    att_json_put_string(&f->out, "id", form_id(f));
    att_json_put_string(&f->out, "version", f->of->version);
    att_json_put_string(
        &f->out, "title",
        att_arena_format(f->arena, "%s: %s",
                         f->is_lay ? "What do these lines ask?" : "Rating of lines",
                         phrase(f, &f->of->title, f->of->id)));
    att_json_key(&f->out, "languages");
    att_json_object(&f->out);
    att_json_put_string(&f->out, "default", "en");
    att_json_key(&f->out, "list");
    att_json_list(&f->out);
    att_json_object(&f->out);
    att_json_put_string(&f->out, "tag", "en");
    att_json_end_object(&f->out);
    att_json_end_list(&f->out);
    att_json_end_object(&f->out);
    att_json_key(&f->out, "provenance");
    att_json_object(&f->out);
    if (from->licence[0] != '\0') {
        att_json_put_string(&f->out, "licence", from->licence);
    }
    if (from->contact[0] != '\0') {
        att_json_put_string(&f->out, "contact", from->contact);
    }
    att_json_put_string(&f->out, "origin",
                        att_arena_format(f->arena,
                                         "made from %s %s (digest %.12s); the licence "
                                         "is that of its lines, the questions are CC0",
                                         f->of->id, f->of->version, f->of->digest));
    att_json_put_string(&f->out, "status", "draft");
    att_json_end_object(&f->out);
}

static void put_missing(form *f)
{
    att_json_key(&f->out, "missing");
    att_json_object(&f->out);
    att_json_key(&f->out, "codes");
    att_json_list(&f->out);
    att_json_object(&f->out);
    att_json_put_whole(&f->out, "code", att_reason_code(ATT_REASON_REFUSED));
    att_json_put_string(&f->out, "reason", att_reason_name(ATT_REASON_REFUSED));
    att_json_put_bool(&f->out, "offer", true);
    att_json_put_string(&f->out, "text", "Prefer not to say");
    att_json_end_object(&f->out);
    att_json_end_list(&f->out);
    att_json_end_object(&f->out);
}

static void put_token(form *f, const char *id, const char *otherwise)
{
    att_json_key(&f->out, id);
    att_json_object(&f->out);
    att_json_put_string(&f->out, "study", id);
    att_json_key(&f->out, "else");
    att_json_list(&f->out);
    att_json_object(&f->out);
    att_json_put_string(&f->out, "text", otherwise);
    att_json_end_object(&f->out);
    att_json_end_list(&f->out);
    att_json_end_object(&f->out);
}

static void put_parts(form *f)
{
    size_t n = f->of->n_scales;

    att_json_key(&f->out, "part");
    att_json_list(&f->out);
    for (size_t i = 0; i < n && i + 1 < ATT_CHOICES_MAX; i++) {
        const att_scale *scale = &f->of->scales[i];

        put_choice(f, (int)i + 1, phrase(f, &scale->title, scale->id));
    }
    put_choice(f, 0, "None of these");
    att_json_end_list(&f->out);
}

static void put_expert_sets(form *f)
{
    static const char *const experts[] = {
        "Patient",           "Parent or caregiver",        "Clinician",
        "Researcher",        "Measurement expert",         "Community partner",
        "Improvement staff", "Language or culture expert", NULL
    };
    static const char *const relevant[] = { "Not relevant", "Somewhat relevant",
                                            "Quite relevant", "Highly relevant", NULL };
    static const char *const clear[] = { "Not clear", "Needs major change",
                                         "Needs small change", "Very clear", NULL };
    static const char *const needed[] = { "Not needed", "Useful but not essential",
                                          "Essential", NULL };
    static const char *const extent[] = { "Not at all",  "A little",  "Somewhat",
                                          "Quite a bit", "Very much", NULL };

    put_set(f, "expert", experts, false);
    put_set(f, "relevant", relevant, false);
    put_set(f, "clear", clear, false);
    put_set(f, "needed", needed, false);
    put_set(f, "extent", extent, true);
    put_yes_no(f, "yes_no", false);
    if (f->of->n_scales > 0) {
        put_parts(f);
    }
}

static void put_expert_start(form *f)
{
    begin_item(f, "cvr_intro", "note",
               "The scale is meant to measure: {construct}. For: {population}. Use: "
               "{use}. For each line, tell us how well it fits the construct and how "
               "clear it is. Rate the line, not the topic.");
    att_json_end_object(&f->out);
    put_pick(f, "cvr_x1", "many", "expert", "Which kind of expert are you? (mark all)");
    begin_item(f, "cvr_x2", "integer", "Years of experience with this topic");
    att_json_put_whole(&f->out, "min", 0);
    att_json_put_whole(&f->out, "max", 80);
    att_json_end_object(&f->out);
}

static void put_expert_end(form *f)
{
    put_words(f, "cvr_z1", "Is something important missing?", NULL);
    put_pick(f, "cvr_z2", "one", "extent",
             "Do all lines together cover the construct?");
    put_pick(f, "cvr_z3", "one", "yes_no_unknown",
             "Are the answer choices and time frame right?");
    put_words(f, "cvr_z3_text", "What should change?", "cvr_z3 = 0");
    put_pick(f, "cvr_z4", "one", "yes_no",
             "Could any line hurt, shame, or leave out a group?");
    put_words(f, "cvr_z4_text", "Which line, and how?", "cvr_z4 = 1");
}

/* Two rated instruments in one project must not share names of fields. */
static void put_export(form *f)
{
    char *prefix = att_arena_text(f->arena, f->of->redcap_form);
    size_t n = strlen(prefix);

    n = n > PREFIX_MAX ? PREFIX_MAX : n;
    n -= prefix[n - 1] == '_';
    prefix[n] = '\0';
    att_json_key(&f->out, "export");
    att_json_object(&f->out);
    att_json_key(&f->out, "redcap");
    att_json_object(&f->out);
    att_json_put_string(&f->out, "prefix", att_arena_format(f->arena, "%s_", prefix));
    att_json_end_object(&f->out);
    att_json_end_object(&f->out);
}

static void put_all(form *f)
{
    att_json_object(&f->out);
    put_head(f);
    put_missing(f);
    if (!f->is_lay) {
        att_json_key(&f->out, "tokens");
        att_json_object(&f->out);
        put_token(f, "construct",
                  phrase(f, f->of->purpose.in != NULL ? &f->of->purpose : &f->of->title,
                         f->of->id));
        put_token(f, "population", phrase(f, &f->of->audience, "not stated"));
        put_token(f, "use", "not stated");
        att_json_end_object(&f->out);
    }
    att_json_key(&f->out, "choices");
    att_json_object(&f->out);
    put_yes_no(f, "yes_no_unknown", true);
    if (!f->is_lay) {
        put_expert_sets(f);
    }
    att_json_end_object(&f->out);
    att_json_key(&f->out, "items");
    att_json_list(&f->out);
    if (!f->is_lay) {
        put_expert_start(f);
    }
    put_blocks(f);
    if (!f->is_lay) {
        put_expert_end(f);
    }
    att_json_end_list(&f->out);
    put_export(f);
    att_json_end_object(&f->out);
}

/* Where a line names an entry of a roster, the rater reads "...". */
static void names_put(att_sheet *sheet)
{
    const att_instrument *of = sheet->instrument;
    att_answer name = att_answer_of_text("...");

    for (size_t i = 0; i < of->n_items; i++) {
        const att_roster *roster = of->items[i].roster;

        if (roster == NULL || roster->item != i || roster->names == NULL) {
            continue;
        }
        for (size_t k = 0; k < roster->n && k < 2; k++) {
            att_sheet_put(sheet, roster->names[k], &name);
        }
    }
}

static size_t count_lines(const att_instrument *of)
{
    size_t n = 0;

    for (size_t i = 0; i < of->n_items; i++) {
        n += is_line(&of->items[i]);
    }
    return n;
}

att_code att_cvr_write(att_buf *out, const att_instrument *of, bool is_lay,
                       att_err *err)
{
    static const att_context nobody = { .language = "en" };
    att_arena arena = { 0 };
    att_buf raw = { 0 };
    form f = {
        .out = att_json_begin(&raw, false), .of = of, .arena = &arena, .is_lay = is_lay
    };
    att_sheet *sheet;
    att_json *json;

    if (count_lines(of) > (ATT_ITEMS_MAX - FIXED) / PER_LINE) {
        return att_fail(err, ATT_ELIMIT,
                        "\"%s\" has more questions than a form to rate them can hold",
                        of->id);
    }
    sheet = att_sheet_make(&arena, of, &nobody);
    names_put(sheet);
    f.sheet = sheet;
    f.language = sheet->language;
    put_all(&f);
    json = att_json_open_bytes("the form", att_buf_text(&raw), raw.n, err);
    if (json != NULL) {
        att_pretty_write(out, json);
        att_json_close(json);
    }
    att_buf_drop(&raw);
    att_arena_drop(&arena);
    return json != NULL ? ATT_OK : err->code;
}
