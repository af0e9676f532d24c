/* cmd_set.c - attune set: settings of a study that instruments use
 *
 * A setting is a text ("network") or a list ("sites"). What a list holds gets the codes
 * 1, 2, 3 ... in its order, so a list may grow at its end but not change before it.
 */
#include "commands.h"

#include <string.h>

#include <attune/base/json.h>
#include <attune/base/text.h>

#include "load.h"

static bool is_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";

    return name[0] >= 'a' && name[0] <= 'z' && strspn(name, letters) == strlen(name) &&
           strlen(name) <= 40;
}

static att_code check_texts(const att_call *call, att_err *err)
{
    for (size_t i = 1; i < call->n_args; i++) {
        const char *text = call->args[i];

        if (att_text_check(text, strlen(text)) != strlen(text) ||
            !att_text_is_tame(text)) {
            return att_fail(
                err, ATT_EINPUT,
                "a setting is plain UTF-8 text, without control characters");
        }
    }
    return ATT_OK;
}

/* Whether every label of the list that is there stands in its old place. */
static bool keeps_codes(att_arena *arena, att_store *store, const att_call *call,
                        att_err *err)
{
    att_setting *settings = NULL;
    size_t n = 0;

    if (att_settings_read(arena, store, &settings, &n, err) != ATT_OK) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(settings[i].name, call->args[0]) != 0) {
            continue;
        }
        for (size_t k = 0; k < settings[i].n_list; k++) {
            if (k + 1 >= call->n_args ||
                strcmp(settings[i].list[k], call->args[k + 1]) != 0) {
                att_fail(
                    err, ATT_ECONFLICT,
                    "\"%s\" has \"%s\" in place %zu, and answers may hold that code",
                    call->args[0], settings[i].list[k], k + 1);
                att_hint(err, "keep the list as it is and add at its end");
                return false;
            }
        }
    }
    return true;
}

static void write_value(att_buf *json, const att_call *call, bool is_list)
{
    att_json_out out = att_json_begin(json, false);

    if (!is_list) {
        att_json_string(&out, call->args[1]);
        return;
    }
    att_json_list(&out);
    for (size_t i = 1; i < call->n_args; i++) {
        att_json_string(&out, call->args[i]);
    }
    att_json_end_list(&out);
}

static void show_text(att_buf *out, const att_setting *setting)
{
    att_buf_add(out, setting->name);
    if (setting->text != NULL) {
        att_buf_format(out, "  %s", setting->text);
    }
    for (size_t k = 0; k < setting->n_list; k++) {
        att_buf_format(out, "%s%zu %s", k == 0 ? "  " : ", ", k + 1, setting->list[k]);
    }
    att_buf_char(out, '\n');
}

static void show_json(att_buf *buf, const att_setting *settings, size_t n)
{
    att_json_out out = att_json_begin(buf, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-set/1");
    att_json_key(&out, "settings");
    att_json_object(&out);
    for (size_t i = 0; i < n; i++) {
        att_json_key(&out, settings[i].name);
        if (settings[i].text != NULL) {
            att_json_string(&out, settings[i].text);
            continue;
        }
        att_json_list(&out);
        for (size_t k = 0; k < settings[i].n_list; k++) {
            att_json_string(&out, settings[i].list[k]);
        }
        att_json_end_list(&out);
    }
    att_json_end_object(&out);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

static void show_settings(att_call *call, att_store *store, att_err *err)
{
    att_setting *settings = NULL;
    size_t n = 0;

    if (att_settings_read(call->arena, store, &settings, &n, err) != ATT_OK) {
        return;
    }
    if (call->is_json) {
        show_json(call->out, settings, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        show_text(call->out, &settings[i]);
    }
    if (n == 0) {
        att_buf_add(call->out, "No settings yet.\n");
    }
}

/* "paradata" is the one setting that the program itself obeys. */
static att_code check_switch(const att_call *call, att_err *err)
{
    if (strcmp(call->args[0], "paradata") != 0 ||
        (call->n_args == 2 &&
         (strcmp(call->args[1], "on") == 0 || strcmp(call->args[1], "off") == 0))) {
        return ATT_OK;
    }
    att_fail(err, ATT_EUSAGE, "\"paradata\" is on or off");
    return att_hint(err, "attune set paradata off");
}

static void put_setting(att_call *call, att_store *store, att_err *err)
{
    bool is_list = att_option_get(call, "list") != NULL || call->n_args > 2;
    att_buf json = { 0 };

    if (!is_name(call->args[0])) {
        att_fail(err, ATT_EUSAGE, "\"%s\" cannot name a setting", call->args[0]);
        att_hint(err, "use small letters, digits, _ and .");
        return;
    }
    if (call->n_args == 1) {
        att_fail(err, ATT_EUSAGE, "\"%s\" wants a value", call->args[0]);
        att_hint(err, "attune set %s VALUE...", call->args[0]);
        return;
    }
    if (check_switch(call, err) != ATT_OK || check_texts(call, err) != ATT_OK ||
        !keeps_codes(call->arena, store, call, err)) {
        return;
    }
    write_value(&json, call, is_list);
    if (att_settings_set(store, call->args[0], att_buf_text(&json), err) == ATT_OK) {
        if (call->is_json) {
            show_settings(call, store, err);
        } else {
            att_buf_format(call->out, "Set %s.\n", call->args[0]);
        }
    }
    att_buf_drop(&json);
}

static int run_set(att_call *call, att_err *err)
{
    att_open_mode mode = call->n_args == 0 ? ATT_OPEN_READ : ATT_OPEN_WRITE;
    att_store *store = att_load_store(call, mode, err);

    if (store == NULL) {
        return att_code_exit_status(err->code);
    }
    if (call->n_args == 0) {
        show_settings(call, store, err);
    } else {
        put_setting(call, store, err);
    }
    att_store_close(store);
    return att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { "list", 0, NULL, "a list, even if it has one value", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_set = {
    .name = "set",
    .group = ATT_GROUP_KEEP,
    .about = "Sets what instruments say about a study: its network, its sites.",
    .examples = "  attune set network \"the Lakeside network\"\n"
                "  attune set sites \"North clinic\" \"South clinic\"\n"
                "  attune set paradata off                keep only the answers\n"
                "  attune set                             what is set\n",
    .usage = "[NAME VALUE...] [options]",
    .options = options,
    .max_args = 1001,
    .is_json = true,
    .run = run_set,
};
