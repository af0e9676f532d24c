/* test_verify.c - what was done to a study behind its back is found and named
 */
#include "raw.h"
#include "small.h"

/* Three sessions: entries 1 to 4 are ID_A's, 5 to 8 ID_B's, 9 and 10 ID_C's. */
static void start_three(small *s)
{
    small_start(s);
    small_whole(s, ID_A, "N-1", 3);
    small_whole(s, ID_B, "N-2", 4);
    small_begin(s, ID_C, "");
    small_append(s, ID_C, small_answer("t1", 5));
}

typedef struct change {
    const char *label;
    const char *sql;
    long long at; /* 0: no entry */
    const char *how;
} change;

static const change changes[] = {
    { "act", "UPDATE entries SET act = 'read' WHERE seq = 2", 2,
      "was changed after it was written" },
    { "item", "UPDATE entries SET item = 't2' WHERE seq = 6", 6,
      "was changed after it was written" },
    { "actor", "UPDATE entries SET actor = 'import' WHERE seq = 6", 6,
      "was changed after it was written" },
    { "at", "UPDATE entries SET at = '2026-09-02T09:14:08.222Z' WHERE seq = 2", 2,
      "was changed after it was written" },
    { "mono", "UPDATE entries SET mono = 1001 WHERE seq = 2", 2,
      "was changed after it was written" },
    { "response", "UPDATE entries SET response = '" ID_B "' WHERE seq = 2", 2,
      "was changed after it was written" },
    { "kept", "UPDATE entries SET kept = 'identity' WHERE seq = 2", 2,
      "was changed after it was written" },
    { "previous", "UPDATE entries SET previous = zeroblob(32) WHERE seq = 2", 2,
      "was changed after it was written" },
    { "payload digest",
      "UPDATE entries SET payload_digest = zeroblob(32) WHERE seq = 2", 2,
      "was changed after it was written" },
    { "digest", "UPDATE entries SET digest = zeroblob(32) WHERE seq = 2", 2,
      "was changed after it was written" },
    { "a short digest", "UPDATE entries SET digest = x'00' WHERE seq = 10", 10,
      "was changed after it was written" },
    { "a hidden NUL", "UPDATE entries SET item = item || char(0) || 'x' WHERE seq = 2",
      2, "was changed after it was written" },
    { "payload", "UPDATE payloads SET text = replace(text, '4', '5') WHERE seq = 6", 6,
      "was changed after it was written" },
    { "salt", "UPDATE payloads SET salt = zeroblob(16) WHERE seq = 6", 6,
      "was changed after it was written" },
    { "identifying payload",
      "UPDATE identities_payloads SET text = replace(text, 'Ana', 'Eva') WHERE seq = 3",
      3, "was changed after it was written" },
    { "payload deleted", "DELETE FROM payloads WHERE seq = 6", 6,
      "has lost its answer" },
    { "payload moved",
      "INSERT INTO payloads SELECT * FROM identities_payloads WHERE seq = 3;"
      "DELETE FROM identities_payloads WHERE seq = 3",
      3, "has its answer in the wrong table" },
    { "half erased",
      "UPDATE payloads SET erased = '2026-09-03T00:00:00.000Z' "
      "WHERE seq = 6",
      6, "says that its answer was erased, but holds one" },
    { "deleted", "DELETE FROM entries WHERE seq = 6", 6, "is missing" },
    { "deleted and closed up",
      "DELETE FROM entries WHERE seq = 6; DELETE FROM payloads WHERE seq = 6;"
      "UPDATE entries SET seq = seq - 1 WHERE seq > 6;"
      "UPDATE payloads SET seq = seq - 1 WHERE seq > 6;"
      "UPDATE identities_payloads SET seq = seq - 1 WHERE seq > 6",
      6, "is missing" },
    { "first deleted", "DELETE FROM entries WHERE seq = 1", 1, "is missing" },
    { "tail cut",
      "DELETE FROM entries WHERE seq = 10; DELETE FROM payloads "
      "WHERE seq = 10",
      10, "is missing" },
    { "all deleted",
      "DELETE FROM entries; DELETE FROM payloads; "
      "DELETE FROM identities_payloads; DELETE FROM responses",
      1, "is missing" },
    { "exchanged",
      "UPDATE entries SET seq = 99 WHERE seq = 6; UPDATE entries SET seq = 6 "
      "WHERE seq = 7; UPDATE entries SET seq = 7 WHERE seq = 99",
      6, "stands in the wrong place: it was written as 7" },
    { "moved to the end", "UPDATE entries SET seq = 11 WHERE seq = 10", 10,
      "stands in the wrong place: it was written as 10" },
    { "added at the end",
      "INSERT INTO entries SELECT 11, response, act, item, actor, at, mono, kept, digest, "
      "payload_digest, zeroblob(32) FROM entries WHERE seq = 10;"
      "INSERT INTO payloads SELECT 11, salt, text, erased FROM payloads WHERE seq = 10",
      11, "was added by another program" },
    { "added within",
      "UPDATE entries SET seq = 12 WHERE seq = 10; UPDATE entries SET seq = 11 "
      "WHERE seq = 9; UPDATE entries SET seq = 10 WHERE seq = 12;"
      "INSERT INTO entries SELECT 9, response, act, item, actor, at, mono, kept, "
      "zeroblob(32), payload_digest, zeroblob(32) FROM entries WHERE seq = 10",
      9, "was added by another program" },
    { "person", "UPDATE responses SET person = 'N-2' WHERE id = '" ID_A "'", 1,
      "does not match its session: the header was changed" },
    { "site gone", "UPDATE responses SET site = NULL WHERE id = '" ID_B "'", 5,
      "does not match its session: the header was changed" },
    { "seed", "UPDATE responses SET seed = 1 WHERE id = '" ID_B "'", 5,
      "does not match its session: the header was changed" },
    { "today that is none",
      "UPDATE responses SET today = '2026-02-30' "
      "WHERE id = '" ID_B "'",
      5, "does not match its session: the header was changed" },
    { "simulated", "UPDATE responses SET is_simulated = 1 WHERE id = '" ID_B "'", 5,
      "does not match its session: the header was changed" },
    { "header deleted", "DELETE FROM responses WHERE id = '" ID_B "'", 5,
      "has lost its session" },
    { "status", "UPDATE responses SET status = 'declined' WHERE id = '" ID_A "'", 4,
      "does not match its session: the status was changed" },
    { "reopened",
      "UPDATE responses SET status = 'open', finished = NULL WHERE id = '" ID_A "'", 4,
      "does not match its session: the status was changed" },
    { "finished",
      "UPDATE responses SET finished = '2026-09-02T09:14:08.222Z' "
      "WHERE id = '" ID_A "'",
      4, "does not match its session: the time of its finish was changed" },
    { "closed",
      "UPDATE responses SET status = 'complete', "
      "finished = '2026-09-02T09:14:08.221Z' WHERE id = '" ID_C "'",
      10, "does not match its session: the status was changed" },
    { "mode", "UPDATE responses SET mode = 'proxy' WHERE id = '" ID_A "'", 1,
      "does not match its session: the header was changed" },
    { "a session from nowhere",
      "INSERT INTO responses (id, instrument, person, role, site, wave, language, seed, "
      "today, utc_offset, is_simulated, started, finished, status) SELECT 'x', instrument, person, role, site, wave, language, "
      "seed, today, utc_offset, is_simulated, started, NULL, 'open' FROM responses "
      "WHERE id = '" ID_A "'",
      0, "was added by another program: it has no entry" },
    { "head digest", "UPDATE journal_head SET digest = zeroblob(32)", 10,
      "is the last, but the head of the journal was changed" },
    { "head count", "UPDATE journal_head SET n_entries = 9", 10,
      "is the last, but the head of the journal was changed" },
    { "no head", "DELETE FROM journal_head", 10,
      "is the last, but the head of the journal is gone" },
};

