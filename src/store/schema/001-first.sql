-- 001-first.sql - the study file as it was first released
--
-- Instants are TEXT, UTC, "2026-09-02T09:14:07.221Z"; days are TEXT, "2026-09-02";
-- digests are SHA-256. docs/STORE.md says what the tables promise.

PRAGMA application_id = 1096045653; -- 0x41545455, "ATTU"

-- What is known about the file itself. Every later format keeps this table and its row
-- "written_by", so that an older program can say which one it would need.
CREATE TABLE facts (
    name TEXT NOT NULL PRIMARY KEY, -- made_by, made_at, written_by
    value TEXT NOT NULL             -- as text
) STRICT;

-- Settings of the study: roles, sites, waves, tokens, mappings.
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY, -- "network", "sites"
    json TEXT NOT NULL              -- any JSON: "the network", ["North","South"]
) STRICT;

-- Instruments in all their versions.
CREATE TABLE instruments (
    digest TEXT NOT NULL PRIMARY KEY, -- of the canonical form, 64 hex digits
    id TEXT NOT NULL,                 -- "recs"
    version TEXT NOT NULL,            -- "1.2.0"
    title TEXT NOT NULL,              -- in its default language
    bytes BLOB NOT NULL,              -- the file as it was added
    bytes_digest TEXT NOT NULL,       -- of bytes, as sha256sum prints it
    added TEXT NOT NULL,              -- instant
    UNIQUE (id, version)
) STRICT;

-- Who and what the study has met: codes, never names.
CREATE TABLE people (
    code TEXT NOT NULL PRIMARY KEY, -- "N-0041"
    added TEXT NOT NULL             -- instant of the first response
) STRICT;

CREATE TABLE roles (
    code TEXT NOT NULL PRIMARY KEY, -- "family"
    added TEXT NOT NULL             -- instant of the first response
) STRICT;

CREATE TABLE sites (
    code TEXT NOT NULL PRIMARY KEY, -- "north"
    added TEXT NOT NULL             -- instant of the first response
) STRICT;

CREATE TABLE waves (
    code TEXT NOT NULL PRIMARY KEY, -- "t1"
    added TEXT NOT NULL             -- instant of the first response
) STRICT;

-- One interview each. All but status and finished is fixed at the start, and sealed by
-- the payload of the response's first entry.
CREATE TABLE responses (
    id TEXT NOT NULL PRIMARY KEY,        -- 36 characters, a time prefix and 128 random bits
    instrument TEXT NOT NULL REFERENCES instruments (digest), -- as it was really asked
    person TEXT REFERENCES people (code), -- NULL when anonymous
    role TEXT REFERENCES roles (code),    -- NULL when not known
    site TEXT REFERENCES sites (code),    -- NULL when not known
    wave TEXT REFERENCES waves (code),    -- NULL when not known
    language TEXT NOT NULL,               -- tag, "en"
    seed INTEGER NOT NULL,                -- of all that is left to chance
    today TEXT NOT NULL,                  -- local day at the start
    utc_offset INTEGER NOT NULL,          -- minutes ahead of UTC at the start
    is_simulated INTEGER NOT NULL CHECK (is_simulated IN (0, 1)), -- 1: no person said it
    started TEXT NOT NULL,                -- instant
    finished TEXT,                        -- instant of the last entry; NULL while open
    status TEXT NOT NULL CHECK (status IN ('open', 'complete', 'declined')), -- how it is
    CHECK ((status = 'open') = (finished IS NULL))
) STRICT;

CREATE INDEX responses_by_start ON responses (started, id);
CREATE INDEX responses_by_instrument ON responses (instrument);
CREATE INDEX responses_by_status ON responses (status);

