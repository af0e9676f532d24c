/* suggesting.c - who answers, asked for before an interview begins; see the header */
#include "suggesting.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <attune/base/text.h>
#include <attune/store/responses.h>

#define CODE_MOST  100  /* characters in a code */
#define LINE_MOST  1024 /* bytes that are typed at once */
#define SHOWN_MOST 3    /* codes in a prompt */
#define LIST_MOST  12   /* codes in a list of those that match */

/* Codes that the study knows. */
typedef struct codes {
    const char **list; /* [n] */
    size_t n, room;
} codes;

typedef struct asker {
    att_arena *arena;
    bool is_over; /* the end of input came: no more questions */
} asker;

static void add(att_arena *arena, codes *to, const char *code)
{
    if (code == NULL || code[0] == '\0') {
        return;
    }
    for (size_t i = 0; i < to->n; i++) {
        if (strcmp(to->list[i], code) == 0) {
            return;
        }
    }
    if (to->n == to->room) {
        const char **old = to->list;

        to->room = to->room * 2 + 16;
        to->list = att_new_n(arena, const char *, to->room);
        for (size_t i = 0; i < to->n; i++) {
            to->list[i] = old[i];
        }
    }
    to->list[to->n++] = code;
}

static void add_setting(att_arena *arena, codes *to, const att_setting *settings,
                        size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(settings[i].name, name) == 0) {
            add(arena, to, settings[i].text);
            for (size_t k = 0; k < settings[i].n_list; k++) {
                add(arena, to, settings[i].list[k]);
            }
        }
    }
}

/* ---- one question ---- */

static bool is_code(const char *typed)
{
    return att_text_check(typed, strlen(typed)) == strlen(typed) &&
           att_text_is_tame(typed) && att_text_length(typed) <= CODE_MOST;
}

/* A typed line without blanks at its ends; NULL at the end of input. */
static const char *read_line(asker *a)
{
    char line[LINE_MOST];
    size_t from = 0;
    size_t n;

    fflush(stderr);
    if (fgets(line, sizeof line, stdin) == NULL) {
        fputs("\n", stderr);
        clearerr(stdin); /* Ctrl-D ends the questions here, not the interview */
        a->is_over = true;
        return NULL;
    }
    n = strlen(line);
    while (n > 0 && strchr(" \t\r\n", line[n - 1]) != NULL) {
        n--;
    }
    while (from < n && strchr(" \t", line[from]) != NULL) {
        from++;
    }
    return att_text_compose(a->arena,
                            att_arena_text_n(a->arena, line + from, n - from));
}

static void prompt(const char *title, const codes *known, const char *offer)
{
    fprintf(stderr, "%s (", title);
    for (size_t i = 0; i < known->n && i < SHOWN_MOST; i++) {
        fprintf(stderr, "%s%s", i > 0 ? ", " : "", known->list[i]);
    }
    fputs(known->n > SHOWN_MOST ? " ...)" : ")", stderr);
    if (offer != NULL) {
        fprintf(stderr, " [%s]", offer);
    }
    fputs(": ", stderr);
}

/* The code that was typed, whatever its case; NULL. */
static const char *find(att_arena *arena, const codes *known, const char *typed)
{
    const char *folded = att_text_fold(arena, typed);

    for (size_t i = 0; i < known->n; i++) {
        if (strcmp(known->list[i], typed) == 0) {
            return known->list[i];
        }
    }
    for (size_t i = 0; i < known->n; i++) {
        if (strcmp(att_text_fold(arena, known->list[i]), folded) == 0) {
            return known->list[i];
        }
    }
    return NULL;
}

/* Those that hold what was typed. */
static codes narrow(att_arena *arena, const codes *known, const char *typed)
{
    const char *part = att_text_fold(arena, typed);
    codes found = { 0 };

    for (size_t i = 0; i < known->n; i++) {
        if (strstr(att_text_fold(arena, known->list[i]), part) != NULL) {
            add(arena, &found, known->list[i]);
        }
    }
    return found;
}

static void say_matches(const codes *found)
{
    fprintf(stderr, "%zu match: ", found->n);
    for (size_t i = 0; i < found->n && i < LIST_MOST; i++) {
        fprintf(stderr, "%s%s", i > 0 ? ", " : "", found->list[i]);
    }
    fputs(found->n > LIST_MOST ? " ...\n" : "\n", stderr);
}

/* What was typed is no code that is known: what Enter would take, or NULL. */
static const char *suggest(asker *a, const codes *known, const char *typed,
                           bool is_closed)
{
    codes found = narrow(a->arena, known, typed);
    const char *near =
        found.n == 1 ? found.list[0] : att_text_nearest(typed, known->list, known->n);

    if (found.n > 1) {
        say_matches(&found);
        return NULL;
    }
    fprintf(stderr, "\"%s\" is not known here.", typed);
    if (near != NULL) {
        fprintf(stderr, " Did you mean \"%s\"? Enter takes it.", near);
    }
    if (!is_closed) {
        fprintf(stderr, " To use \"%s\" all the same, type it again.", typed);
    }
    fputs("\n", stderr);
    return near;
}

