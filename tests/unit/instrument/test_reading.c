/* test_reading.c - how hard texts are to read
 *
 * Syllables are those of Merriam-Webster's and the Real Academia's word division. The
 * grade of the opening of the Gettysburg Address follows from counting it by hand: 1
 * sentence, 30 words, 48 syllables.
 */
#include "att_test.h"

#include <math.h>
#include <string.h>

#include <attune/instrument/reading.h>

typedef struct word {
    const char *text;
    size_t n;
} word;

static void assert_words(const word *words, size_t n, const char *language, size_t most)
{
    size_t n_wrong = 0;

    for (size_t i = 0; i < n; i++) {
        size_t found =
            att_reading_syllables(words[i].text, strlen(words[i].text), language);

        if (found != words[i].n) {
            print_message("%s: %zu, not %zu\n", words[i].text, found, words[i].n);
            n_wrong++;
        }
    }
    assert_in_range(n_wrong, 0, most);
}

static void english_syllables_are_those_of_the_dictionary(void **state)
{
    static const word words[] = {
        { "a", 1 },         { "the", 1 },         { "make", 1 },
        { "makes", 1 },     { "asked", 1 },       { "wanted", 2 },
        { "table", 2 },     { "people", 2 },      { "patient", 2 },
        { "question", 2 },  { "network", 2 },     { "clinic", 2 },
        { "feedback", 2 },  { "listened", 2 },    { "together", 3 },
        { "family", 3 },    { "resource", 2 },    { "changes", 2 },
        { "idea", 3 },      { "area", 3 },        { "video", 3 },
        { "radio", 3 },     { "actual", 3 },      { "visible", 3 },
        { "community", 4 }, { "information", 4 }, { "online", 2 },
        { "used", 1 },      { "health", 1 },      { "month", 1 },
        { "shared", 1 },    { "support", 2 },     { "decide", 2 },
        { "trust", 1 },     { "coordinator", 5 }, { "tools", 1 },
        { "yes", 1 },       { "everyone", 3 },    { "being", 2 },
        { "year", 1 },
    };

    (void)state;
    /* "everyone", "being" and their like are beyond rules */
    assert_words(words, sizeof words / sizeof *words, "en", 4);
}

static void spanish_syllables_are_exact(void **state)
{
    static const word words[] = {
        { "a", 1 },
        { "casa", 2 },
        { "pa\xc3\xads", 2 },
        { "reuni\xc3\xb3n", 2 },
        { "gu\xc3\xad"
          "a",
          2 },
        { "que", 1 },
        { "quiero", 2 },
        { "aqu\xc3\xad", 2 },
        { "ideas", 3 },
        { "salud", 2 },
        { "atenci\xc3\xb3n", 3 },
        { "leer", 2 },
        { "ayuda", 3 },
        { "red", 1 },
        { "persona", 3 },
        { "trabajo", 3 },
        { "cl\xc3\xadnica", 3 },
        { "equipo", 3 },
        { "d\xc3\xad"
          "a",
          2 },
        { "ni\xc3\xb1o", 2 },
        { "h\xc3\xa9roe", 3 },
    };

    (void)state;
    assert_words(words, sizeof words / sizeof *words, "es-MX", 0);
}

static void a_grade_follows_from_the_counts(void **state)
{
    static const char text[] =
        "Four score and seven years ago our fathers brought forth on this continent, a "
        "new nation, conceived in liberty, and dedicated to the proposition that all men "
        "are created equal.";
    att_reading reading = { 0 };

    (void)state;
    att_reading_add(&reading, text, "en");
    assert_int_equal(reading.n_sentences, 1);
    assert_int_equal(reading.n_words, 30);
    assert_in_range(reading.n_syllables, 46, 48);
    reading.n_syllables = 48;
    assert_near(att_reading_grade(&reading, "en"), 0.39 * 30 + 11.8 * 1.6 - 15.59,
                1e-12);
    assert_true(isnan(att_reading_grade(&reading, "de")));
}

static void braces_numbers_and_stops_are_counted(void **state)
{
    att_reading reading = { 0 };

    (void)state;
    att_reading_add(&reading, "I trust {ref}. Do you, 2 times?", "en");
    assert_int_equal(reading.n_sentences, 2);
    assert_int_equal(reading.n_words, 7);
    assert_int_equal(reading.n_syllables, 8);
    att_reading_add(&reading, "", "en");
    att_reading_add(&reading, " ... ", "en");
    assert_int_equal(reading.n_sentences, 2);
    reading = (att_reading){ 0 };
    assert_true(isnan(att_reading_grade(&reading, "en")));
    att_reading_add(&reading, "{unclosed", "en");
    assert_int_equal(reading.n_words, 1);
}

ATT_TEST_MAIN(cmocka_unit_test(english_syllables_are_those_of_the_dictionary),
              cmocka_unit_test(spanish_syllables_are_exact),
              cmocka_unit_test(a_grade_follows_from_the_counts),
              cmocka_unit_test(braces_numbers_and_stops_are_counted))
