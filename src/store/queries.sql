-- queries.sql - every statement of the store
--
-- `-- name: x` above a statement makes it ATT_SQL_X. Parameters are ?1, ?2; columns come
-- in the order in which the C code reads them.

-- ---- the connection ----

-- name: set_foreign_keys
PRAGMA foreign_keys = ON;

-- name: set_trusted_schema
PRAGMA trusted_schema = OFF;

-- name: set_cell_size_check
PRAGMA cell_size_check = ON;

-- name: set_secure_delete
PRAGMA secure_delete = ON;

-- name: set_temp_store
PRAGMA temp_store = MEMORY;

-- name: set_synchronous
PRAGMA synchronous = EXTRA;

-- name: set_journal_mode
PRAGMA journal_mode = DELETE;

-- name: begin_write
BEGIN IMMEDIATE;

-- name: begin_read
BEGIN;

-- name: commit
COMMIT;

-- name: rollback
ROLLBACK;

-- name: get_application_id
PRAGMA application_id;

-- name: get_user_version
PRAGMA user_version;

-- name: get_journal_mode
PRAGMA journal_mode;

-- name: get_synchronous
PRAGMA synchronous;

-- name: check_integrity
PRAGMA integrity_check;

-- name: check_foreign_keys
PRAGMA foreign_key_check;

-- ---- the study ----

-- name: put_fact
INSERT INTO facts (name, value)
VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE
SET value = excluded.value;

-- name: get_fact
SELECT value
FROM facts
WHERE name = ?1;

-- name: count_study
SELECT
    (SELECT n_entries FROM journal_head WHERE one = 1),
    (SELECT COUNT(*) FROM responses),
    (SELECT COUNT(*) FROM responses WHERE status = 'complete'),
    (SELECT COUNT(*) FROM responses WHERE status = 'open'),
    (SELECT COUNT(*) FROM instruments),
    (SELECT COUNT(*) FROM people);

-- name: put_setting
INSERT INTO settings (name, json)
VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE
SET json = excluded.json;

-- name: drop_setting
DELETE FROM settings
WHERE name = ?1;

-- name: get_setting
SELECT json
FROM settings
WHERE name = ?1;

-- Each value inside each setting; a setting that is no list is its own one value.
-- name: list_settings
SELECT
    s.name,
    CASE json_type(s.json)
        WHEN 'array' THEN 1 -- a list
        WHEN 'text' THEN 0  -- a text
        ELSE -1             -- not for instruments
    END,
    j.type = 'text',             -- 1: a text; NULL: the list is empty
    j.atom                       -- the text
FROM settings AS s
LEFT JOIN json_each(s.json) AS j
ORDER BY s.name, j.id;

-- ---- instruments ----

-- name: add_instrument
INSERT INTO instruments (digest, id, version, title, bytes, bytes_digest, added)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: get_instrument
SELECT id, version, bytes
FROM instruments
WHERE digest = ?1;

-- name: find_instrument
SELECT digest
FROM instruments
WHERE id = ?1
AND version = ?2;

-- name: list_instruments
SELECT
    i.id,
    i.version,
    i.digest,
    i.title,
    i.added,
    (SELECT COUNT(*) FROM responses AS r WHERE r.instrument = i.digest)
FROM instruments AS i
ORDER BY i.id, i.version;

-- name: list_versions
SELECT version, digest
FROM instruments
WHERE id = ?1
ORDER BY version;

-- name: read_instruments
SELECT digest, id, version, title, bytes, bytes_digest
FROM instruments
ORDER BY digest;

-- ---- responses and their journal ----

-- name: note_person
INSERT INTO people (code, added)
VALUES (?1, ?2)
ON CONFLICT (code) DO NOTHING;

-- name: note_role
INSERT INTO roles (code, added)
VALUES (?1, ?2)
ON CONFLICT (code) DO NOTHING;

-- name: note_site
INSERT INTO sites (code, added)
VALUES (?1, ?2)
ON CONFLICT (code) DO NOTHING;

-- name: note_wave
INSERT INTO waves (code, added)
VALUES (?1, ?2)
ON CONFLICT (code) DO NOTHING;