static void each_change_is_found_at_its_entry_and_named(void **state)
{
    small s;
    char *copy;

    start_three(&s);
    copy = att_test_join(s.folder, "copy.attune");
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const change *c = &changes[i];
        att_store *store;
        att_verify v;

        assert_ok(att_store_backup(s.store, copy, &s.err), &s.err);
        raw_force(copy, c->sql);
        store = att_store_open(copy, ATT_OPEN_READ, &s.err);
        assert_ok(s.err.code, &s.err);
        assert_ok(att_verify_run(store, &v, &s.err), &s.err);
        if (v.chain_holds || v.broken_at != c->at ||
            strcmp(v.broken_how, c->how) != 0) {
            fail_msg("%s: at %lld, \"%s\"", c->label, v.broken_at, v.broken_how);
        }
        att_store_close(store);
        remove(copy);
    }
    test_free(copy);
    small_end(&s);
}

static void a_whole_study_holds_and_says_its_head(void **state)
{
    small s;
    att_verify v;
    char head[ATT_DIGEST_HEX];

    small_start(&s);
    small_holds(&s); /* nothing in it */
    small_whole(&s, ID_A, "N-1", 3);
    v = small_verify(&s);
    assert_ok(att_responses_head(s.store, ID_A, head, &s.err), &s.err);
    assert_string_equal(v.head, head);
    assert_int_equal(v.n_entries, 4);
    assert_int_equal(v.broken_at, 0);
    assert_int_equal(v.n_erased, 0);
    small_end(&s);
}

