/* every language says every word, with the same arguments */
#include "att_test.h"

#include <string.h>

#include <attune/base/text.h>
#include <attune/face/keymap.h>
#include <attune/face/words.h>

static const char *const names[] = {
#define X(name) #name,
#include <attune/face/word_list.h>
#undef X
};

/* Bit k is set when {k+1} stands in the template. */
static unsigned arguments(const char *word)
{
    unsigned found = 0;
    const char *p;

    for (p = strchr(word, '{'); p != NULL; p = strchr(p + 1, '{')) {
        if (p[1] >= '1' && p[1] <= '9' && p[2] == '}') {
            found |= 1U << (p[1] - '1');
        }
    }
    return found;
}

static void no_language_lacks_a_word(void **state)
{
    for (size_t i = 0; i < att_n_words_list; i++) {
        for (size_t k = 0; k < ATT_N_WORDS; k++) {
            const char *word = att_words_list[i]->word[k];
            if (word == NULL || word[0] == '\0') {
                fail_msg("%s has no word %s", att_words_list[i]->tag, names[k]);
            }
            if (!att_text_is_tame(word) && strchr(word, '\t') == NULL) {
                fail_msg("%s of %s holds control bytes", names[k],
                         att_words_list[i]->tag);
            }
        }
        for (size_t k = 0; k < 12; k++) {
            assert_non_null(att_words_list[i]->months[k]);
        }
        for (size_t k = 0; k < 7; k++) {
            assert_non_null(att_words_list[i]->days[k]);
        }
        assert_int_equal(arguments(att_words_list[i]->date), 7);
    }
}

static void every_language_uses_the_same_arguments(void **state)
{
    for (size_t i = 1; i < att_n_words_list; i++) {
        for (size_t k = 0; k < ATT_N_WORDS; k++) {
            unsigned own = arguments(att_words_list[i]->word[k]);
            unsigned english = arguments(att_words_en.word[k]);
            if (own != english) {
                fail_msg("%s of %s uses other arguments than English", names[k],
                         att_words_list[i]->tag);
            }
        }
    }
}

static void every_language_has_the_same_keys_in_its_hints(void **state)
{
    for (size_t i = 0; i < att_n_words_list; i++) {
        for (size_t k = ATT_SAY_HINT_HELP; k <= ATT_SAY_HINT_CLOSE; k++) {
            const char *word = att_words_list[i]->word[k];
            const char *tab = strchr(word, '\t');
            assert_non_null(tab);
            assert_null(strchr(tab + 1, '\t'));
        }
    }
}

static void a_tag_finds_its_table_or_english(void **state)
{
    static const struct {
        const char *tag, *found;
    } cases[] = { { "en", "en" },    { "es", "es" },        { "es-MX", "es" },
                  { "en-US", "en" }, { "esperanto", "en" }, { "fr", "en" },
                  { "", "en" },      { NULL, "en" } };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(att_words_for(cases[i].tag)->tag, cases[i].found);
    }
}

static void the_spoken_tags_are_those_of_the_list(void **state)
{
    size_t n;
    const char *const *tags = att_words_spoken(&n);

    assert_int_equal(n, att_n_words_list);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(tags[i], att_words_list[i]->tag);
    }
}

static void a_template_takes_its_arguments_in_any_order(void **state)
{
    static const char *const args[] = { "one", "two", "three" };
    att_words words = att_words_en;
    att_arena arena = { 0 };

    words.word[ATT_SAY_SHORT] = "{2} {1} {{x} {3} {1";
    assert_string_equal(att_say_text(&arena, &words, ATT_SAY_SHORT, args, 3),
                        "two one {{x} three {1");
    assert_string_equal(att_say_text(&arena, &words, ATT_SAY_SHORT, args, 1),
                        " one {{x}  {1");
    att_arena_drop(&arena);
}

/* ---- the table of keys ---- */

static void a_key_asks_for_one_thing_in_a_scene(void **state)
{
    for (size_t i = 0; i < att_n_keymap; i++) {
        for (size_t j = i + 1; j < att_n_keymap; j++) {
            if ((att_keymap[i].scenes & att_keymap[j].scenes) == 0) {
                continue;
            }
            for (size_t k = 0; k < ATT_KEYS_A_ROW && att_keymap[i].keys[k] != 0; k++) {
                for (size_t l = 0; l < ATT_KEYS_A_ROW && att_keymap[j].keys[l] != 0;
                     l++) {
                    if (att_keymap[i].keys[k] == att_keymap[j].keys[l]) {
                        fail_msg("key %d stands in rows %zu and %zu",
                                 att_keymap[i].keys[k], i, j);
                    }
                }
            }
        }
    }
}

