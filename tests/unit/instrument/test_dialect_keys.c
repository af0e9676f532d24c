/* Every key of the format in every dialect: it comes back, or the report names it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/json.h>
#include <attune/instrument/dialect.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/read.h>

#include "att_test.h"

/* ` stands for " in all texts below. */
#define BASE                                                                         \
    "{`format`:`instrument/1`,`id`:`my-pulse`,`version`:`1.2.3`,`title`:`My pulse`," \
    "`languages`:{`default`:`en`,`list`:[{`tag`:`en`}]},"                            \
    "`provenance`:{`licence`:`CC0-1.0`},"                                            \
    "`choices`:{`agree`:[{`code`:1,`text`:`Disagree`},{`code`:2,`text`:`Agree`}]},"  \
    "`items`:[{`id`:`heard`,`kind`:`one`,`choices`:`agree`,`text`:`Heard?`},"        \
    "{`id`:`n`,`kind`:`integer`,`min`:0,`max`:9,`text`:`How many?`}]}"

#define HEARD "{`id`:`heard`,`kind`:`one`,`choices`:`agree`,`text`:`Heard?`}"
#define COUNT "{`id`:`n`,`kind`:`integer`,`min`:0,`max`:9,`text`:`How many?`}"
#define WITH(members)                                                                \
    "{`items`:[{`id`:`it`,`kind`:`integer`,`min`:0,`text`:`It?`," members "}," HEARD \
    "," COUNT "]}"
#define CHOICE(members)                                                   \
    "{`items`:[{`id`:`it`,`kind`:`many`,`text`:`It?`,`choices`:[" members \
    ",{`code`:41,`text`:`Else`}]}]}"
#define SCALE(members) \
    "{`scales`:[{" members "`id`:`heed`,`model`:`reflective`,`items`:[`heard`]}]}"
#define NORM                                                                          \
    "{`norms`:[{`scale`:`heed`,`to`:`percentile`,`when`:`heard = 1`,`group`:`Those`," \
    "`population`:`All`,`source`:`Us (2026)`,`n`:812,`mean`:1.5,`sd`:0.4,"            \
    "`table`:[[1,10],[2,90]]}],`scales`:[{`id`:`heed`,`model`:`reflective`,"          \
    "`items`:[`heard`]}]}"
#define EVIDENCE                                                                  \
    "{`provenance`:{`evidence`:[{`what`:`consistency`,`sample`:`adults`,`n`:412," \
    "`scale`:`heed`,`coefficient`:`alpha`,`value`:0.84,`interval`:[0.81,0.86],"   \
    "`date`:`2026-03-01`,`report`:`9f2c`,`source`:`doi`}],`licence`:`CC0-1.0`}}"
#define ROSTER                                                              \
    "{`items`:[" COUNT ",{`id`:`ties`,`kind`:`roster`,`count`:`n`,`max`:3," \
    "`name`:`who`,`title`:`Your ties`,`text`:`Of each`,`brief`:`Each`,"     \
    "`items`:[{`id`:`often`,`kind`:`integer`,`min`:0,`text`:`How often?`}," \
    "{`id`:`who`,`kind`:`text`,`text`:`Who?`}]}]}"
#define NAMES                                                                               \
    "{`items`:[{`id`:`ties`,`kind`:`roster`,`names`:[{`id`:`call`,`max`:3,"                 \
    "`max_length`:20,`title`:`Names`,`brief`:`Initials`,`text`:`Whom?`,"                    \
    "`help`:`Short`,`show`:`n > 3`}],`pairs`:{`among`:2,`items`:[{`id`:`know`,"             \
    "`kind`:`one`,`choices`:`agree`,`text`:`Do {alter_i} and {alter_j}?`}]},"               \
    "`items`:[{`id`:`often`,`kind`:`integer`,`min`:0,`text`:`How often {alter}?`}]}," COUNT \
    "]}"