static void a_finding_names_session_item_and_time(void **state)
{
    small s;
    att_verify v;

    start_three(&s);
    raw_force(s.path, "UPDATE payloads SET text = '{}' WHERE seq = 6");
    v = small_verify(&s);
    assert_string_equal(v.session, ID_B);
    assert_string_equal(v.item, "t1");
    assert_string_equal(v.at, "2026-09-02T09:14:08.221Z");
    assert_true(v.database_holds);
    small_end(&s);
}

static void an_erased_answer_breaks_nothing_and_reads_as_unreadable(void **state)
{
    small s;
    att_response r;

    start_three(&s);
    raw_do(s.path, "UPDATE payloads SET salt = NULL, text = NULL, "
                   "erased = '2026-09-03T00:00:00.000Z' WHERE seq = 6;"
                   "UPDATE identities_payloads SET salt = NULL, text = NULL, "
                   "erased = '2026-09-03T00:00:00.000Z' WHERE seq = 7");
    small_holds(&s);
    assert_int_equal(small_verify(&s).n_erased, 2);
    assert_ok(att_responses_read(&s.arena, s.store, ID_B, &r, &s.err), &s.err);
    assert_int_equal(r.entries[1].answer.kind, ATT_ANSWER_REASON);
    assert_int_equal(r.entries[1].answer.reason, ATT_REASON_UNREADABLE);
    assert_string_equal(r.entries[1].item, "t1");
    small_end(&s);
}

static void a_start_is_erased_only_together_with_the_person(void **state)
{
    static const char erase[] = "UPDATE payloads SET salt = NULL, text = NULL, "
                                "erased = '2026-09-03T00:00:00.000Z' WHERE seq = 5";
    small s;

    start_three(&s);
    raw_do(s.path, erase);
    assert_int_equal(small_verify(&s).broken_at, 5);
    raw_do(s.path, "UPDATE responses SET person = NULL WHERE id = '" ID_B "'");
    small_holds(&s);
    small_end(&s);
}

