-- 004-attributes.sql - what a study knows about people beside their codes
--
-- An interview seals those it uses with its START entry, so what stands here may change
-- and go without touching what was asked.

CREATE TABLE attributes (
    person TEXT NOT NULL REFERENCES people (code), -- whom
    name TEXT NOT NULL,                            -- "age"
    value TEXT NOT NULL CHECK (value <> ''), -- as it was given; an instrument says its type
    since TEXT NOT NULL,                     -- instant at which it was set
    PRIMARY KEY (person, name)
) STRICT;

PRAGMA user_version = 4;
