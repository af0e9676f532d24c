#include <attune/instrument/reading.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

static bool is_language(const char *tag, const char *wanted)
{
    size_t n = strlen(wanted);

    return strncmp(tag, wanted, n) == 0 && (tag[n] == '\0' || tag[n] == '-');
}

/* ---- letters ---- */

/* A letter without its accent, in lower case; accents that part vowels are kept as
 * upper case ("\xc3\xad" is 'I'). *at moves behind it. 0: no letter. */
static char letter(const char *word, size_t n, size_t *at)
{
    static const struct {
        unsigned char second; /* of two bytes, the first 0xC3, lower case */
        char plain;
    } marked[] = {
        { 0xA1, 'a' }, { 0xA0, 'a' }, { 0xA2, 'a' }, { 0xA4, 'a' }, { 0xA9, 'e' },
        { 0xA8, 'e' }, { 0xAA, 'e' }, { 0xAB, 'e' }, { 0xAD, 'I' }, { 0xB3, 'o' },
        { 0xB6, 'o' }, { 0xBA, 'U' }, { 0xBC, 'u' }, { 0xB1, 'n' }, { 0xA7, 'c' },
    };
    unsigned char c = (unsigned char)word[*at];
    unsigned char second = 0;

    (*at)++;
    if (c < 0x80) {
        return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c >= 'a' && c <= 'z' ? c : 0);
    }
    if (*at < n) {
        second = (unsigned char)word[*at];
    }
    while (*at < n && ((unsigned char)word[*at] & 0xC0) == 0x80) {
        (*at)++;
    }
    if (c != 0xC3) {
        return 'x'; /* some letter, no vowel we know */
    }
    second = second < 0xA0 ? (unsigned char)(second + 0x20) : second;
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++) {
        if (marked[i].second == second) {
            return marked[i].plain;
        }
    }
    return 'x';
}

static bool is_strong(char c) /* Spanish: two of these beside each other are two */
{
    return c != '\0' && strchr("aeoIU", c) != NULL;
}

/* Vowels in a row are one syllable, unless both are strong. */
static size_t count_spanish(const char *word, size_t n)
{
    size_t count = 0;
    char before = 0;

    for (size_t at = 0; at < n;) {
        char c = letter(word, n, &at);
        bool is_vowel = c != 0 && strchr("aeiouIU", c) != NULL;
        bool was_vowel = before != 0 && strchr("aeiouIU", before) != NULL;

        if (c == 'u' && (before == 'q' || before == 'g') && at < n) {
            size_t next = at;
            char after = letter(word, n, &next);

            if (after == 'e' || after == 'i' || after == 'I') {
                before = 'q'; /* silent: que, qui, gue, gui */
                continue;
            }
        }
        if (is_vowel && (!was_vowel || (is_strong(c) && is_strong(before)))) {
            count++;
        }
        before = c;
    }
    return count > 0 ? count : 1;
}

/* Endings of two vowels that are spoken apart, and those that are not spoken. */
static size_t correct_english(const char *plain, size_t n, size_t count)
{
    static const char *const apart[] = { "ia", "io", "ua", "iu", "uou", "ying" };

    if (n > 2 && plain[n - 1] == 'e' && strchr("aeiouy", plain[n - 2]) == NULL &&
        !(plain[n - 2] == 'l' && strchr("aeiouyrl", plain[n - 3]) == NULL)) {
        count--; /* "make", but not "table" */
    }
    if (n > 3 && memcmp(plain + n - 2, "ed", 2) == 0 &&
        strchr("aeioutdy", plain[n - 3]) == NULL) {
        count--; /* "asked", but not "wanted" */
    }
    if (n > 3 && memcmp(plain + n - 2, "es", 2) == 0 &&
        strchr("aeiouysxzcgh", plain[n - 3]) == NULL &&
        !(plain[n - 3] == 'l' && strchr("aeiouyrl", plain[n - 4]) == NULL)) {
        count--; /* "makes", but not "changes" */
    }
    if (n > 3 && plain[n - 2] == 'e' && count > 1 &&
        (plain[n - 1] == 'a' || plain[n - 1] == 'o')) {
        count++; /* "idea", "video", but not "sea" */
    }
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++) {
        size_t length = strlen(apart[i]);

        for (size_t at = 1; at + length <= n; at++) {
            bool is_soft = strchr("tscg", plain[at - 1]) != NULL && i < 2;

            if (memcmp(plain + at, apart[i], length) == 0 && !is_soft &&
                plain[at - 1] != 'q' && !(i == 2 && plain[at - 1] == 'g')) {
                count++;
                break;
            }
        }
    }
    return count;
}

static size_t count_english(const char *word, size_t n)
{
    char plain[32];
    size_t length = 0;
    size_t count = 0;
    bool was_vowel = false;

    for (size_t at = 0; at < n && length < sizeof plain - 1;) {
        char c = letter(word, n, &at);

        if (c != 0) {
            plain[length++] = (char)(c == 'I' ? 'i' : c == 'U' ? 'u' : c);
        }
    }
    plain[length] = '\0';
    for (size_t i = 0; i < length; i++) {
        bool is_vowel = strchr("aeiou", plain[i]) != NULL || (plain[i] == 'y' && i > 0);

        count += is_vowel && !was_vowel;
        was_vowel = is_vowel;
    }
    count = correct_english(plain, length, count);
    return count > 0 && count < 32 ? count : 1;
}

size_t att_reading_syllables(const char *word, size_t n, const char *language)
{
    return is_language(language, "es") ? count_spanish(word, n)
                                       : count_english(word, n);
}

/* ---- texts ---- */

static size_t word_length(const char *text)
{
    size_t n = 0;

    if (text[0] == '{' && text[1] != '{') {
        n = strcspn(text, "}");
        return n + (text[n] == '}');
    }
    while (((unsigned char)text[n] & 0x80) != 0 || (text[n] >= '0' && text[n] <= '9') ||
           (text[n] >= 'a' && text[n] <= 'z') || (text[n] >= 'A' && text[n] <= 'Z') ||
           (text[n] == '\'' && n > 0)) {
        n++;
    }
    return n;
}

void att_reading_add(att_reading *reading, const char *text, const char *language)
{
    size_t n_words = 0;

    while (*text != '\0') {
        size_t n = word_length(text);

        if (n == 0) {
            if (strchr(".!?", *text) != NULL && n_words > 0) {
                reading->n_sentences++;
                reading->n_words += n_words;
                n_words = 0;
            }
            text++;
            continue;
        }
        n_words++;
        reading->n_syllables +=
            text[0] == '{' ? 2 : att_reading_syllables(text, n, language);
        text += n;
    }
    reading->n_sentences += n_words > 0;
    reading->n_words += n_words;
}

double att_reading_grade(const att_reading *reading, const char *language)
{
    double words = (double)reading->n_words;
    double sentences = (double)reading->n_sentences;
    double syllables = (double)reading->n_syllables;
    double grade = NAN;

    if (reading->n_words == 0) {
        return NAN;
    }
    if (is_language(language, "en")) {
        grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
    } else if (is_language(language, "es")) {
        grade = -0.205 * 100.0 * sentences / words + 0.049 * 100.0 * syllables / words -
                3.407;
    }
    return isnan(grade) || grade > 1.0 ? grade : 1.0;
}
