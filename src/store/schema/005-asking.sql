-- 005-asking.sql - who answers and how it was asked
--
-- Sealed by the payload of the response's first entry, where it is not the person alone.

ALTER TABLE responses ADD COLUMN mode TEXT NOT NULL DEFAULT 'self'
    CHECK (mode IN ('self', 'interviewer', 'proxy')); -- how it was asked
ALTER TABLE responses ADD COLUMN interviewer TEXT NOT NULL DEFAULT ''; -- code, or ''
ALTER TABLE responses ADD COLUMN proxy_for TEXT NOT NULL DEFAULT ''; -- code of the person
                                                      -- who is answered for, or ''
ALTER TABLE responses ADD COLUMN relation TEXT NOT NULL DEFAULT ''; -- of who answers to
                                                      -- that person, or ''

PRAGMA user_version = 5;