static void the_journal_refuses_changes_and_deletions(void **state)
{
    static const char *const sql[] = {
        "UPDATE entries SET mono = 1 WHERE seq = 2",
        "DELETE FROM entries WHERE seq = 2",
        "UPDATE payloads SET text = '{}' WHERE seq = 2",
        "DELETE FROM payloads WHERE seq = 2",
        "UPDATE identities_payloads SET text = '{}' WHERE seq = 3",
        "DELETE FROM identities_payloads WHERE seq = 3",
        "UPDATE responses SET site = NULL",
        "UPDATE responses SET status = 'open', finished = NULL",
        "DELETE FROM responses",
        "UPDATE instruments SET title = ''",
        "DELETE FROM instruments",
    };
    small s;
    sqlite3 *raw;

    start_three(&s);
    raw = raw_open(s.path);
    for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
        if (sqlite3_exec(raw, sql[i], NULL, NULL, NULL) != SQLITE_CONSTRAINT) {
            fail_msg("taken: %s", sql[i]);
        }
    }
    sqlite3_close(raw);
    small_holds(&s);
    small_end(&s);
}

static void stored_instruments_that_differ_are_counted(void **state)
{
    static const char *const sql[] = {
        "bytes = CAST(replace(CAST(bytes AS TEXT), 'many', 'much') AS BLOB)",
        "bytes = CAST(CAST(bytes AS TEXT) || ' ' AS BLOB)",
        "bytes = x'00'",
        "version = '1.0.1'",
        "title = 'Another'",
        "bytes_digest = digest",
    };
    small s;
    char *copy;

    start_three(&s);
    small_add(&s, "other", "1.0.0");
    copy = att_test_join(s.folder, "copy.attune");
    for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
        att_store *store;
        att_verify v;

        assert_ok(att_store_backup(s.store, copy, &s.err), &s.err);
        raw_force(copy, att_arena_format(&s.arena,
                                         "UPDATE instruments SET %s "
                                         "WHERE id = 'small'",
                                         sql[i]));
        store = att_store_open(copy, ATT_OPEN_READ, &s.err);
        assert_ok(att_verify_run(store, &v, &s.err), &s.err);
        if (v.n_instruments_off != 1) {
            fail_msg("%s: %lld", sql[i], v.n_instruments_off);
        }
        att_store_close(store);
        remove(copy);
    }
    test_free(copy);
    small_end(&s);
}

static void references_and_pages_of_the_database_are_checked(void **state)
{
    small s;
    att_verify v;
    char page[64];
    FILE *file;

    start_three(&s);
    raw_force(s.path,
              "INSERT INTO payloads (seq, salt, text) VALUES (77, x'00', '{}')");
    v = small_verify(&s);
    assert_false(v.database_holds);
    assert_contains(v.database_says, "payloads");
    att_store_close(s.store);
    memset(page, 0xA5, sizeof page);
    file = fopen(s.path, "r+b");
    assert_non_null(file);
    fseek(file, 4096L * 20, SEEK_SET); /* the header of a page in the middle */
    fwrite(page, 1, sizeof page, file);
    fclose(file);
    s.store = att_store_open(s.path, ATT_OPEN_READ, &s.err);
    assert_ok(s.err.code, &s.err);
    v = small_verify(&s);
    assert_false(v.database_holds);
    assert_true(v.database_says[0] != '\0');
    small_end(&s);
}

/* ---- 200 random changes of one field ---- */

typedef struct field {
    const char *table, *name;
    char sort; /* t text, i whole number, b bytes */
} field;