-- name: add_response
INSERT INTO responses (id, instrument, person, role, site, wave, language, seed, today,
    utc_offset, is_simulated, started, finished, status, mode, interviewer, proxy_for,
    relation)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, NULL, 'open', ?13, ?14, ?15,
    ?16);

-- name: close_response
UPDATE responses
SET status = ?2,
    finished = ?3
WHERE id = ?1;

-- name: get_response
SELECT
    r.id, i.id, i.version, r.instrument, r.person, r.role, r.site, r.wave, r.language,
    r.seed, r.today, r.utc_offset, r.is_simulated, r.started, r.finished, r.status,
    r.mode, r.interviewer, r.proxy_for, r.relation
FROM responses AS r
JOIN instruments AS i ON i.digest = r.instrument
WHERE r.id = ?1;

-- In order of start, from behind (?1, ?2) on; ?3 to ?6 narrow when they are not NULL.
-- name: page_responses
SELECT
    r.id, i.id, i.version, r.instrument, r.person, r.role, r.site, r.wave, r.language,
    r.seed, r.today, r.utc_offset, r.is_simulated, r.started, r.finished, r.status,
    r.mode, r.interviewer, r.proxy_for, r.relation
FROM responses AS r
JOIN instruments AS i ON i.digest = r.instrument
WHERE (r.started, r.id) > (?1, ?2)
AND (?3 IS NULL OR i.id = ?3)
AND (?4 IS NULL OR r.person = ?4)
AND (?5 IS NULL OR r.status = ?5)
AND (?6 IS NULL OR r.wave = ?6)
ORDER BY r.started, r.id
LIMIT ?7;

-- name: find_response_end
SELECT id
FROM responses
WHERE substr(id, length(id) - ?2 + 1) = ?1
ORDER BY id
LIMIT 2;

-- name: get_head
SELECT n_entries, digest
FROM journal_head
WHERE one = 1;

-- name: put_head
UPDATE journal_head
SET n_entries = ?1,
    digest = ?2
WHERE one = 1;

-- name: add_entry
INSERT INTO entries (seq, response, act, item, actor, at, mono, kept, previous,
    payload_digest, digest)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: add_payload
INSERT INTO payloads (seq, salt, text)
VALUES (?1, ?2, ?3);

-- name: add_identity_payload
INSERT INTO identities_payloads (seq, salt, text)
VALUES (?1, ?2, ?3);

-- name: get_response_head
SELECT digest
FROM entries
WHERE response = ?1
ORDER BY seq DESC
LIMIT 1;

-- name: list_entries
SELECT e.act, e.item, e.actor, e.at, e.mono, e.kept, COALESCE(p.text, i.text)
FROM entries AS e
LEFT JOIN payloads AS p ON p.seq = e.seq
LEFT JOIN identities_payloads AS i ON i.seq = e.seq
WHERE e.response = ?1
ORDER BY e.seq;

-- ---- drafts ----

-- name: put_draft
INSERT INTO drafts (response, item, text, at)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (response, item) DO UPDATE
SET text = excluded.text,
    at = excluded.at;

-- name: drop_draft
DELETE FROM drafts
WHERE response = ?1
AND item = ?2;

-- name: drop_drafts
DELETE FROM drafts
WHERE response = ?1;

-- name: list_drafts
SELECT item, text
FROM drafts
WHERE response = ?1
ORDER BY item;

-- ---- sittings ----

-- name: last_sitting
SELECT number
FROM sittings
WHERE response = ?1
ORDER BY number DESC
LIMIT 1;

-- name: add_sitting
INSERT INTO sittings (response, number, began, n_before, face, language, terminal, newer,
    has_draft, settings)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: add_step
INSERT INTO steps (response, sitting, number, screen, item, event, target, refusal, shown,
    came, n_entries, columns, rows)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);

-- name: list_sittings
SELECT began, n_before, face, language, terminal, newer, has_draft, settings
FROM sittings
WHERE response = ?1
ORDER BY number;

-- name: list_steps
SELECT sitting, screen, item, event, target, refusal, shown, came, n_entries, columns, rows
FROM steps
WHERE response = ?1
ORDER BY sitting, number;

-- ---- attributes of people ----

-- Setting what stands there already leaves it as old as it is.
-- name: put_attribute
INSERT INTO attributes (person, name, value, since)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (person, name) DO UPDATE
SET value = excluded.value,
    since = excluded.since
