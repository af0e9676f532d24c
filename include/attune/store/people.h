/* people.h - what a study knows about people beside their codes
 *
 * An attribute is a name and a value, "age" and "12", that a coordinator sets and that
 * conditions use as person.age. It never tells who somebody is. An interview is sealed
 * with those that it uses (att_known), so that setting another value later changes
 * nothing that was asked or scored.
 */
#ifndef ATTUNE_STORE_PEOPLE_H
#define ATTUNE_STORE_PEOPLE_H

#include <attune/store/study.h>

typedef struct att_person_attribute {
    const char *person;
    const char *name;  /* "" in a list: nothing is known about this person */
    const char *value; /* as it was given; "" takes it away */
    att_msec since;    /* when it was set; of those that are put not looked at */
} att_person_attribute;

/* Sets and takes away, all in one transaction. Whom the study has not met is noted. */
att_code att_people_put(att_store *store, const att_person_attribute *list, size_t n,
                        att_msec now, att_err *err);

/* By person and name: of one person, or with NULL of everybody. */
att_code att_people_list(att_arena *arena, att_store *store, const char *person,
                         att_person_attribute **out, size_t *n, att_err *err);

#endif