#define VARIANT "{`variants`:[{`when`:`heard = 1`,`text`:{`n`:`And how many?`}}]}"
#define TOKEN                                                                              \
    "{`tokens`:{`word`:{`item`:`n`,`else`:[{`when`:`heard = 2`,`text`:`some`},"            \
    "{`text`:`none`}]},`place`:{`study`:`site`,`else`:[{`text`:`here`}]}},`items`:[" HEARD \
    "," COUNT ",{`id`:`say`,`kind`:`note`,`text`:`{word} at {place}`}]}"
#define REASON                                                             \
    "{`missing`:{`range`:[-10,-4],`codes`:[{`code`:-8,`reason`:`refused`," \
    "`offer`:true,`text`:`Rather not`}]}}"
#define CONSENT                                                               \
    "{`items`:[{`id`:`it`,`kind`:`consent`,`version`:`2026-05`,`yes`:`I do`," \
    "`no`:`I do not`,`text`:`Take part?`}]}"
#define TONGUES                                                                  \
    "{`languages`:{`default`:`en`,`list`:[{`tag`:`en`},{`tag`:`es`,`dir`:`rtl`," \
    "`method`:`forward-back`,`reviewed`:`2026-05-01`},{`tag`:`es-MX`,"           \
    "`fallback`:`es`,`stale`:[`items/heard/text`]}]},`items`:[{`id`:`heard`,"    \
    "`kind`:`one`,`choices`:`agree`,`text`:{`en`:`Heard?`,`es`:`Oye?`,"          \
    "`es-MX`:`Oyes?`}}]}"

/* A key of docs/instrument-1.schema.json, with what holds it; what is put into BASE;
 * and words one of which the report must have where the key does not come back. */
typedef struct key_case {
    const char *key, *patch, *words;
} key_case;

