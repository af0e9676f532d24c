/* typing.c - when a draft is kept; see the header */
#include "typing.h"

#include <string.h>

void att_typing_begin(att_typing *typing, const char *id, const char *kept)
{
    typing->item = id;
    typing->n_keys = 0;
    att_buf_cut(&typing->kept, 0);
    att_buf_add(&typing->kept, kept);
}

bool att_typing_is_due(const att_typing *typing, const char *text)
{
    return typing->drafts != NULL && typing->item != NULL &&
           strcmp(text, att_buf_text(&typing->kept)) != 0;
}

void att_typing_keep(att_typing *typing, const char *text)
{
    if (!att_typing_is_due(typing, text)) {
        return;
    }
    typing->n_keys = 0;
    if (typing->drafts->keep(typing->drafts->data, typing->item, text, NULL) ==
        ATT_OK) {
        att_buf_cut(&typing->kept, 0);
        att_buf_add(&typing->kept, text);
    }
}

void att_typing_keys(att_typing *typing, size_t n, const char *text)
{
    if (!att_typing_is_due(typing, text)) {
        typing->n_keys = 0;
        return;
    }
    typing->n_keys += n;
    if (typing->n_keys >= ATT_TYPING_KEYS) {
        att_typing_keep(typing, text);
    }
}

void att_typing_drop(att_typing *typing)
{
    att_buf_drop(&typing->kept);
}
