/* keymap.c - the table of keys; see the header */
#include <attune/face/keymap.h>

#include <string.h>

#include <attune/base/text.h>

#define IN(scene) (1U << ATT_SCENE_##scene)

/* scenes by what they hold */
#define CHOICES (IN(ONE) | IN(MANY) | IN(RANK))
#define FIELDS  (IN(FIELD) | IN(SLIDER))
#define BOXES   (IN(LINE) | IN(TEXT))
#define ASKED   (CHOICES | IN(GRID) | FIELDS | BOXES)
#define ALL     (ASKED | IN(FIND) | IN(LIST) | IN(ASK) | IN(OVER) | IN(PIN))

const att_key_row att_keymap[] = {
    { { ATT_KEY_DIGIT },
      "",
      "",
      NULL,
      ATT_PRESS_MARK,
      (CHOICES & ~IN(RANK)) | IN(GRID) | IN(ASK),
      (CHOICES & ~IN(RANK)) | IN(GRID),
      ATT_SAY_KEY_MARK },
    { { ATT_KEY_DIGIT },
      "",
      NULL,
      NULL,
      ATT_PRESS_MARK,
      IN(RANK),
      IN(RANK),
      ATT_SAY_KEY_PLACE },
    { { 'n', 'r', 'k' },
      "",
      "",
      ":reason",
      ATT_PRESS_REASON,
      CHOICES | IN(GRID) | FIELDS,
      CHOICES | IN(GRID) | FIELDS,
      ATT_SAY_KEY_REASON },
    { { ATT_KEY_UP },
      "Up Down",
      NULL,
      NULL,
      ATT_PRESS_UP,
      CHOICES | IN(FIND) | IN(LIST) | IN(ASK) | IN(OVER) | BOXES,
      CHOICES | IN(FIND) | IN(LIST),
      ATT_SAY_KEY_MOVE },
    { { ATT_KEY_DOWN },
      NULL,
      NULL,
      NULL,
      ATT_PRESS_DOWN,
      CHOICES | IN(FIND) | IN(LIST) | IN(ASK) | IN(OVER) | BOXES,
      0,
      ATT_SAY_KEY_MOVE },
    { { ATT_KEY_UP },
      "Up Down",
      NULL,
      NULL,
      ATT_PRESS_UP,
      IN(GRID),
      IN(GRID),
      ATT_SAY_KEY_ROW },
    { { ATT_KEY_DOWN },
      NULL,
      NULL,
      NULL,
      ATT_PRESS_DOWN,
      IN(GRID),
      0,
      ATT_SAY_KEY_ROW },
    { { ATT_KEY_UP },
      "Up Down",
      NULL,
      NULL,
      ATT_PRESS_UP,
      IN(SLIDER),
      IN(SLIDER),
      ATT_SAY_KEY_BY_TEN },
    { { ATT_KEY_DOWN },
      NULL,
      NULL,
      NULL,
      ATT_PRESS_DOWN,
      IN(SLIDER),
      0,
      ATT_SAY_KEY_BY_TEN },
    { { ATT_KEY_LEFT },
      "Left Right",
      NULL,
      NULL,
      ATT_PRESS_LEFT,
      IN(GRID),
      IN(GRID),
      ATT_SAY_KEY_SIDE },
    { { ATT_KEY_RIGHT },
      NULL,
      NULL,
      NULL,
      ATT_PRESS_RIGHT,
      IN(GRID),
      0,
      ATT_SAY_KEY_SIDE },
    { { ATT_KEY_LEFT },
      "Left Right",
      NULL,
      NULL,
      ATT_PRESS_LEFT,
      IN(SLIDER),
      IN(SLIDER),
      ATT_SAY_KEY_BY_ONE },
    { { ATT_KEY_RIGHT },
      NULL,
      NULL,
      NULL,
      ATT_PRESS_RIGHT,
      IN(SLIDER),
      0,
      ATT_SAY_KEY_BY_ONE },
    { { ATT_KEY_LEFT },
      "Left Right",
      NULL,
      NULL,
      ATT_PRESS_LEFT,
      BOXES | IN(FIELD) | IN(FIND),
      BOXES,
      ATT_SAY_KEY_BY_LETTER },
    { { ATT_KEY_RIGHT },
      NULL,
      NULL,
      NULL,
      ATT_PRESS_RIGHT,
      BOXES | IN(FIELD) | IN(FIND),
      0,
      ATT_SAY_KEY_BY_LETTER },
    { { ATT_KEY_HOME },
      "Home End",
      NULL,
      NULL,
      ATT_PRESS_FIRST,
      CHOICES | IN(GRID) | FIELDS | BOXES | IN(FIND) | IN(LIST),
      BOXES | IN(SLIDER),
      ATT_SAY_KEY_ENDS },
    { { ATT_KEY_END },
      NULL,
      NULL,
      NULL,
      ATT_PRESS_LAST,
      CHOICES | IN(GRID) | FIELDS | BOXES | IN(FIND),
      0,
      ATT_SAY_KEY_ENDS },
    { { ATT_KEY_END },
      "End",
      "f",
      ":finish",
      ATT_PRESS_FINISH,
      IN(LIST),
      IN(LIST),
      ATT_SAY_KEY_FINISH },
    { { ATT_KEY_TAB },
      "Tab, Shift-Tab",
      NULL,
      NULL,
      ATT_PRESS_PART,
      ASKED,
      BOXES | FIELDS,
      ATT_SAY_KEY_PART },
    { { ATT_KEY_SHIFT_TAB },
      NULL,
      NULL,
      NULL,
      ATT_PRESS_PART_BACK,
      ASKED,
      0,
      ATT_SAY_KEY_PART },
    { { ' ' },
      "Space",
      NULL,
      NULL,
      ATT_PRESS_TOGGLE,
      (CHOICES & ~IN(RANK)) | IN(GRID) | IN(ASK),
      IN(MANY),
      ATT_SAY_KEY_TOGGLE },
    { { ' ' },
      "Space",
      NULL,
      NULL,
      ATT_PRESS_TOGGLE,
      IN(RANK),
      IN(RANK),
      ATT_SAY_KEY_PLACE_NEXT },
    { { ATT_KEY_BACKSPACE, ATT_CTRL('H') },
      "Backspace",
      NULL,
      NULL,
      ATT_PRESS_CLEAR,
      (CHOICES & ~IN(RANK)) | IN(GRID) | IN(SLIDER),
      (CHOICES & ~IN(RANK)) | IN(GRID) | IN(SLIDER),
      ATT_SAY_KEY_CLEAR },
    { { ATT_KEY_BACKSPACE, ATT_CTRL('H') },
      "Backspace",
      NULL,
      NULL,
      ATT_PRESS_CLEAR,
      IN(RANK),
      IN(RANK),
      ATT_SAY_KEY_TAKE_OUT },
    { { ATT_KEY_BACKSPACE, ATT_CTRL('H') },
      "Backspace",
      NULL,
      NULL,
      ATT_PRESS_CLEAR,
      IN(FIELD) | BOXES | IN(FIND) | IN(PIN),
      IN(FIELD) | BOXES | IN(FIND),
      ATT_SAY_KEY_DELETE },
    { { '/' },
      "/",
      NULL,
      NULL,
      ATT_PRESS_SEARCH,
      CHOICES,
      CHOICES,
      ATT_SAY_KEY_SEARCH },
    { { ATT_KEY_ENTER, ATT_KEY_PAGE_DOWN, ATT_CTRL('N') },
      "Enter, PgDn, Ctrl-N",
      NULL,
      NULL,
      ATT_PRESS_NEXT,
      ASKED & ~IN(TEXT),
      ASKED & ~IN(TEXT),
      ATT_SAY_KEY_NEXT },
    { { ATT_KEY_PAGE_DOWN, ATT_CTRL('N') },
      "PgDn, Ctrl-N",
      NULL,
      NULL,
      ATT_PRESS_NEXT,
      IN(TEXT),
      IN(TEXT),
      ATT_SAY_KEY_NEXT },
    { { ATT_KEY_ENTER },
      "Enter",
      NULL,
      NULL,
      ATT_PRESS_NEW_LINE,
      IN(TEXT),
      IN(TEXT),
      ATT_SAY_KEY_NEW_LINE },
    { { ATT_KEY_ENTER },
      "Enter",
      NULL,
      NULL,
      ATT_PRESS_NEXT,
      IN(ASK) | IN(PIN),
      0,
      ATT_SAY_KEY_NEXT },
    { { ATT_KEY_ENTER },
      "Enter",
      NULL,
      NULL,
      ATT_PRESS_NEXT,
      IN(FIND),
      IN(FIND),
      ATT_SAY_KEY_TAKES },
    { { ATT_KEY_ENTER, ATT_KEY_PAGE_DOWN, ATT_CTRL('N') },
      "Enter",
      NULL,
      NULL,
      ATT_PRESS_NEXT,
      IN(LIST),
      IN(LIST),
      ATT_SAY_KEY_CHANGES },
    { { ATT_KEY_PAGE_UP, ATT_CTRL('P') },
      "PgUp, Ctrl-P",
      "b",
      ":back",
      ATT_PRESS_BACK,
      ASKED | IN(FIND) | IN(LIST),
      ASKED | IN(FIND) | IN(LIST),
      ATT_SAY_KEY_BACK },
    { { 0 }, NULL, "l", ":list", ATT_PRESS_LIST, 0, 0, ATT_SAY_KEY_LIST },
    { { 0 }, NULL, "s", ":save", ATT_PRESS_SAVE, 0, 0, ATT_SAY_KEY_SAVE },
    { { '?', ATT_KEY_F1, ATT_CTRL('G') },
      "?, F1, Ctrl-G",
      "?",
      ":help",
      ATT_PRESS_HELP,
      (ASKED & ~BOXES) | IN(LIST),
      (ASKED & ~BOXES) | IN(LIST),
      ATT_SAY_KEY_HELP },
    { { ATT_KEY_F1, ATT_CTRL('G') },
      "F1, Ctrl-G",
      NULL,
      NULL,
      ATT_PRESS_HELP,
      BOXES | IN(FIND),
      BOXES | IN(FIND),
      ATT_SAY_KEY_HELP },
    { { ATT_KEY_ESC },
      "Esc",
      NULL,
      NULL,
      ATT_PRESS_CLOSE,
      IN(FIND) | IN(ASK) | IN(OVER) | IN(PIN),
      IN(FIND),
      ATT_SAY_KEY_CLOSE },
    { { 'y' }, "y", "y", NULL, ATT_PRESS_YES, IN(ASK), 0, ATT_SAY_KEY_YES },
    { { 'n' }, "n", "n", NULL, ATT_PRESS_NO, IN(ASK), 0, ATT_SAY_KEY_NO },
    { { ATT_CTRL('L') },
      "Ctrl-L",
      NULL,
      NULL,
      ATT_PRESS_REDRAW,
      ALL,
      0,
      ATT_SAY_KEY_REDRAW },
    { { ATT_CTRL('Z') },
      "Ctrl-Z",
      NULL,
      NULL,
      ATT_PRESS_SUSPEND,
      ALL,
      0,
      ATT_SAY_KEY_SUSPEND },
    { { ATT_CTRL('C') },
      "Ctrl-C",
      NULL,
      NULL,
      ATT_PRESS_LEAVE,
      ALL | IN(TINY),
      ASKED | IN(FIND) | IN(LIST),
      ATT_SAY_KEY_LEAVE },
};