static const key_case cases[] = {
    { "format", "{}", "" },
    { "id", "{}", "" },
    { "version", "{}", "version" },
    { "title", "{}", "title" },
    { "languages", "{}", "" },
    { "items", "{}", "" },
    { "choices", "{}", "" },
    { "purpose", "{`purpose`:`To know`}", "purpose" },
    { "audience", "{`audience`:`Adults`}", "audience|for whom" },
    { "recall", "{`recall`:`Two weeks`}", "recall" },
    { "minutes", "{`minutes`:17}", "minutes" },
    { "progress", "{`progress`:false}", "progress" },
    { "roles", "{`roles`:[`CO`]}", "roles" },
    { "person", "{`person`:{`age`:`number`}}", "to know about people" },
    { "provenance", "{}", "licence" },
    { "missing", REASON, "offered" },
    { "tokens", TOKEN, "always says" },
    { "variants", VARIANT, "other words" },
    { "scales", SCALE(""), "scale" },
    { "x-own", "{`x-own`:`a note`}", "x-" },
    { "derived", "{`derived`:[{`id`:`twice`,`value`:`n * 2`}]}", "derived|calc" },
    { "norms", NORM, "norms" },
    { "flags", "{`flags`:[`a flag`]}", "flags" },
    { "export", "{`export`:{`redcap`:{`form`:`a_form`,`prefix`:`zz_`}}}", "export" },
    { "export.redcap", "{`export`:{`redcap`:{`form`:`a_form`}}}", "export" },
    { "redcap.form", "{`export`:{`redcap`:{`form`:`a_form`}}}", "export" },
    { "redcap.prefix", "{`export`:{`redcap`:{`prefix`:`zz_`}}}",
      "export|names of fields" },
    { "languages.default", "{}", "" },
    { "languages.list", "{}", "" },
    { "language.tag", TONGUES, "language" },
    { "language.dir", TONGUES, "right to left|the language" },
    { "language.method", TONGUES, "translated|the language" },
    { "language.reviewed", TONGUES, "reviewed|the language" },
    { "language.fallback", TONGUES, "fallback|the language" },
    { "language.stale", TONGUES, "stale|the language" },
    { "provenance.authors",
      "{`provenance`:{`authors`:[{`name`:`A. One`}],`licence`:`CC0-1.0`}}", "authors" },
    { "authors.name",
      "{`provenance`:{`authors`:[{`name`:`A. One`}],`licence`:`CC0-1.0`}}", "authors" },
    { "provenance.licence", "{`provenance`:{`licence`:`MIT`}}", "licence" },
    { "provenance.contact",
      "{`provenance`:{`contact`:`us@example.org`,`licence`:`CC0-1.0`}}", "contact" },
    { "provenance.citation",
      "{`provenance`:{`citation`:`Us, 2026`,`licence`:`CC0-1.0`}}", "citation" },
    { "provenance.doi", "{`provenance`:{`doi`:`10.1/x`,`licence`:`CC0-1.0`}}", "doi" },
    { "provenance.origin", "{`provenance`:{`origin`:`A book`,`licence`:`CC0-1.0`}}",
      "origin" },
    { "provenance.status", "{`provenance`:{`status`:`piloted`,`licence`:`CC0-1.0`}}",
      "status" },
    { "provenance.translation",
      "{`provenance`:{`translation`:{`by`:`us`},`licence`:`CC0-1.0`}}", "translation" },
    { "provenance.evidence", EVIDENCE, "evidence" },
    { "evidence.what", EVIDENCE, "evidence" },
    { "evidence.sample", EVIDENCE, "evidence" },
    { "evidence.n", EVIDENCE, "evidence" },
    { "evidence.scale", EVIDENCE, "evidence" },
    { "evidence.coefficient", EVIDENCE, "evidence" },
    { "evidence.value", EVIDENCE, "evidence" },
    { "evidence.interval", EVIDENCE, "evidence" },
    { "evidence.date", EVIDENCE, "evidence" },
    { "evidence.report", EVIDENCE, "evidence" },
    { "evidence.source", EVIDENCE, "evidence" },
    { "missing.range", "{`missing`:{`range`:[-20,-4]}}", "range" },
    { "missing.codes", REASON, "offered" },
    { "reason.code", REASON, "offered" },
    { "reason.reason", REASON, "offered" },
    { "reason.offer", REASON, "offered" },
    { "reason.text", REASON, "in its own words" },
    { "token.item", TOKEN, "always says" },
    { "token.study", TOKEN, "always says" },
    { "token.else", TOKEN, "always says" },
    { "else.when", TOKEN, "always says" },
    { "else.text", TOKEN, "always says" },
    { "variant.when", VARIANT, "other words" },
    { "variant.text", VARIANT, "other words" },
    { "scale.id", SCALE(""), "scale" },
    { "scale.items", SCALE(""), "scale" },
    { "scale.model", SCALE(""), "scores nothing|comes back as a calc" },
    { "scale.title", SCALE("`title`:`Heed`,"), "scores nothing|comes back as a calc" },
    { "scale.referent", SCALE("`referent`:`team`,"),
      "scores nothing|comes back as a calc" },
    { "scale.reverse", SCALE("`reverse`:[`heard`],"),
      "scores nothing|comes back as a calc" },
    { "scale.score", SCALE("`score`:`sum`,"), "scores nothing|comes back as a calc" },
    { "scale.weights", SCALE("`score`:`weighted`,`weights`:{`heard`:2},"),
      "scores nothing|comes back as a calc" },
    { "scale.value",
      "{`scales`:[{`id`:`heed`,`model`:`formative`,`score`:`expression`,"
      "`value`:`heard * 3`,`range`:[3,6],`items`:[`heard`]}]}",
      "scores nothing|comes back as a calc" },
    { "scale.min_valid", SCALE("`min_valid`:1,"),
      "scores nothing|comes back as a calc" },
    { "scale.prorate", SCALE("`score`:`sum`,`prorate`:true,"),
      "scores nothing|comes back as a calc" },
    { "scale.range", SCALE("`range`:[1,2],"), "scores nothing|comes back as a calc" },
    { "scale.needs", SCALE("`needs`:`piloted`,"),
      "scores nothing|comes back as a calc" },
    { "scale.bands", SCALE("`bands`:[{`from`:1,`text`:`Low`}],"),
      "scores nothing|bands" },
    { "band.from", SCALE("`bands`:[{`from`:1,`text`:`Low`}],"),
      "scores nothing|bands" },
    { "band.text", SCALE("`bands`:[{`from`:1,`text`:`Low`}],"),
      "scores nothing|bands" },
    { "derived.id", "{`derived`:[{`id`:`twice`,`value`:`n * 2`}]}", "calc" },
    { "derived.title",
      "{`derived`:[{`title`:`Twice it`,`id`:`twice`,`value`:`n * 2`}]}", "calc" },
    { "derived.value", "{`derived`:[{`id`:`twice`,`value`:`n * 2`}]}", "calc" },
    { "derived.needs", "{`derived`:[{`needs`:`piloted`,`id`:`twice`,`value`:`n * 2`}]}",
      "calc" },
    { "norm.scale", NORM, "norms" },
    { "norm.to", NORM, "norms" },
    { "norm.when", NORM, "norms" },
    { "norm.group", NORM, "norms" },
    { "norm.population", NORM, "norms" },
    { "norm.source", NORM, "norms" },
    { "norm.n", NORM, "norms" },
    { "norm.mean", NORM, "norms" },
    { "norm.sd", NORM, "norms" },
    { "norm.table", NORM, "norms" },
    { "choice.code", CHOICE("{`code`:7,`text`:`Seven`}"), "" },
    { "choice.text", CHOICE("{`text`:`Seven`,`code`:7}"), "" },
    { "choice.missing", CHOICE("{`missing`:`not_applicable`,`text`:`No`}"), "" },
    { "choice.exclusive", CHOICE("{`exclusive`:true,`code`:7,`text`:`Seven`}"), "" },
    { "choice.fixed", CHOICE("{`fixed`:true,`code`:7,`text`:`Seven`}"), "fixed" },
    { "choice.show", CHOICE("{`show`:`1 = 1`,`code`:7,`text`:`Seven`}"),
      "is offered only when 1 = 1" },
    { "choice.other", CHOICE("{`other`:`Which?`,`code`:7,`text`:`Seven`}"),
      "that a choice opens" },
    { "choices.from",
      "{`items`:[{`id`:`a`,`kind`:`many`,`choices`:`agree`,`text`:`A?`},"
      "{`id`:`it`,`kind`:`many`,`choices`:{`from`:`a`},`text`:`It?`}]}",
      "that were marked" },
    { "item.id", "{}", "" },
    { "item.kind", "{}", "" },
    { "item.text", "{}", "" },
    { "item.choices", "{}", "" },
    { "item.items", "{`items`:[{`id`:`p`,`kind`:`group`,`items`:[" HEARD "]}]}",
      "section header" },
    { "item.show", WITH("`show`:`heard = 1`"), "" },
    { "item.show", WITH("`show`:`role = 'CO'`"), "only the session knows" },
    { "item.show", WITH("`show`:`mode = 'kiosk'`"), "only the session knows" },
    { "item.show", WITH("`show`:`wave('T0').n > 3`"),
      "earlier wave|known of the person" },
    { "item.help", WITH("`help`:`Count them`"), "" },
    { "item.probe", WITH("`probe`:`And more?`"), "interviewers" },
    { "item.note_interviewer", WITH("`note_interviewer`:`Be kind`"), "interviewers" },
    { "item.fixed", WITH("`fixed`:true"), "fixed" },
    { "item.required", WITH("`required`:`soft`"), "soft" },
    { "item.check", WITH("`check`:`. != 7`"), "check" },
    { "item.check_text", WITH("`check_text`:`Less`,`check`:`. != 7`"), "check" },
    { "item.warn", WITH("`warn`:`. < 40`"), "warning" },
    { "item.warn_text", WITH("`warn_text`:`Sure?`,`warn`:`. < 40`"), "warning" },
    { "item.identifying", WITH("`identifying`:true"), "identifying|who somebody is" },
    { "item.vis", WITH("`vis`:`quiet`"), "vis" },
    { "item.fn", WITH("`fn`:`create`"), "\"fn\"" },
    { "item.tier", WITH("`tier`:3"), "tier" },
    { "item.code", WITH("`code`:`P01`"), "\"code\"" },
    { "item.min", WITH("`max`:77"), "" },
    { "item.max", WITH("`max`:77"), "" },
    { "item.step", WITH("`step`:5"), "step" },
    { "item.decimals",
      "{`items`:[{`id`:`it`,`kind`:`decimal`,`min`:0,`decimals`:2,`text`:`It?`}]}",
      "decimals" },
    { "item.title",
      "{`items`:[{`id`:`it`,`kind`:`note`,`text`:`It`,`title`:`T`}," HEARD "]}",
      "title of a note" },
    { "item.brief",
      "{`items`:[{`id`:`p`,`kind`:`group`,`brief`:`In short`,`text`:`A stem`,"
      "`items`:[" HEARD "]}]}",
      "brief" },
    { "item.order",
      "{`items`:[{`id`:`p`,`kind`:`group`,`order`:`balanced`,`items`:[" HEARD "," COUNT
      "]}]}",
      "order" },
    { "item.ranks",
      "{`items`:[{`id`:`it`,`kind`:`rank`,`choices`:`agree`,`ranks`:1,"
      "`text`:`Which?`}]}",
      "order" },
    { "item.anchors",
      "{`items`:[{`id`:`it`,`kind`:`vas`,`anchors`:[`Not`,`All`],`text`:`It?`}]}", "" },
    { "item.max_length",
      "{`items`:[{`id`:`it`,`kind`:`text`,`max_length`:40,`text`:`It?`}]}", "" },
    { "item.long", "{`items`:[{`id`:`it`,`kind`:`text`,`long`:true,`text`:`It?`}]}",
      "" },
    { "item.value",
      "{`items`:[{`id`:`it`,`kind`:`calc`,`text`:`It`,`value`:`n * 3`}," COUNT "]}",
      "" },
    { "item.version", CONSENT, "version is 2026-05" },
    { "item.yes", CONSENT, "consent" },
    { "item.no", CONSENT, "consent" },
    { "item.count", ROSTER, "roster" },
    { "item.name", ROSTER, "roster" },
    { "item.names", NAMES, "roster" },
    { "item.pairs", NAMES, "roster" },
    { "pairs.among", NAMES, "roster" },
    { "pairs.items", NAMES, "roster" },
    { "name_list.id", NAMES, "roster" },
    { "name_list.text", NAMES, "roster" },
    { "name_list.max", NAMES, "roster" },
    { "name_list.max_length", NAMES, "" },
    { "name_list.title", NAMES, "its title|header" },
    { "name_list.brief", NAMES, "brief" },
    { "name_list.help", NAMES, "" },
    { "name_list.show", NAMES, "" },
};

