/* keymap.h - keys to events and their help, one table
 *
 * Hints, help screens, the line face's help, the man page and tests are made from it:
 * docs/SCREENS.md, section 6.
 */
#ifndef ATTUNE_FACE_KEYMAP_H
#define ATTUNE_FACE_KEYMAP_H

#include <stddef.h>

#include <attune/face/words.h>

/* What a person is looking at, as far as keys go; also the name of a set of hints. */
typedef enum att_scene {
    ATT_SCENE_ONE = 0, /* choices, one of them */
    ATT_SCENE_MANY,
    ATT_SCENE_RANK, /* choices put in order */
    ATT_SCENE_GRID,
    ATT_SCENE_SLIDER,
    ATT_SCENE_FIELD, /* a number or date; a note */
    ATT_SCENE_LINE,  /* a text box of one line */
    ATT_SCENE_TEXT,  /* a text box of many lines */
    ATT_SCENE_FIND,  /* the search in a long list */
    ATT_SCENE_LIST,  /* the review */
    ATT_SCENE_ASK,   /* leave? */
    ATT_SCENE_OVER,  /* help */
    ATT_SCENE_PIN,   /* a kiosk's PIN is typed */
    ATT_SCENE_TINY   /* under 40x10: only Ctrl-C */
} att_scene;

#define ATT_N_SCENES 14

/* What a key asks for. MARK and REASON carry the key itself. */
typedef enum att_press {
    ATT_PRESS_NONE = 0, /* unbound here: does nothing, says nothing; or text */
    ATT_PRESS_MARK,
    ATT_PRESS_REASON,
    ATT_PRESS_UP,
    ATT_PRESS_DOWN,
    ATT_PRESS_LEFT,
    ATT_PRESS_RIGHT,
    ATT_PRESS_FIRST,
    ATT_PRESS_LAST,
    ATT_PRESS_PART,
    ATT_PRESS_PART_BACK,
    ATT_PRESS_TOGGLE,
    ATT_PRESS_CLEAR,
    ATT_PRESS_NEXT,
    ATT_PRESS_NEW_LINE,
    ATT_PRESS_BACK,
    ATT_PRESS_SEARCH,
    ATT_PRESS_HELP,
    ATT_PRESS_LIST,
    ATT_PRESS_CLOSE,
    ATT_PRESS_REDRAW,
    ATT_PRESS_LEAVE,
    ATT_PRESS_SAVE,
    ATT_PRESS_YES,
    ATT_PRESS_NO,
    ATT_PRESS_FINISH,
    ATT_PRESS_SUSPEND
} att_press;

/* Keys without a character of their own; all others are their code point, and Ctrl-A to
 * Ctrl-Z are 1 to 26. */
typedef enum att_key {
    ATT_KEY_NONE = 0,
    ATT_KEY_TAB = 9,
    ATT_KEY_ENTER = 13,
    ATT_KEY_ESC = 27,
    ATT_KEY_UP = 0x110000,
    ATT_KEY_DOWN,
    ATT_KEY_LEFT,
    ATT_KEY_RIGHT,
    ATT_KEY_HOME,
    ATT_KEY_END,
    ATT_KEY_SHIFT_TAB,
    ATT_KEY_BACKSPACE,
    ATT_KEY_PAGE_UP,
    ATT_KEY_PAGE_DOWN,
    ATT_KEY_F1,
    ATT_KEY_DIGIT /* stands for 0 to 9 in the table */
} att_key;

#define ATT_CTRL(letter) ((letter) - 'A' + 1)

#define ATT_KEYS_A_ROW 4

/* One row of the table: the keys that ask for one thing in some scenes. */
typedef struct att_key_row {
    int keys[ATT_KEYS_A_ROW]; /* ATT_KEY_NONE ends them */
    const char *shown;        /* "PgUp, Ctrl-P"; NULL: another row shows it; "" (digits,
                          reasons): the face says which */
    const char *line;         /* what is typed in the line face: "b"; NULL: nothing */
    const char *colon;        /* the same where letters are text: ":back"; NULL */
    att_press press;
    unsigned scenes; /* bit 1 << scene: where it is bound */
    unsigned helps;  /* where help shows it */
    att_word help;   /* what it does */
} att_key_row;

extern const att_key_row att_keymap[];
extern const size_t att_n_keymap;

/* What a key asks for in a scene; NONE when unbound. */
att_press att_keymap_find(int key, att_scene scene);

/* What a typed word asks for in the line face: "b", ":back". is_text: letters are text
 * here, so that only colon words count. NONE when it is no command. */
att_press att_keymap_typed(const char *typed, bool is_text);

/* The hints of a scene, first to last: words with a tab between key and verb. {1} is
 * the numbers that can be pressed ("1-5"). */
const att_word *att_keymap_hints(att_scene scene, size_t *n);

#endif
