/* widget_in.h - what the files of the widget share
 */
#ifndef ATTUNE_FACE_WIDGET_IN_H
#define ATTUNE_FACE_WIDGET_IN_H

#include "widget.h"

/* What sort of answer is given. */
bool att_widget_is_grid(const att_widget *w);
bool att_widget_is_asking(const att_widget *w); /* one question */
bool att_widget_is_many(const att_widget *w);
bool att_widget_is_rank(const att_widget *w);
bool att_widget_is_slider(const att_widget *w);
bool att_widget_is_box(const att_widget *w);

/* The option with a number, with a letter; ATT_NONE. */
size_t att_widget_find_number(const att_widget *w, int number);
size_t att_widget_find_letter(const att_widget *w, int letter);

/* Whether some number has these digits in front and more behind. */
bool att_widget_begins_number(const att_widget *w, int digits);

/* An option as an answer. */
att_answer att_widget_answer_of(const att_option *option);

/* Marks among many: none; a copy; a press on an option; its mark taken away. */
att_marks att_widget_make_marks(att_arena *arena, size_t n);
void att_widget_copy_marks(att_marks *to, const att_marks *from, size_t n);
void att_widget_toggle(att_widget *w, size_t option);
void att_widget_take_mark(att_widget *w, size_t option);

/* Places in a rank (widget_rank.c): as kept; of the choice under the cursor by a digit,
 * and by Space; taken out; as an answer. */
void att_widget_show_places(att_widget *w, const att_answer *answer);
att_turn att_widget_press_place(att_widget *w, int digit);
void att_widget_place_next(att_widget *w, size_t option);
bool att_widget_take_out(att_widget *w, size_t option);
att_answer att_widget_places(const att_widget *w);

/* The row of a grid that is answered now. */
void att_widget_enter_row(att_widget *w, size_t row);
bool att_widget_row_is_pending(const att_widget *w, size_t row);

/* Marks an option (of many: turns its mark round), or moves to it. */
void att_widget_choose(att_widget *w, size_t option);
void att_widget_move_to(att_widget *w, size_t option);

/* Searching (widget_find.c): begins where the list is long; a key while it goes on. */
bool att_widget_begin_find(att_widget *w);
att_turn att_widget_find_key(att_widget *w, att_press press, int key);

/* Whether a key is a letter for a text box; its bytes in UTF-8. */
bool att_widget_is_letter(int key);
size_t att_widget_utf8(char out[4], int key);

/* Whether the last screen is shown. */
bool att_widget_is_ended(const att_widget *w);

/* In a kiosk (widget_kiosk.c): asks for the PIN; keys on those two screens. */
att_turn att_widget_ask_pin(att_widget *w, bool ends_all);
att_turn att_widget_key_locked(att_widget *w, int key, att_event *event);
att_turn att_widget_key_pin(att_widget *w, int key);

bool att_widget_is_blank(const char *text);

/* Something is not taken. */
void att_widget_say(att_widget *w, const att_refusal *refusal);

#endif