-- The journal: one chain of entries over the whole study, numbered without gaps.
CREATE TABLE entries (
    seq INTEGER NOT NULL PRIMARY KEY,    -- from 1
    response TEXT NOT NULL REFERENCES responses (id), -- whose
    act TEXT NOT NULL CHECK (act IN ('start', 'agree', 'decline', 'answer', 'read',
        'back', 'goto', 'leave', 'resume', 'finish')), -- what happened
    item TEXT NOT NULL,                  -- id, or ''
    actor TEXT NOT NULL,                 -- "respondent", "simulation", "import"
    at TEXT NOT NULL,                    -- instant
    mono INTEGER NOT NULL,               -- ms since the session was opened
    kept TEXT NOT NULL CHECK (kept IN ('open', 'identity')), -- open: payload in payloads;
                                         -- identity: in identities_payloads
    previous BLOB NOT NULL CHECK (length(previous) = 32), -- digest of the entry before;
                                         -- zeros for the first
    payload_digest BLOB NOT NULL CHECK (length(payload_digest) = 32), -- of salt and text
    digest BLOB NOT NULL CHECK (length(digest) = 32) -- of all of the above
) STRICT;

CREATE INDEX entries_by_response ON entries (response);

-- What was said: apart from the entries, so that it can be erased and the chain holds.
-- Erased: salt and text are NULL, erased is set.
CREATE TABLE payloads (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES entries (seq), -- of the entry
    salt BLOB,   -- 16 random bytes
    text TEXT,   -- canonical JSON; of a start entry the header of the response
    erased TEXT, -- instant, or NULL
    CHECK ((salt IS NULL) = (text IS NULL) AND (text IS NULL) = (erased IS NOT NULL))
) STRICT;

-- The same for answers that tell who a person is. Left out of exports and reports.
CREATE TABLE identities_payloads (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES entries (seq), -- of the entry
    salt BLOB,   -- 16 random bytes
    text TEXT,   -- canonical JSON
    erased TEXT, -- instant, or NULL
    CHECK ((salt IS NULL) = (text IS NULL) AND (text IS NULL) = (erased IS NOT NULL))
) STRICT;

-- Where the journal ends: without it a cut-off tail could not be seen.
CREATE TABLE journal_head (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), -- there is one row
    n_entries INTEGER NOT NULL, -- seq of the last entry
    digest BLOB NOT NULL CHECK (length(digest) = 32) -- of the last entry; zeros at first
) STRICT;

INSERT INTO journal_head (one, n_entries, digest)
VALUES (1, 0, x'0000000000000000000000000000000000000000000000000000000000000000');

-- Scale scores and derived values, made anew by `attune score`.
CREATE TABLE scores (
    response TEXT NOT NULL REFERENCES responses (id), -- whose
    scale TEXT NOT NULL,         -- id of the scale or derived value
    is_derived INTEGER NOT NULL CHECK (is_derived IN (0, 1)), -- 1: a derived value
    version TEXT NOT NULL,       -- of the instrument
    rule TEXT NOT NULL,          -- digest of the scoring rule, 64 hex digits
    n_valid INTEGER NOT NULL,    -- answers used
    n_items INTEGER NOT NULL,    -- answers possible
    value REAL,                  -- NULL: missing
    value_100 REAL,              -- 0 to 100; NULL: missing or of no range
    made TEXT NOT NULL,          -- instant
    PRIMARY KEY (response, scale)
) STRICT;

-- Finished responses that are to be sent, once each.
CREATE TABLE outbox (
    number INTEGER NOT NULL PRIMARY KEY, -- order of finish
    response TEXT NOT NULL UNIQUE REFERENCES responses (id), -- what is sent
    record TEXT NOT NULL,     -- key on the server: the person's code, or the response's id
    form TEXT NOT NULL,       -- id of the instrument
    wave TEXT NOT NULL,       -- code, or ''
    instance INTEGER NOT NULL, -- 0: the form does not repeat
    state TEXT NOT NULL CHECK (state IN ('pending', 'unknown', 'done', 'refused',
        'conflict')),         -- how it stands
    n_tries INTEGER NOT NULL, -- requests that left
    note TEXT NOT NULL,       -- why it is not done, or ''
    changed TEXT NOT NULL     -- instant
) STRICT;