WHERE value <> excluded.value;

-- name: drop_attribute
DELETE FROM attributes
WHERE person = ?1
AND name = ?2;

-- name: list_attributes
SELECT person, name, value, since
FROM attributes
WHERE person = ?1
ORDER BY name;

-- Everybody, those without attributes too.
-- name: list_people
SELECT p.code, a.name, a.value, a.since
FROM people AS p
LEFT JOIN attributes AS a ON a.person = p.code
ORDER BY p.code, a.name;

-- ---- scores ----

-- name: drop_scores
DELETE FROM scores
WHERE response = ?1;

-- name: put_score
INSERT INTO scores (response, scale, is_derived, version, rule, n_valid, n_items, value,
    value_100, made)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: get_score
SELECT is_derived, n_valid, n_items, value, value_100
FROM scores
WHERE response = ?1
AND scale = ?2;

-- ---- outbox ----

-- The first row for a place on the server goes there; a later one is held.
-- name: find_outbox_key
SELECT response
FROM outbox
WHERE record = ?1
AND form = ?2
AND wave = ?3
ORDER BY number
LIMIT 1;

-- name: add_outbox
INSERT INTO outbox (response, record, form, wave, instance, state, n_tries, note, changed)
VALUES (?1, ?2, ?3, ?4, 0, ?5, 0, ?6, ?7);

-- name: list_outbox
SELECT
    o.response, o.form, r.instrument, o.record, o.wave, r.site, o.instance, o.state,
    o.n_tries, o.note
FROM outbox AS o
JOIN responses AS r ON r.id = o.response
ORDER BY o.number;

-- name: list_outbox_state
SELECT
    o.response, o.form, r.instrument, o.record, o.wave, r.site, o.instance, o.state,
    o.n_tries, o.note
FROM outbox AS o
JOIN responses AS r ON r.id = o.response
WHERE o.state = ?1
ORDER BY o.number;

-- name: get_outbox
SELECT record, form, wave, instance, state
FROM outbox
WHERE response = ?1;

-- Who else goes to the place that this row would go to.
-- name: find_outbox_rival
SELECT b.response
FROM outbox AS a
JOIN outbox AS b ON b.record = a.record
    AND b.form = a.form
    AND b.wave = a.wave
    AND b.instance = a.instance
WHERE a.response = ?1
AND b.response <> a.response
AND b.state <> 'conflict'
LIMIT 1;

-- name: move_outbox
UPDATE outbox
SET state = ?2,
    note = ?3,
    n_tries = n_tries + ?4,
    changed = ?5
WHERE response = ?1;

-- A row without an instance takes the place of the first.
-- name: last_outbox_instance
SELECT MAX(instance)
FROM outbox
WHERE record = ?1
AND form = ?2
AND wave = ?3;

-- name: number_outbox
UPDATE outbox
SET instance = ?2,
    state = 'pending',
    note = '',
    changed = ?3
WHERE response = ?1;

-- name: count_outbox
SELECT state, COUNT(*)
FROM outbox
GROUP BY state;

-- ---- verify ----

-- name: walk_entries
SELECT
    e.seq, e.response, e.act, e.item, e.actor, e.at, e.mono, e.kept,
    e.previous, e.payload_digest, e.digest,
    p.seq, p.salt, p.text, p.erased,
    i.seq, i.salt, i.text, i.erased
FROM entries AS e
LEFT JOIN payloads AS p ON p.seq = e.seq
LEFT JOIN identities_payloads AS i ON i.seq = e.seq
ORDER BY e.seq;

-- name: count_entries
SELECT COUNT(*)
FROM entries;

-- name: find_follower
SELECT seq
FROM entries
WHERE previous = ?1
LIMIT 1;

-- name: walk_responses
SELECT r.id, r.status, r.finished, f.act, l.seq, l.act, l.item, l.at
FROM responses AS r
LEFT JOIN entries AS f ON f.seq = (
    SELECT MIN(a.seq)
    FROM entries AS a
    WHERE a.response = r.id
)
LEFT JOIN entries AS l ON l.seq = (
    SELECT MAX(b.seq)
    FROM entries AS b
    WHERE b.response = r.id
)
ORDER BY r.id;