#define N_CASES (sizeof cases / sizeof *cases)

static char *quoted(att_arena *arena, const char *text)
{
    char *copy = att_arena_text(arena, text);

    for (char *c = copy; *c != '\0'; c++) {
        *c = *c == '`' ? '"' : *c;
    }
    return copy;
}

/* The first value of that key, from the top down. */
static json_t *find_value(json_t *in, const char *key)
{
    json_t *found = json_object_get(in, key);
    const char *name = NULL;
    json_t *value = NULL;

    for (size_t i = 0; found == NULL && i < json_array_size(in); i++) {
        found = find_value(json_array_get(in, i), key);
    }
    if (found == NULL) {
        json_object_foreach(in, name, value)
        {
            found = found != NULL ? found : find_value(value, key);
        }
    }
    return found;
}

/* Expressions come back with their meaning, not by letter: the tests of each dialect try
 * them with random answers. */
static bool is_expression(const char *key)
{
    static const char *const keys[] = { "show", "check", "value", "count" };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(key, keys[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether any object there has the key with that value; what holds other keys need but
 * be there, since those have cases of their own. */
static bool has_value(json_t *in, const char *key, json_t *wanted)
{
    json_t *own = json_object_get(in, key);
    const char *name = NULL;
    json_t *value = NULL;
    bool is_enough =
        json_is_object(wanted) || json_is_array(wanted) || is_expression(key);
    bool has_it = own != NULL && (is_enough || json_equal(own, wanted) == 1);

    for (size_t i = 0; !has_it && i < json_array_size(in); i++) {
        has_it = has_value(json_array_get(in, i), key, wanted);
    }
    json_object_foreach(in, name, value)
    {
        has_it = has_it || has_value(value, key, wanted);
    }
    return has_it;
}

/* Whether the report says one of the words, which "|" parts. */
static bool is_named(const att_losses *losses, const char *words)
{
    for (size_t i = 0; i < losses->n; i++) {
        const att_loss *loss = &losses->list[i];
        const char *word = words;

        while (*word != '\0' && loss->kind != ATT_LOSS_MAPPED) {
            char part[80];
            size_t n = strcspn(word, "|");

            snprintf(part, sizeof part, "%.*s", (int)n, word);
            if (strstr(loss->why, part) != NULL) {
                return true;
            }
            word += n + (word[n] == '|');
        }
    }
    return false;
}

static bool is_told(const att_dialect *dialect, const key_case *one)
{
    bool is_good;
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_losses losses = { .arena = &arena, .file = "here" };
    att_scripts scripts = { 0 };
    att_buf out = { 0 };
    att_bytes there = { 0 };
    const char *dot = strrchr(one->key, '.');
    const char *key = dot == NULL ? one->key : dot + 1;
    json_t *whole = json_loads(quoted(&arena, BASE), 0, NULL);
    json_t *patch = json_loads(quoted(&arena, one->patch), 0, NULL);
    json_t *value = find_value(json_object_size(patch) == 0 ? whole : patch, key);
    json_t *back = NULL;
    const att_instrument *instrument;
    char *text;

    if (value == NULL) {
        fail_msg("%s is not in its own case", one->key);
    }
    json_object_update(whole, patch);
    text = json_dumps(whole, 0);
    instrument = att_instrument_open_bytes(&arena, "here", text, strlen(text), &err);
    if (instrument == NULL) {
        fail_msg("%s: %s", one->key, err.message);
    }
    dialect->write(&out, &instrument, 1, &losses);
    there.bytes = att_buf_copy(&arena, &out);
    there.n = out.n;
    assert_ok(dialect->read(&arena, "there", &there, &losses, &scripts, &err), &err);
    assert_int_equal(scripts.n, 1);
    back = json_loads(scripts.list[0].text, 0, NULL);
    is_good = has_value(back, key, value) || is_named(&losses, one->words);
    if (!is_good) {
        att_buf report = { 0 };

        att_losses_write(&report, &losses);
        print_error("%s loses \"%s\" in silence:\n%s", dialect->name, one->key,
                    att_buf_text(&report));
        att_buf_drop(&report);
    }
    json_decref(back);
    free(text);
    json_decref(patch);
    json_decref(whole);
    att_buf_drop(&out);
    att_arena_drop(&arena);
    return is_good;
}

static void every_key_comes_back_or_is_named(void **state)
{
    size_t n_silent = 0;

    (void)state;
    for (size_t i = 0; i < N_CASES; i++) {
        for (size_t k = 0; att_dialects[k] != NULL; k++) {
            n_silent +=
                att_dialects[k]->write != NULL && !is_told(att_dialects[k], &cases[i]);
        }
    }
    assert_int_equal(n_silent, 0);
}

/* ---- keys that many kinds have ---- */

/* The least that an item of each kind says, not closed yet. */
static const struct {
    const char *kind, *item;
} kinds[] = {
    { "note", "{`id`:`it`,`kind`:`note`,`text`:`It`" },
    { "one", "{`id`:`it`,`kind`:`one`,`choices`:`agree`,`text`:`It`" },
    { "many", "{`id`:`it`,`kind`:`many`,`choices`:`agree`,`text`:`It`" },
    { "rank", "{`id`:`it`,`kind`:`rank`,`choices`:`agree`,`text`:`It`" },
    { "grid", "{`id`:`it`,`kind`:`grid`,`choices`:`agree`,`items`:[{`id`:`row`,"
              "`text`:`Row`}]" },
    { "integer", "{`id`:`it`,`kind`:`integer`,`min`:0,`text`:`It`" },
    { "decimal", "{`id`:`it`,`kind`:`decimal`,`min`:0,`text`:`It`" },
    { "text", "{`id`:`it`,`kind`:`text`,`text`:`It`" },
    { "date", "{`id`:`it`,`kind`:`date`,`text`:`It`" },
    { "time", "{`id`:`it`,`kind`:`time`,`text`:`It`" },
    { "datetime", "{`id`:`it`,`kind`:`datetime`,`text`:`It`" },
    { "vas", "{`id`:`it`,`kind`:`vas`,`text`:`It`" },
    { "consent", "{`id`:`it`,`kind`:`consent`,`version`:`1`,`yes`:`Y`,`no`:`N`,"
                 "`text`:`It`" },
    { "calc", "{`id`:`it`,`kind`:`calc`,`value`:`n * 2`,`text`:`It`" },
    { "page", "{`id`:`it`,`kind`:`page`,`items`:[{`id`:`inner`,`kind`:`text`,"
              "`text`:`In`}]" },
    { "group", "{`id`:`it`,`kind`:`group`,`items`:[{`id`:`inner`,`kind`:`text`,"
               "`text`:`In`}]" },
    { "roster", "{`id`:`it`,`kind`:`roster`,`count`:2,`items`:[{`id`:`inner`,"
                "`kind`:`text`,`text`:`In`}]" },
};

/* Members that some of them have, and the words for them. */
static const struct {
    const char *key, *members, *words;
} shared[] = {
    { "show", ",`show`:`heard = 1`", "" },
    { "help", ",`help`:`Count them`", "help" },
    { "probe", ",`probe`:`And more?`", "interviewers" },
    { "note_interviewer", ",`note_interviewer`:`Be kind`", "interviewers" },
    { "fixed", ",`fixed`:true", "fixed" },
    { "order", ",`order`:`rotate`", "order" },
    { "order", ",`order`:`random`", "order" },
    { "required", ",`required`:`soft`", "soft" },
    { "required", ",`required`:`hard`", "hard|consent|order" },
    { "check", ",`check`:`answered(heard)`", "check|constraint" },
    { "warn", ",`warn`:`answered(heard)`", "warning" },
    { "identifying", ",`identifying`:true", "identifying|who somebody is" },
    { "vis", ",`vis`:`quiet`", "\"vis\"" },
    { "fn", ",`fn`:`use`", "\"fn\"" },
    { "tier", ",`tier`:3", "tier" },
    { "code", ",`code`:`P01`", "\"code\"" },
    { "title", ",`title`:`A title`", "title of a|its title|header" },
    { "brief", ",`brief`:`In short`", "brief" },
    { "text", ",`text`:`A stem`", "stem|section header" },
    { "min", ",`min`:`07:30`", "limit" },
    { "min", ",`min`:`today`", "limit" },
    { "max", ",`max`:60", "" },
    { "step", ",`step`:4", "step" },
    { "decimals", ",`decimals`:3", "decimals" },
};

static bool is_taken(const char *patch)
{
    att_arena arena = { 0 };
    json_t *whole = json_loads(quoted(&arena, BASE), 0, NULL);
    json_t *added = json_loads(quoted(&arena, patch), JSON_REJECT_DUPLICATES, NULL);
    char *text;
    bool is_good;

    json_object_update(whole, added);
    text = json_dumps(whole, 0);
    is_good = added != NULL && att_instrument_open_bytes(&arena, "here", text,
                                                         strlen(text), NULL) != NULL;
    free(text);
    json_decref(added);
    json_decref(whole);
    att_arena_drop(&arena);
    return is_good;
}

static size_t count_silent(att_arena *arena, size_t kind, size_t key, size_t *n_tried)
{
    char item[400];
    key_case one = { shared[key].key, NULL, shared[key].words };
    size_t n_silent = 0;

    snprintf(item, sizeof item, "%s%s}", kinds[kind].item, shared[key].members);
    one.patch = att_arena_format(arena, "{`items`:[%s," HEARD "," COUNT "]}", item);
    if (!is_taken(one.patch)) {
        return 0; /* no key of this kind */
    }
    ++*n_tried;
    for (size_t k = 0; att_dialects[k] != NULL; k++) {
        if (att_dialects[k]->write != NULL && !is_told(att_dialects[k], &one)) {
            print_error("  of kind %s\n", kinds[kind].kind);
            n_silent++;
        }
    }
    return n_silent;
}

static void what_each_kind_may_say_comes_back_or_is_named(void **state)
{
    att_arena arena = { 0 };
    size_t n_silent = 0;

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n_tried = 0;

        for (size_t k = 0; k < sizeof shared / sizeof *shared; k++) {
            n_silent += count_silent(&arena, i, k, &n_tried);
        }
        assert_true(n_tried >= 4);
    }
    assert_int_equal(n_silent, 0);
    att_arena_drop(&arena);
}

static void every_kind_has_a_case(void **state)
{
    (void)state;
    for (size_t i = 0; i < att_n_kinds; i++) {
        size_t k = 0;

        while (k < sizeof kinds / sizeof *kinds &&
               strcmp(kinds[k].kind, att_kinds[i]->name) != 0) {
            k++;
        }
        if (k == sizeof kinds / sizeof *kinds) {
            fail_msg("no case says what becomes of kind \"%s\"", att_kinds[i]->name);
        }
    }
}

/* ---- the table is whole ---- */

static void assert_has_case(const char *holder, const char *key)
{
    char name[80];

    snprintf(name, sizeof name, "%s%s%s", holder, holder[0] == '\0' ? "" : ".", key);
    for (size_t i = 0; i < N_CASES; i++) {
        if (strcmp(cases[i].key, name) == 0) {
            return;
        }
    }
    fail_msg("no case says what becomes of \"%s\" in other dialects", name);
}

/* "kind_one" and "row" hold the keys of items. */
static const char *holder_of(const char *definition)
{
    return strncmp(definition, "kind_", 5) == 0 || strcmp(definition, "row") == 0
               ? "item"
               : definition;
}

static void assert_schema(json_t *schema, const char *holder)
{
    const char *name = NULL;
    json_t *value = NULL;

    json_object_foreach(json_object_get(schema, "properties"), name, value)
    {
        assert_has_case(holder, name);
        assert_schema(value, name);
    }
    json_object_foreach(json_object_get(schema, "$defs"), name, value)
    {
        assert_schema(value, holder_of(name));
    }
    if (json_object_get(schema, "items") != NULL) {
        assert_schema(json_object_get(schema, "items"), holder);
    }
    for (size_t i = 0; i < json_array_size(json_object_get(schema, "anyOf")); i++) {
        assert_schema(json_array_get(json_object_get(schema, "anyOf"), i), holder);
    }
}

/* The schema has the keys that the reader has: tests/schema holds them to each other. */
static void every_key_of_the_schema_has_a_case(void **state)
{
    char *text = att_test_read("../docs/instrument-1.schema.json", NULL);
    json_t *schema = json_loads(text, 0, NULL);

    (void)state;
    assert_non_null(schema);
    assert_schema(schema, "");
    json_decref(schema);
    test_free(text);
}

ATT_TEST_MAIN(cmocka_unit_test(every_key_comes_back_or_is_named),
              cmocka_unit_test(what_each_kind_may_say_comes_back_or_is_named),
              cmocka_unit_test(every_kind_has_a_case),
              cmocka_unit_test(every_key_of_the_schema_has_a_case))
