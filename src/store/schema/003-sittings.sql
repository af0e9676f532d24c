-- 003-sittings.sql - how interviews went: screens, moves, times
--
-- Beside the journal and its chain. Words for screens, events and refusals are those of
-- the program that wrote them: their lists grow, so they are no closed sets here.

-- One run of the program over one interview.
CREATE TABLE sittings (
    response TEXT NOT NULL REFERENCES responses (id), -- whose
    number INTEGER NOT NULL CHECK (number > 0), -- from 1, in order
    began TEXT NOT NULL,        -- instant
    n_before INTEGER NOT NULL,  -- entries that the response had then
    face TEXT NOT NULL,         -- "full", "line", "script"
    language TEXT NOT NULL,     -- tag
    terminal TEXT NOT NULL,     -- its kind, as TERM names it, or ''
    newer TEXT NOT NULL,        -- version that the welcome told of, or ''
    has_draft INTEGER NOT NULL CHECK (has_draft IN (0, 1)), -- 1: it told of a draft
    settings TEXT NOT NULL,     -- digest of the study's settings then, 64 hex digits
    PRIMARY KEY (response, number)
) STRICT, WITHOUT ROWID;

-- One screen of a sitting and what came of it. What was typed and not taken is not here.
CREATE TABLE steps (
    response TEXT NOT NULL,     -- whose
    sitting INTEGER NOT NULL,   -- its number
    number INTEGER NOT NULL CHECK (number > 0), -- from 1, in order
    screen TEXT NOT NULL,       -- "start", "question"
    item TEXT NOT NULL,         -- id of what was asked, or ''
    event TEXT NOT NULL,        -- "answer", "back"; "stop": nothing more came
    target TEXT NOT NULL,       -- id of the item that the event names, or ''
    refusal TEXT NOT NULL,      -- why it was not taken, or ''
    shown INTEGER NOT NULL,     -- ms since the sitting began
    came INTEGER NOT NULL,      -- ms since the sitting began
    n_entries INTEGER NOT NULL, -- that it made
    columns INTEGER NOT NULL,   -- of the window; 0: not known
    rows INTEGER NOT NULL,      -- of the window; 0: not known
    PRIMARY KEY (response, sitting, number),
    FOREIGN KEY (response, sitting) REFERENCES sittings (response, number)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 3;
