/* words.c - codes as words
 */
#include "parts.h"

#include <string.h>
#include <strings.h>

#include <attune/base/buf.h>
#include <attune/base/text.h>

typedef struct pair {
    const char *code, *name;
} pair;

static const pair roles[] = {
    { "PT", "Patients" },
    { "PA", "Parents and caregivers" },
    { "CL", "Clinicians and staff" },
    { "RE", "Researchers" },
    { "CP", "Community partners" },
    { "CO", "Coordinators" },
};

static const pair languages[] = {
    { "en", "English" }, { "es", "Spanish" },    { "de", "German" },
    { "fr", "French" },  { "it", "Italian" },    { "pt", "Portuguese" },
    { "nl", "Dutch" },   { "ar", "Arabic" },     { "he", "Hebrew" },
    { "zh", "Chinese" }, { "vi", "Vietnamese" },
};

static const char *name_of(const pair *list, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i].code, code) == 0) {
            return list[i].name;
        }
    }
    return code[0] != '\0' ? code : "Not given";
}

const char *att_role_name(const char *code)
{
    return name_of(roles, sizeof roles / sizeof *roles, code);
}

const char *att_language_name(const char *tag)
{
    return name_of(languages, sizeof languages / sizeof *languages, tag);
}

/* What stands for a token when nothing is known of the person: its last words. */
static const char *token_words(const att_instrument *instrument, const char *id,
                               size_t n)
{
    for (size_t i = 0; i < instrument->n_tokens; i++) {
        const att_token *token = &instrument->tokens[i];

        if (strlen(token->id) == n && strncasecmp(token->id, id, n) == 0 &&
            token->n_otherwise > 0) {
            return att_wording_in(instrument,
                                  &token->otherwise[token->n_otherwise - 1].text,
                                  instrument->language);
        }
    }
    return NULL;
}

const char *att_item_words(att_arena *arena, const att_instrument *instrument,
                           size_t item)
{
    const char *text = att_item_label(instrument, item);
    bool is_raised = text[0] == '{';
    att_buf out = { 0 };
    char *words;

    for (size_t i = 0; text[i] != '\0';) {
        size_t n = text[i] == '{' ? strcspn(text + i, "}") : 0;
        const char *token = n > 0 && text[i + n] == '}'
                                ? token_words(instrument, text + i + 1, n - 1)
                                : NULL;

        if (token != NULL) {
            att_buf_add(&out, token);
            i += n + 1;
        } else {
            att_buf_char(&out, text[i] == '\n' ? ' ' : text[i]);
            i++;
        }
    }
    words = is_raised ? att_text_raise(arena, att_buf_text(&out))
                      : att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return words;
}

const char *att_scale_words(const att_parts *parts, size_t scale)
{
    const att_scale *one = &parts->instrument->scales[scale];
    const char *title =
        att_wording_in(parts->instrument, &one->title, parts->instrument->language);

    return title[0] != '\0' ? title : one->id;
}