CREATE INDEX outbox_by_state ON outbox (state, number);
CREATE INDEX outbox_by_key ON outbox (record, form, wave, instance);

-- Two rows never go to one place on the server; held ones go nowhere.
CREATE UNIQUE INDEX outbox_one_place ON outbox (record, form, wave, instance)
WHERE state <> 'conflict';

-- The answers as they stand, for people with sqlite3. Identifying ones are not here.
CREATE VIEW answers AS
SELECT
    r.id AS response,
    i.id AS instrument,
    i.version AS version,
    r.person AS person,
    r.role AS role,
    r.site AS site,
    r.wave AS wave,
    e.item AS item,
    p.text AS payload, -- {"answer":4,"item":"t1","kind":"number"}; NULL when erased
    e.at AS at,
    e.seq AS seq
FROM entries AS e
JOIN responses AS r ON r.id = e.response
JOIN instruments AS i ON i.digest = r.instrument
JOIN payloads AS p ON p.seq = e.seq
WHERE e.act = 'answer'
AND e.kept = 'open'
AND e.seq = (
    SELECT MAX(l.seq)
    FROM entries AS l
    WHERE l.response = e.response
    AND l.item = e.item
    AND l.act = 'answer'
);

-- The journal is only ever added to.
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries of the journal are never changed');
END;

CREATE TRIGGER entries_remain BEFORE DELETE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries of the journal are never deleted');
END;

CREATE TRIGGER payloads_stay BEFORE UPDATE ON payloads
WHEN NEW.text IS NOT NULL OR NEW.seq <> OLD.seq OR OLD.text IS NULL
BEGIN
    SELECT RAISE(ABORT, 'payloads are never changed, only erased');
END;

CREATE TRIGGER payloads_remain BEFORE DELETE ON payloads
BEGIN
    SELECT RAISE(ABORT, 'payloads are never deleted, only erased');
END;

CREATE TRIGGER identities_payloads_stay BEFORE UPDATE ON identities_payloads
WHEN NEW.text IS NOT NULL OR NEW.seq <> OLD.seq OR OLD.text IS NULL
BEGIN
    SELECT RAISE(ABORT, 'payloads are never changed, only erased');
END;

CREATE TRIGGER identities_payloads_remain BEFORE DELETE ON identities_payloads
BEGIN
    SELECT RAISE(ABORT, 'payloads are never deleted, only erased');
END;

CREATE TRIGGER responses_stay BEFORE UPDATE ON responses
WHEN NEW.id <> OLD.id
    OR NEW.instrument <> OLD.instrument
    OR NEW.person IS NOT NULL AND COALESCE(OLD.person, '') <> NEW.person
    OR COALESCE(NEW.role, '') <> COALESCE(OLD.role, '')
    OR COALESCE(NEW.site, '') <> COALESCE(OLD.site, '')
    OR COALESCE(NEW.wave, '') <> COALESCE(OLD.wave, '')
    OR NEW.language <> OLD.language
    OR NEW.seed <> OLD.seed
    OR NEW.today <> OLD.today
    OR NEW.utc_offset <> OLD.utc_offset
    OR NEW.is_simulated <> OLD.is_simulated
    OR NEW.started <> OLD.started
    OR OLD.status <> 'open' AND NEW.status <> OLD.status
    OR OLD.finished IS NOT NULL AND COALESCE(NEW.finished, '') <> OLD.finished
BEGIN
    SELECT RAISE(ABORT, 'the header of a response is never changed, only finished');
END;

CREATE TRIGGER responses_remain BEFORE DELETE ON responses
BEGIN
    SELECT RAISE(ABORT, 'responses are never deleted');
END;

CREATE TRIGGER instruments_stay BEFORE UPDATE ON instruments
BEGIN
    SELECT RAISE(ABORT, 'a stored instrument is never changed; add a new version');
END;

CREATE TRIGGER instruments_remain BEFORE DELETE ON instruments
BEGIN
    SELECT RAISE(ABORT, 'a stored instrument is never deleted');
END;

PRAGMA user_version = 1;
