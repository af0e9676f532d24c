-- 002-drafts.sql - what is being typed and not yet confirmed
--
-- Outside the chain, so that a word that was deleted again leaves no trace: a row is
-- overwritten by the next draft and goes with the answer, or with the end.

CREATE TABLE drafts (
    response TEXT NOT NULL REFERENCES responses (id), -- whose
    item TEXT NOT NULL, -- id
    text TEXT NOT NULL, -- as it stands in the box
    at TEXT NOT NULL,   -- instant at which it was kept
    PRIMARY KEY (response, item)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
