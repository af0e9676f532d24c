/* test_people.c - what a study knows about people beside their codes
 */
#include <attune/store/people.h>

#include "raw.h"
#include "small.h"

static void put(small *s, const char *person, const char *name, const char *value,
                att_msec now)
{
    att_person_attribute one = { .person = person, .name = name, .value = value };

    assert_ok(att_people_put(s->store, &one, 1, now, &s->err), &s->err);
}

/* "N-1 age=12 helper=x; N-2" of everybody, or of one. */
static const char *told(small *s, const char *person)
{
    att_person_attribute *list = NULL;
    att_buf text = { 0 };
    const char *copy;
    size_t n = 0;

    assert_ok(att_people_list(&s->arena, s->store, person, &list, &n, &s->err),
              &s->err);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(list[i].person, list[i - 1].person) != 0) {
            att_buf_format(&text, "%s%s", i == 0 ? "" : "; ", list[i].person);
        }
        if (list[i].name[0] != '\0') {
            att_buf_format(&text, " %s=%s", list[i].name, list[i].value);
        }
    }
    copy = att_buf_copy(&s->arena, &text);
    att_buf_drop(&text);
    return copy;
}

static void attributes_are_set_changed_and_taken_away(void **state)
{
    small s;

    small_start(&s);
    assert_string_equal(told(&s, NULL), "");
    put(&s, "N-2", "age", "14", NOON);
    put(&s, "N-1", "helper", "Dr K", NOON);
    put(&s, "N-1", "age", "12", NOON);
    small_whole(&s, ID_A, "N-3", 1);
    assert_string_equal(told(&s, NULL), "N-1 age=12 helper=Dr K; N-2 age=14; N-3");
    assert_string_equal(told(&s, "N-1"), "N-1 age=12 helper=Dr K");
    assert_string_equal(told(&s, "N-3"), "");
    put(&s, "N-1", "age", "13", NOON + 5);
    put(&s, "N-2", "age", "", NOON + 5);
    put(&s, "N-2", "age", "", NOON + 5); /* what is not there goes too */
    small_reopen(&s);
    assert_string_equal(told(&s, NULL), "N-1 age=13 helper=Dr K; N-2; N-3");
    small_holds(&s);
    small_end(&s);
}

static void a_value_is_as_old_as_its_last_change(void **state)
{
    small s;
    att_person_attribute *list = NULL;
    size_t n = 0;

    small_start(&s);
    put(&s, "N-1", "age", "12", NOON);
    put(&s, "N-1", "age", "12", NOON + 5);
    assert_ok(att_people_list(&s.arena, s.store, "N-1", &list, &n, &s.err), &s.err);
    assert_true(n == 1 && list[0].since == NOON);
    put(&s, "N-1", "age", "13", NOON + 9);
    assert_ok(att_people_list(&s.arena, s.store, "N-1", &list, &n, &s.err), &s.err);
    assert_true(n == 1 && list[0].since == NOON + 9);
    small_end(&s);
}

static void all_of_a_list_is_set_or_nothing(void **state)
{
    small s;
    const att_person_attribute list[] = {
        { .person = "N-1", .name = "age", .value = "12" },
        { .person = "N-2", .name = "age", .value = "13" },
    };

    small_start(&s);
    raw_do(s.path, "CREATE TRIGGER no BEFORE INSERT ON attributes WHEN NEW.person = "
                   "'N-2' BEGIN SELECT RAISE(ABORT, 'no'); END;");
    assert_fails(att_people_put(s.store, list, 2, NOON, &s.err), ATT_ESTORE, &s.err,
                 "no");
    s.err = (att_err){ 0 };
    assert_string_equal(told(&s, NULL), "");
    small_end(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(attributes_are_set_changed_and_taken_away),
              cmocka_unit_test(a_value_is_as_old_as_its_last_change),
              cmocka_unit_test(all_of_a_list_is_set_or_nothing))