static const field fields[] = {
    { "entries", "seq", 'i' },
    { "entries", "response", 't' },
    { "entries", "act", 't' },
    { "entries", "item", 't' },
    { "entries", "actor", 't' },
    { "entries", "at", 't' },
    { "entries", "mono", 'i' },
    { "entries", "kept", 't' },
    { "entries", "previous", 'b' },
    { "entries", "payload_digest", 'b' },
    { "entries", "digest", 'b' },
    { "payloads", "seq", 'i' },
    { "payloads", "salt", 'b' },
    { "payloads", "text", 't' },
    { "payloads", "erased", 't' },
    { "identities_payloads", "seq", 'i' },
    { "identities_payloads", "salt", 'b' },
    { "identities_payloads", "text", 't' },
    { "responses", "id", 't' },
    { "responses", "instrument", 't' },
    { "responses", "person", 't' },
    { "responses", "role", 't' },
    { "responses", "site", 't' },
    { "responses", "wave", 't' },
    { "responses", "language", 't' },
    { "responses", "seed", 'i' },
    { "responses", "today", 't' },
    { "responses", "utc_offset", 'i' },
    { "responses", "is_simulated", 'i' },
    { "responses", "started", 't' },
    { "responses", "finished", 't' },
    { "responses", "status", 't' },
    { "journal_head", "n_entries", 'i' },
    { "journal_head", "digest", 'b' },
    { "instruments", "id", 't' },
    { "instruments", "version", 't' },
    { "instruments", "digest", 't' },
    { "instruments", "title", 't' },
    { "instruments", "bytes", 'b' },
    { "instruments", "bytes_digest", 't' },
};

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u; /* Numerical Recipes, 2nd ed., 7.1 */
    return *seed >> 8;
}

/* One random change of one random field of one random row, as SQL. */
static const char *random_change(att_arena *arena, unsigned *seed)
{
    const field *f = &fields[next_random(seed) % (sizeof fields / sizeof fields[0])];
    unsigned row = next_random(seed);
    unsigned at = next_random(seed);
    const char *value;

    if (f->sort == 'i') {
        value = att_arena_format(arena, "%s + %u", f->name, 100 + at % 1000);
    } else if (f->sort == 'b') { /* one byte, at a random place, to another value */
        value = att_arena_format(
            arena,
            "CAST(substr(%s, 1, %u %% length(%s)) || CASE hex(substr(%s, 1 + %u %% "
            "length(%s), 1)) WHEN '7A' THEN x'7B' ELSE x'7A' END || "
            "substr(%s, 2 + %u %% length(%s)) AS BLOB)",
            f->name, at, f->name, f->name, at, f->name, f->name, at, f->name);
    } else {
        value = att_arena_format(arena,
                                 "substr(COALESCE(%s, ''), 1, %u) || 'Q' || "
                                 "substr(COALESCE(%s, ''), %u)",
                                 f->name, at % 30, f->name, at % 30 + 1);
    }
    return att_arena_format(arena,
                            "UPDATE %s SET %s = %s WHERE rowid = (SELECT rowid FROM %s "
                            "LIMIT 1 OFFSET %u %% (SELECT COUNT(*) FROM %s))",
                            f->table, f->name, value, f->table, row, f->table);
}

static void any_change_of_one_field_is_found(void **state)
{
    unsigned seed = 20260902;
    small s;
    char *copy;

    start_three(&s);
    copy = att_test_join(s.folder, "copy.attune");
    for (int i = 0; i < 200; i++) {
        const char *sql = random_change(&s.arena, &seed);
        att_store *store;
        att_verify v;

        assert_ok(att_store_backup(s.store, copy, &s.err), &s.err);
        raw_force(copy, sql);
        store = att_store_open(copy, ATT_OPEN_READ, &s.err);
        assert_ok(s.err.code, &s.err);
        assert_ok(att_verify_run(store, &v, &s.err), &s.err);
        if (v.chain_holds && v.database_holds && v.n_instruments_off == 0) {
            fail_msg("not found: %s", sql);
        }
        att_store_close(store);
        remove(copy);
    }
    test_free(copy);
    small_end(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(each_change_is_found_at_its_entry_and_named),
              cmocka_unit_test(a_whole_study_holds_and_says_its_head),
              cmocka_unit_test(a_finding_names_session_item_and_time),
              cmocka_unit_test(an_erased_answer_breaks_nothing_and_reads_as_unreadable),
              cmocka_unit_test(a_start_is_erased_only_together_with_the_person),
              cmocka_unit_test(the_journal_refuses_changes_and_deletions),
              cmocka_unit_test(stored_instruments_that_differ_are_counted),
              cmocka_unit_test(references_and_pages_of_the_database_are_checked),
              cmocka_unit_test(any_change_of_one_field_is_found))