const size_t att_n_keymap = sizeof att_keymap / sizeof att_keymap[0];

static bool holds(const att_key_row *row, int key)
{
    size_t i;

    for (i = 0; i < ATT_KEYS_A_ROW && row->keys[i] != ATT_KEY_NONE; i++) {
        if (row->keys[i] == key) {
            return true;
        }
    }
    return false;
}

att_press att_keymap_find(int key, att_scene scene)
{
    size_t i;

    if (key == '\n') {
        key = ATT_KEY_ENTER;
    } else if (key >= '0' && key <= '9') {
        key = ATT_KEY_DIGIT;
    }
    for (i = 0; i < att_n_keymap; i++) {
        const att_key_row *row = &att_keymap[i];

        if ((row->scenes & 1U << scene) != 0 && holds(row, key)) {
            return row->press;
        }
    }
    return ATT_PRESS_NONE;
}

static bool is_word(const char *word, const char *typed)
{
    return word != NULL && word[0] != '\0' && strcmp(word, typed) == 0;
}

att_press att_keymap_typed(const char *typed, bool is_text)
{
    size_t i;

    for (i = 0; i < att_n_keymap; i++) {
        const att_key_row *row = &att_keymap[i];

        /* y and n answer one question only; they are read where it is asked */
        if (row->press == ATT_PRESS_YES || row->press == ATT_PRESS_NO) {
            continue;
        }
        if (is_word(row->colon, typed) || (!is_text && is_word(row->line, typed))) {
            return row->press;
        }
    }
    return ATT_PRESS_NONE;
}

