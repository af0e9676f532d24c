/* overview.c - what `attune` alone says on a terminal
 */
#include "overview.h"

#include <string.h>

#include <attune/store/instruments.h>
#include <attune/store/responses.h>

#include "load.h"

/* One line of what to do next: a command and, from column 28 on, what it does. */
static void suggest(att_buf *out, const char *command, const char *what)
{
    size_t n = strlen(command);

    att_buf_format(out, "  %s", command);
    if (what != NULL) {
        att_buf_repeat(out, ' ', n < 23 ? 25 - n : 2);
        att_buf_add(out, what);
    }
    att_buf_char(out, '\n');
}

static const char *plural(long long n)
{
    return n == 1 ? "" : "s";
}

static void suggest_open(att_call *call, att_store *store, att_err *err)
{
    att_response_filter filter = { .status = ATT_STATUS_OPEN };
    att_response *open = NULL;
    size_t n = 0;

    if (att_responses_list(call->arena, store, &filter, &open, &n, err) == ATT_OK &&
        n > 0) {
        const att_response *last = &open[n - 1];
        const char *id = last->id + strlen(last->id) - ATT_ID_SHORT;

        suggest(call->out, att_arena_format(call->arena, "attune resume %s", id),
                att_arena_format(call->arena, "go on with %s session (%s)",
                                 n == 1 ? "the open" : "the latest open",
                                 last->instrument));
    }
}

static void suggest_instrument(att_call *call, att_store *store, att_err *err)
{
    att_stored_instrument *stored = NULL;
    size_t n = 0;
    size_t most = 0;

    if (att_instruments_list(call->arena, store, &stored, &n, err) != ATT_OK ||
        n == 0) {
        return;
    }
    for (size_t i = 1; i < n; i++) {
        if (stored[i].n_responses > stored[most].n_responses) {
            most = i;
        }
    }
    suggest(call->out, att_arena_format(call->arena, "attune run %s", stored[most].id),
            "start a new one");
    if (stored[most].n_responses > 0) {
        suggest(call->out,
                att_arena_format(call->arena, "attune report -i %s -o %s.html",
                                 stored[most].id, stored[most].id),
                NULL);
    }
}

static att_code describe_study(att_call *call, const char *path, att_err *err)
{
    att_store *store = att_store_open(path, ATT_OPEN_READ, err);
    att_store_facts facts;

    if (store == NULL) {
        return err->code;
    }
    if (att_store_facts_of(store, &facts, err) == ATT_OK) {
        att_buf_format(call->out, "%s: %lld instrument%s, %lld finished session%s, ",
                       path, facts.n_instruments, plural(facts.n_instruments),
                       facts.n_finished, plural(facts.n_finished));
        att_buf_format(call->out, "%lld open\n\n", facts.n_open);
        suggest_open(call, store, err);
        suggest_instrument(call, store, err);
        suggest(call->out, "attune help", "all commands");
    }
    att_store_close(store);
    return err->code;
}

int att_overview(att_call *call, att_err *err)
{
    const char *path = att_load_path_here(call);

    att_buf_format(call->out, "%s\n", att_program());
    if (path != NULL) {
        describe_study(call, path, err);
        return 0;
    }
    att_buf_add(call->out, "\nNo study is named here. To begin:\n\n");
    suggest(call->out, "attune demo", "make a whole study, all invented");
    suggest(call->out, "attune init my.attune", "make a study of your own");
    suggest(call->out, "attune help", "all commands");
    return 0;
}
