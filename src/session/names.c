/* names.c - screens, events and refusals as words; see the header */
#include <attune/session/names.h>

#include <string.h>

#define N(list) (sizeof(list) / sizeof(list)[0])

static const char *const screens[] = {
    [ATT_SCREEN_START] = "start",       [ATT_SCREEN_WELCOME] = "welcome",
    [ATT_SCREEN_NOTE] = "note",         [ATT_SCREEN_QUESTION] = "question",
    [ATT_SCREEN_GRID] = "grid",         [ATT_SCREEN_REVIEW] = "review",
    [ATT_SCREEN_FINISHED] = "finished", [ATT_SCREEN_DECLINED] = "declined",
    [ATT_SCREEN_LEFT] = "left",
};

static const char *const events[] = {
    [ATT_EVENT_AGREE] = "agree",   [ATT_EVENT_DECLINE] = "decline",
    [ATT_EVENT_ANSWER] = "answer", [ATT_EVENT_SKIP] = "skip",
    [ATT_EVENT_NEXT] = "next",     [ATT_EVENT_BACK] = "back",
    [ATT_EVENT_GOTO] = "goto",     [ATT_EVENT_REVIEW] = "review",
    [ATT_EVENT_FINISH] = "finish", [ATT_EVENT_LEAVE] = "leave",
};

static const char *const refusals[] = {
    [ATT_REFUSAL_NONE] = "",
    [ATT_REFUSAL_REQUIRED] = "required",
    [ATT_REFUSAL_ASK_SKIP] = "ask_skip",
    [ATT_REFUSAL_NO_CHOICE] = "no_choice",
    [ATT_REFUSAL_NO_REASON] = "no_reason",
    [ATT_REFUSAL_NOT_NUMBER] = "not_number",
    [ATT_REFUSAL_NOT_WHOLE] = "not_whole",
    [ATT_REFUSAL_TOO_LOW] = "too_low",
    [ATT_REFUSAL_TOO_HIGH] = "too_high",
    [ATT_REFUSAL_STEP] = "step",
    [ATT_REFUSAL_TOO_LONG] = "too_long",
    [ATT_REFUSAL_NOT_DATE] = "not_date",
    [ATT_REFUSAL_DATE_EARLY] = "date_early",
    [ATT_REFUSAL_DATE_LATE] = "date_late",
    [ATT_REFUSAL_NOT_TIME] = "not_time",
    [ATT_REFUSAL_TIME_EARLY] = "time_early",
    [ATT_REFUSAL_TIME_LATE] = "time_late",
    [ATT_REFUSAL_EXCLUSIVE] = "exclusive",
    [ATT_REFUSAL_TWICE] = "twice",
    [ATT_REFUSAL_TOO_FEW] = "too_few",
    [ATT_REFUSAL_TOO_MANY] = "too_many",
    [ATT_REFUSAL_GAP] = "gap",
    [ATT_REFUSAL_WRONG_SORT] = "wrong_sort",
    [ATT_REFUSAL_CHECK] = "check",
    [ATT_REFUSAL_WARN] = "warn",
    [ATT_REFUSAL_NOT_SHOWN] = "not_shown",
    [ATT_REFUSAL_NOTHING_BACK] = "nothing_back",
};

static const char *name_in(const char *const *names, size_t n, size_t i)
{
    return i < n && names[i] != NULL ? names[i] : "";
}

static bool find_in(const char *const *names, size_t n, const char *name, size_t *out)
{
    for (size_t i = 0; i < n; i++) {
        if (names[i] != NULL && strcmp(names[i], name) == 0) {
            *out = i;
            return true;
        }
    }
    return false;
}

const char *att_screen_name(att_screen screen)
{
    return name_in(screens, N(screens), (size_t)screen);
}

const char *att_event_name(att_event_kind kind)
{
    return name_in(events, N(events), (size_t)kind);
}

bool att_event_read(const char *name, att_event_kind *out)
{
    size_t i = 0;
    bool is_found = find_in(events, N(events), name, &i);

    *out = is_found ? (att_event_kind)i : ATT_EVENT_AGREE;
    return is_found;
}

const char *att_refusal_name(att_refusal_code code)
{
    return name_in(refusals, N(refusals), (size_t)code);
}

bool att_refusal_read(const char *name, att_refusal_code *out)
{
    size_t i = 0;
    bool is_found = find_in(refusals, N(refusals), name, &i);

    *out = is_found ? (att_refusal_code)i : ATT_REFUSAL_NONE;
    return is_found;
}