#define HINTS_MAX 7 /* a set ends with word 0, which is no hint */

const att_word *att_keymap_hints(att_scene scene, size_t *n)
{
    static const att_word sets[ATT_N_SCENES][HINTS_MAX] = {
        [ATT_SCENE_ONE] = { ATT_SAY_HINT_HELP, ATT_SAY_HINT_NEXT, ATT_SAY_HINT_CHOOSE,
                            ATT_SAY_HINT_BACK, ATT_SAY_HINT_LEAVE },
        [ATT_SCENE_MANY] = { ATT_SAY_HINT_HELP, ATT_SAY_HINT_NEXT, ATT_SAY_HINT_MARKS,
                             ATT_SAY_HINT_BACK, ATT_SAY_HINT_LEAVE },
        [ATT_SCENE_RANK] = { ATT_SAY_HINT_HELP, ATT_SAY_HINT_NEXT, ATT_SAY_HINT_PLACE,
                             ATT_SAY_HINT_TAKES_OUT, ATT_SAY_HINT_BACK },
        [ATT_SCENE_GRID] = { ATT_SAY_HINT_HELP, ATT_SAY_HINT_NEXT_ROW,
                             ATT_SAY_HINT_CHOOSE_GRID, ATT_SAY_HINT_ROWS,
                             ATT_SAY_HINT_BACK, ATT_SAY_HINT_LEAVE },
        [ATT_SCENE_SLIDER] = { ATT_SAY_HINT_HELP, ATT_SAY_HINT_NEXT,
                               ATT_SAY_HINT_BY_ONE, ATT_SAY_HINT_BY_TEN,
                               ATT_SAY_HINT_BACK },
        [ATT_SCENE_FIELD] = { ATT_SAY_HINT_HELP, ATT_SAY_HINT_NEXT, ATT_SAY_HINT_BACK,
                              ATT_SAY_HINT_LEAVE },
        [ATT_SCENE_LINE] = { ATT_SAY_HINT_HELP_CTRL, ATT_SAY_HINT_NEXT,
                             ATT_SAY_HINT_OTHER, ATT_SAY_HINT_BACK,
                             ATT_SAY_HINT_LEAVE },
        [ATT_SCENE_TEXT] = { ATT_SAY_HINT_HELP_CTRL, ATT_SAY_HINT_PAGE_NEXT,
                             ATT_SAY_HINT_NEW_LINE, ATT_SAY_HINT_OTHER,
                             ATT_SAY_HINT_BACK },
        [ATT_SCENE_FIND] = { ATT_SAY_HINT_HELP_CTRL, ATT_SAY_HINT_TAKES,
                             ATT_SAY_HINT_CLEARS_SEARCH, ATT_SAY_HINT_LEAVE },
        [ATT_SCENE_LIST] = { ATT_SAY_HINT_HELP, ATT_SAY_HINT_CHANGES,
                             ATT_SAY_HINT_FINISH, ATT_SAY_HINT_BACK,
                             ATT_SAY_HINT_LEAVE },
        [ATT_SCENE_ASK] = { ATT_SAY_HINT_TAKES, ATT_SAY_HINT_STAY,
                            ATT_SAY_HINT_LEAVE_NOW },
        [ATT_SCENE_OVER] = { ATT_SAY_HINT_CLOSE },
        [ATT_SCENE_PIN] = { ATT_SAY_HINT_TAKES, ATT_SAY_HINT_STAY, ATT_SAY_HINT_LOCK },
    };

    for (*n = 0; *n < HINTS_MAX && sets[scene][*n] != 0; (*n)++) {
    }
    return sets[scene];
}
