/* layout_kiosk.c - the locked screen of a kiosk, and where its PIN is typed; see
 * layout_in.h
 */
#include "layout_in.h"

#include <string.h>

#include <attune/base/text.h>

static void put_words(att_drawing *d, const char *text)
{
    att_draw_words(d, ATT_PART_HEAD, text, d->text, ATT_PAINT_TEXT);
}

/* Why it is locked, when nobody asked for it, and what has become of the answers. */
static const char *why(const att_drawing *d)
{
    const char *hidden = d->words->word[ATT_SAY_LOCKED_HIDDEN];
    double minutes = d->opts->idle;

    if (!d->w->locking.is_idle) {
        return hidden;
    }
    return att_arena_format(d->arena, "%s %s",
                            minutes > 0.999 && minutes < 1.001
                                ? d->words->word[ATT_SAY_LOCKED_MINUTE]
                                : att_draw_say(d, ATT_SAY_LOCKED_MINUTES,
                                               att_draw_number(d, minutes), NULL, NULL),
                            hidden);
}

void att_draw_locked(att_drawing *d)
{
    size_t i;

    put_words(d, why(d));
    att_draw_gap(d, ATT_PART_HEAD);
    for (i = 0; i < 2; i++) {
        att_choice_line line = {
            "( )", i == 0 ? "1" : "2",
            1,     d->words->word[i == 0 ? ATT_SAY_LOCKED_NEW : ATT_SAY_LOCKED_GO_ON],
            i,     d->w->leave_focus == i
        };

        att_draw_option(d, &line);
    }
}

void att_draw_pin(att_drawing *d)
{
    const att_locking *locking = &d->w->locking;
    const char *label = d->words->word[ATT_SAY_PIN_LABEL];
    size_t room = d->text - att_text_width(label) - 2;
    size_t n = locking->n_pin < room ? locking->n_pin : room;
    char *stars = att_arena_alloc(d->arena, n + 1);
    size_t column = 3 + att_text_width(label) + 1;

    memset(stars, '*', n);
    stars[n] = '\0';
    put_words(
        d, d->words->word[locking->ends_all ? ATT_SAY_PIN_LEAVE : ATT_SAY_PIN_GO_ON]);
    att_draw_gap(d, ATT_PART_HEAD);
    att_page_add(&d->page, ATT_PART_HEAD)->cursor = column + n;
    att_page_put(&d->page, 1, ">", ATT_PAINT_TEXT);
    d->page.side = ATT_SIDE_WORDS;
    att_page_put(&d->page, 3, label, ATT_PAINT_TEXT);
    d->page.side = ATT_SIDE_LANGUAGE;
    att_page_put(&d->page, column, stars, ATT_PAINT_FIELD);
    if (locking->wait > 0) {
        att_draw_gap(d, ATT_PART_HEAD);
        att_draw_alert(
            d, att_draw_say(d, locking->is_early ? ATT_SAY_PIN_WAIT : ATT_SAY_PIN_WRONG,
                            att_draw_number(d, locking->wait), NULL, NULL));
    }
}
