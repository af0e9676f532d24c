/* Choices of a dictionary: their codes and words. */
#include <string.h>

#include "dialect_middle.h"
#include "dialect_redcap_draft.h"
#include "dialect_words.h"

/* ---- choices ---- */

static bool has_code(const att_dict_item *item, const char *text)
{
    for (size_t i = 0; i < item->n_choices; i++) {
        if (strcmp(item->choices[i].code.text, text) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_number(const att_dict_item *item, int code)
{
    for (size_t i = 0; i < item->n_choices; i++) {
        if (item->choices[i].code.reason == ATT_REASON_NONE &&
            item->choices[i].code.code == code) {
            return true;
        }
    }
    return false;
}

/* First come those whose codes stay; the others get numbers that are free. */
static void number_choice(att_dict_choice *choice)
{
    if (!att_middle_keep(choice->code.text, &choice->code.code, &choice->code.reason)) {
        choice->code.code = -1;
        choice->code.reason = ATT_REASON_NOT_REACHED; /* waits for a number */
    }
}

static void number_rest(att_dict_form *form, att_dict_item *item)
{
    int next = 1;

    for (size_t i = 0; i < item->n_choices; i++) {
        att_logic_code *code = &item->choices[i].code;

        if (code->reason != ATT_REASON_NOT_REACHED) {
            continue;
        }
        while (has_number(item, next)) {
            next++;
        }
        code->reason = ATT_REASON_NONE;
        code->code = next;
        att_dict_lose(form, item, ATT_LOSS_APPROXIMATED, "the code \"%s\" becomes %d",
                      code->text, next);
    }
}

static void add_choice(att_dict_form *form, att_dict_item *item, const char *part,
                       size_t n)
{
    const char *comma = memchr(part, ',', n);
    size_t at = comma == NULL ? n : (size_t)(comma - part);
    att_dict_choice *choice = &item->choices[item->n_choices];
    bool had_tags = false;

    *choice =
        (att_dict_choice){ .code.text = att_words_trimmed(form->arena, part, at) };
    choice->label = comma == NULL
                        ? choice->code.text
                        : att_words_trimmed(form->arena, comma + 1, n - at - 1);
    choice->label = att_words_plain(form->arena, choice->label, &had_tags);
    if (choice->code.text[0] == '\0' && choice->label[0] == '\0') {
        return;
    }
    if (has_code(item, choice->code.text)) {
        att_dict_lose(form, item, ATT_LOSS_DROPPED,
                      "the code \"%s\" stands twice; the choice \"%s\"",
                      choice->code.text, choice->label);
        return;
    }
    if (choice->label[0] == '\0') {
        choice->label = choice->code.text;
        att_dict_lose(form, item, ATT_LOSS_APPROXIMATED,
                      "the choice \"%s\" has no words", choice->code.text);
    }
    if (had_tags) {
        att_dict_lose(form, item, ATT_LOSS_APPROXIMATED,
                      "HTML was taken out of the choice \"%s\"", choice->code.text);
    }
    number_choice(choice);
    item->n_choices++;
}

void att_dict_choices(att_dict_form *form, att_dict_item *item)
{
    const char *text = item->row->cells[ATT_DICT_CHOICES];
    size_t n = 1;

    for (const char *p = text; *p != '\0'; p++) {
        n += *p == '|';
    }
    n = n > ATT_CHOICES_MAX ? ATT_CHOICES_MAX : n;
    item->choices = att_new_n(form->arena, att_dict_choice, n);
    for (;;) {
        size_t bytes = strcspn(text, "|");

        if (item->n_choices == n) {
            if (text[strspn(text, " |")] != '\0') {
                att_dict_lose(form, item, ATT_LOSS_DROPPED, "choices beyond %d",
                              ATT_CHOICES_MAX);
            }
            break;
        }
        add_choice(form, item, text, bytes);
        if (text[bytes] == '\0') {
            break;
        }
        text += bytes + 1;
    }
    number_rest(form, item);
}