/* Asks for one code. Enter takes what stands in brackets, else none; "-" is none. */
static const char *ask(asker *a, const char *title, const codes *known,
                       const char *offer, bool is_closed)
{
    const char *before = "";

    while (!a->is_over) {
        const char *typed;
        const char *code;

        prompt(title, known, offer);
        typed = read_line(a);
        if (typed == NULL || strcmp(typed, "-") == 0) {
            return "";
        }
        if (typed[0] == '\0') {
            return offer != NULL ? offer : "";
        }
        code = find(a->arena, known, typed);
        if (code != NULL) {
            return code;
        }
        if (!is_code(typed)) {
            fprintf(stderr, "A code has up to %d characters of plain text.\n",
                    CODE_MOST);
            continue;
        }
        if (!is_closed && strcmp(before, typed) == 0) {
            return typed;
        }
        offer = suggest(a, known, typed, is_closed);
        before = typed;
    }
    return "";
}

/* ---- all of them ---- */

typedef struct known {
    codes people, roles, sites, waves;
    const att_response *responses; /* [n] in order of start */
    size_t n;
} known;

static att_code gather(att_arena *arena, att_store *store,
                       const att_instrument *instrument, known *out, att_err *err)
{
    att_response_filter any = { .status = -1 };
    att_response *list = NULL;
    att_setting *settings = NULL;
    size_t n_settings = 0;

    ATT_TRY(att_settings_read(arena, store, &settings, &n_settings, err));
    ATT_TRY(att_responses_list(arena, store, &any, &list, &out->n, err));
    out->responses = list;
    add_setting(arena, &out->people, settings, n_settings, "people");
    add_setting(arena, &out->roles, settings, n_settings, "roles");
    add_setting(arena, &out->sites, settings, n_settings, "sites");
    add_setting(arena, &out->waves, settings, n_settings, "waves");
    for (size_t i = out->n; i-- > 0;) { /* the latest first */
        add(arena, &out->people, list[i].person);
        add(arena, &out->roles, list[i].role);
        add(arena, &out->sites, list[i].site);
        add(arena, &out->waves, list[i].wave);
    }
    if (out->roles.n > 0 && instrument->n_roles > 0) {
        out->roles = (codes){ 0 };
        for (size_t i = 0; i < instrument->n_roles; i++) {
            add(arena, &out->roles, instrument->roles[i]);
        }
    }
    return ATT_OK;
}

/* The last response of a person, or NULL. */
static const att_response *last_of(const known *k, const char *person)
{
    for (size_t i = k->n; person[0] != '\0' && i-- > 0;) {
        if (strcmp(k->responses[i].person, person) == 0) {
            return &k->responses[i];
        }
    }
    return NULL;
}

/* What the person said last, if it may be said here. */
static const char *offer_of(att_arena *arena, const codes *codes_known,
                            const char *last)
{
    return last == NULL || last[0] == '\0' ? NULL : find(arena, codes_known, last);
}

static bool may_ask(const att_call *call)
{
    const char *ui = att_option_get(call, "ui");

    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO) && isatty(STDOUT_FILENO) &&
           !call->is_json && att_option_get(call, "no-input") == NULL &&
           att_option_get(call, "answers") == NULL &&
           (ui == NULL || strcmp(ui, "script") != 0);
}

att_code att_suggesting_ask(att_call *call, att_store *store,
                            const att_instrument *instrument, att_response *header,
                            att_err *err)
{
    asker a = { .arena = call->arena };
    const att_response *last;
    known k = { 0 };

    if (!may_ask(call)) {
        return ATT_OK;
    }
    ATT_TRY(gather(call->arena, store, instrument, &k, err));
    if (att_option_get(call, "person") == NULL && k.people.n > 0) {
        header->person = ask(&a, "Person", &k.people, NULL, false);
    }
    last = last_of(&k, header->person);
    if (att_option_get(call, "role") == NULL && k.roles.n > 0) {
        header->role =
            ask(&a, "Role", &k.roles,
                offer_of(a.arena, &k.roles, last != NULL ? last->role : NULL),
                instrument->n_roles > 0);
    }
    if (att_option_get(call, "site") == NULL && k.sites.n > 0) {
        header->site =
            ask(&a, "Site", &k.sites,
                offer_of(a.arena, &k.sites, last != NULL ? last->site : NULL), false);
    }
    if (att_option_get(call, "wave") == NULL && k.waves.n > 0) {
        header->wave = ask(&a, "Wave", &k.waves, NULL, false);
    }
    return ATT_OK;
}
