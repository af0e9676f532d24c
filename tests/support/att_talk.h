/* att_talk.h - an interview without a face: events in, entries kept in a list
 *
 * Use:  att_talk *talk = att_talk_open("instruments/everything.json", "en");
 *       att_talk_agree(talk); att_talk_answer(talk, "kids", att_answer_of_number(1));
 */
#ifndef ATTUNE_TESTS_ATT_TALK_H
#define ATTUNE_TESTS_ATT_TALK_H

#include <attune/session/session.h>

#define ATT_TALK_ENTRIES 4096

typedef struct att_talk {
    att_arena arena;
    const att_instrument *instrument;
    att_response header;
    att_session *session;
    att_entry *entries; /* [n_entries] all that was kept */
    size_t n_entries;
    att_effects last; /* of the last event */
    att_msec clock;   /* one second later with each event */
} att_talk;

/* A session of an instrument under tests/, or of an absolute path, not started. The
 * test fails when it cannot be read. */
att_talk *att_talk_open(const char *path, const char *language);
/* The same in a role. */
att_talk *att_talk_open_as(const char *path, const char *language, const char *role);
/* The same with a seed, of what is shown in an order of its own. */
att_talk *att_talk_open_seeded(const char *path, const char *language, const char *role,
                               unsigned long long seed);
void att_talk_close(att_talk *talk);

/* One event; its entries join the list. The refusal's code. */
att_refusal_code att_talk_event(att_talk *talk, att_event_kind kind, const char *id,
                                att_answer answer);
att_refusal_code att_talk_do(att_talk *talk, att_event_kind kind);
att_refusal_code att_talk_answer(att_talk *talk, const char *id, att_answer answer);

/* A second session, replayed from the first n entries and gone on with (AGREE), unless
 * it is over or was never agreed to. Lives in talk's arena. */
att_session *att_talk_replay(att_talk *talk, size_t n);

/* The view now. */
att_view att_talk_view(att_talk *talk);

/* All of a view as text, for comparing. */
char *att_view_dump(att_arena *arena, const att_view *view);

/* All effective answers as text: "kids=1 n_kids={"reason":"skipped"} ..." */
char *att_talk_record(att_arena *arena, const att_session *session);

#endif
