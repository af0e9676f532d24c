/* check_style.c - what could be said more plainly; only when it was asked for
 */
#include "checker.h"

#include <math.h>
#include <string.h>

#include <attune/base/text.h>
#include <attune/instrument/reading.h>

enum {
    WORDS_MIN = 12, /* of one question, before its own grade says anything */
    ALL_WORDS_MIN = 60
};

/* The whole instrument, and one long question. Respondents' target is grade 6. */
static const double grade_most = 8.0, grade_most_of_one = 12.0;

static bool is_language(const char *tag, const char *wanted)
{
    size_t n = strlen(wanted);

    return strncmp(tag, wanted, n) == 0 && (tag[n] == '\0' || tag[n] == '-');
}

/* The word that joins two things in a text, or NULL. A list with commas is left alone,
 * and so are "{ref} and I", who are one. "Or" mostly means either. */
static const char *joined_by(const char *text, const char *tag)
{
    static const char *const english[] = { " and ", " and/or ", " as well as ", NULL };
    static const char *const spanish[] = { " y ", " e ", " y/o ", NULL };
    const char *const *words = is_language(tag, "en")   ? english
                               : is_language(tag, "es") ? spanish
                                                        : NULL;

    for (; words != NULL && *words != NULL; words++) {
        const char *at = strstr(text, *words);

        if (at != NULL && strchr(text, ',') == NULL && at > text && at[-1] != '}') {
            return *words + 1;
        }
    }
    return NULL;
}

static void joined_check(att_checker *c, const att_item *item, const char *text,
                         size_t language, const att_spot *at)
{
    const char *word = joined_by(text, c->in->languages[language].tag);

    if (word != NULL && item->kind->shape == ATT_SHAPE_PICK_ONE) {
        att_reader_find(c->r, "L302", at, "ask about one thing, or ask twice",
                        "\"%.*s\" joins two things: can one of them be so and the "
                        "other not?",
                        (int)strcspn(word, " "), word);
    }
}

static void question_check(att_checker *c, const att_item *item, size_t language,
                           att_reading *all)
{
    const char *tag = c->in->languages[language].tag;
    const char *text = item->text.in == NULL ? NULL : item->text.in[language];
    att_spot top = att_spot_text(item->pointer);
    att_spot text_at = att_spot_key(&top, "text");
    att_spot at = att_spot_key(&text_at, tag);
    att_reading one = { 0 };
    att_place place = { 0 };
    double grade;

    if (text == NULL) {
        return;
    }
    if (!att_json_place_value(c->r->json, att_spot_pointer(c->r->scratch, &at),
                              &place)) {
        at = text_at;
    }
    att_reading_add(&one, text, tag);
    all->n_sentences += one.n_sentences;
    all->n_words += one.n_words;
    all->n_syllables += one.n_syllables;
    grade = att_reading_grade(&one, tag);
    if (one.n_words >= WORDS_MIN && grade > grade_most_of_one) {
        att_reader_find(c->r, "L301", &at, "use shorter sentences and shorter words",
                        "this question reads at grade %.0f", grade);
    }
    joined_check(c, item, text, language, &at);
}

void att_check_style(att_checker *c)
{
    att_spot top = att_spot_text("");
    att_spot at = att_spot_key(&top, "items");
    att_grades *grades = c->opts->grades;

    for (size_t language = 0; language < c->in->n_languages; language++) {
        att_reading all = { 0 };
        double grade;

        for (size_t i = 0; i < c->in->n_items; i++) {
            if (att_item_is_question(&c->in->items[i]) && !c->in->items[i].is_copy) {
                question_check(c, &c->in->items[i], language, &all);
            }
        }
        grade = att_reading_grade(&all, c->in->languages[language].tag);
        grades->tag[language] = c->in->languages[language].tag;
        grades->grade[language] = all.n_words >= ALL_WORDS_MIN ? grade : NAN;
        if (grades->grade[language] > grade_most) {
            att_reader_find(c->r, "L301", &at,
                            "use shorter sentences and shorter words",
                            "the questions in \"%s\" read at grade %.0f, over %.0f",
                            c->in->languages[language].tag, grade, grade_most);
        }
    }
    grades->n = c->in->n_languages;
}