static void keys_do_what_the_screens_say(void **state)
{
    static const struct {
        int key;
        att_scene scene;
        att_press press;
    } cases[] = {
        { '4', ATT_SCENE_ONE, ATT_PRESS_MARK },
        { '4', ATT_SCENE_RANK, ATT_PRESS_MARK },
        { ' ', ATT_SCENE_RANK, ATT_PRESS_TOGGLE },
        { '4', ATT_SCENE_FIELD, ATT_PRESS_NONE },
        { 'r', ATT_SCENE_FIELD, ATT_PRESS_REASON },
        { 'r', ATT_SCENE_TEXT, ATT_PRESS_NONE },
        { 'n', ATT_SCENE_ONE, ATT_PRESS_REASON },
        { 'n', ATT_SCENE_ASK, ATT_PRESS_NO },
        { '?', ATT_SCENE_ONE, ATT_PRESS_HELP },
        { '?', ATT_SCENE_TEXT, ATT_PRESS_NONE },
        { ATT_KEY_F1, ATT_SCENE_TEXT, ATT_PRESS_HELP },
        { '\n', ATT_SCENE_ONE, ATT_PRESS_NEXT },
        { ATT_KEY_ENTER, ATT_SCENE_TEXT, ATT_PRESS_NEW_LINE },
        { ATT_CTRL('N'), ATT_SCENE_TEXT, ATT_PRESS_NEXT },
        { ATT_CTRL('P'), ATT_SCENE_TEXT, ATT_PRESS_BACK },
        { ATT_CTRL('C'), ATT_SCENE_TINY, ATT_PRESS_LEAVE },
        { ATT_KEY_ENTER, ATT_SCENE_TINY, ATT_PRESS_NONE },
        { ATT_KEY_ESC, ATT_SCENE_ONE, ATT_PRESS_NONE },
        { ATT_KEY_ESC, ATT_SCENE_OVER, ATT_PRESS_CLOSE },
        { ATT_KEY_END, ATT_SCENE_LIST, ATT_PRESS_FINISH },
        { ATT_CTRL('S'), ATT_SCENE_ONE, ATT_PRESS_NONE },
        { ATT_CTRL('D'), ATT_SCENE_ONE, ATT_PRESS_NONE },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (att_keymap_find(cases[i].key, cases[i].scene) != cases[i].press) {
            fail_msg("case %zu: key %d in scene %d", i, cases[i].key, cases[i].scene);
        }
    }
}

static void typed_words_are_letters_in_a_text_box(void **state)
{
    assert_int_equal(att_keymap_typed("b", false), ATT_PRESS_BACK);
    assert_int_equal(att_keymap_typed("b", true), ATT_PRESS_NONE);
    assert_int_equal(att_keymap_typed(":back", true), ATT_PRESS_BACK);
    assert_int_equal(att_keymap_typed(":back", false), ATT_PRESS_BACK);
    assert_int_equal(att_keymap_typed("s", false), ATT_PRESS_SAVE);
    assert_int_equal(att_keymap_typed(":list", true), ATT_PRESS_LIST);
    assert_int_equal(att_keymap_typed("?", false), ATT_PRESS_HELP);
    assert_int_equal(att_keymap_typed("y", false), ATT_PRESS_NONE);
    assert_int_equal(att_keymap_typed("", false), ATT_PRESS_NONE);
    assert_int_equal(att_keymap_typed("4", false), ATT_PRESS_NONE);
}

/* docs/SCREENS.md, section 2, the table of hint sets */
static void the_hints_are_those_of_the_screens(void **state)
{
    static const struct {
        att_scene scene;
        const char *row;
    } cases[] = {
        { ATT_SCENE_ONE, "? help   Enter next   1-5 or arrows choose   PgUp back   "
                         "Ctrl-C leave" },
        { ATT_SCENE_MANY, "? help   Enter next   Space or number marks   PgUp back   "
                          "Ctrl-C leave" },
        { ATT_SCENE_RANK, "? help   Enter next   1-5 place   Backspace takes out   "
                          "PgUp back" },
        { ATT_SCENE_GRID, "? help   Enter next row   1-5 choose   Up Down rows   "
                          "PgUp back   Ctrl-C leave" },
        { ATT_SCENE_SLIDER, "? help   Enter next   Left Right by 1   Up Down by 10   "
                            "PgUp back" },
        { ATT_SCENE_FIELD, "? help   Enter next   PgUp back   Ctrl-C leave" },
        { ATT_SCENE_LINE, "Ctrl-G help   Enter next   Tab other choices   PgUp back   "
                          "Ctrl-C leave" },
        { ATT_SCENE_TEXT, "Ctrl-G help   PgDn next   Enter new line   "
                          "Tab other choices   PgUp back" },
        { ATT_SCENE_FIND, "Ctrl-G help   Enter takes it   Esc clears the search   "
                          "Ctrl-C leave" },
        { ATT_SCENE_LIST, "? help   Enter changes it   End finish   PgUp back   "
                          "Ctrl-C leave" },
        { ATT_SCENE_ASK, "Enter takes it   Esc stay   Ctrl-C leave at once" },
        { ATT_SCENE_OVER, "Esc closes this" },
        { ATT_SCENE_PIN, "Enter takes it   Esc stay   Ctrl-C lock the screen" },
        { ATT_SCENE_TINY, "" },
    };
    static const char *const numbers = "1-5";

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_buf row = { 0 };
        size_t n;
        const att_word *hints = att_keymap_hints(cases[i].scene, &n);
        for (size_t k = 0; k < n; k++) {
            att_buf_add(&row, k == 0 ? "" : "   ");
            att_say(&row, &att_words_en, hints[k], &numbers, 1);
        }
        for (size_t k = 0; k < row.n; k++) {
            row.bytes[k] = row.bytes[k] == '\t' ? ' ' : row.bytes[k];
        }
        assert_string_equal(att_buf_text(&row), cases[i].row);
        att_buf_drop(&row);
    }
}

ATT_TEST_MAIN(cmocka_unit_test(no_language_lacks_a_word),
              cmocka_unit_test(every_language_uses_the_same_arguments),
              cmocka_unit_test(every_language_has_the_same_keys_in_its_hints),
              cmocka_unit_test(a_tag_finds_its_table_or_english),
              cmocka_unit_test(the_spoken_tags_are_those_of_the_list),
              cmocka_unit_test(a_template_takes_its_arguments_in_any_order),
              cmocka_unit_test(a_key_asks_for_one_thing_in_a_scene),
              cmocka_unit_test(keys_do_what_the_screens_say),
              cmocka_unit_test(typed_words_are_letters_in_a_text_box),
              cmocka_unit_test(the_hints_are_those_of_the_screens))
