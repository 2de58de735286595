-- Times are integer milliseconds, UTC. UUIDs are 16 bytes, big-endian, so that v7 ids sort by time.

CREATE TABLE meta(
  key   TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta(key, value) VALUES ('epoch', 1), ('probe', 0);

-- Written and emptied by the readiness check alone.
CREATE TABLE probe(filler BLOB NOT NULL) STRICT;

CREATE TABLE workspaces(
  id  INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
) STRICT;

-- Interned names: events and prompts carry the number. Test fires intern a name but give it no row in event_names.
CREATE TABLE names(
  id        INTEGER PRIMARY KEY,
  workspace INTEGER NOT NULL,
  name      TEXT NOT NULL,
  UNIQUE(workspace, name)
) STRICT;

CREATE TABLE events(
  workspace   INTEGER NOT NULL,
  id          BLOB NOT NULL CHECK(length(id) = 16),
  name        INTEGER NOT NULL,
  user_key    TEXT NOT NULL,
  at          INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  verdict     INTEGER NOT NULL CHECK(verdict BETWEEN 0 AND 12),
  until       INTEGER,
  prompt      BLOB,
  test        INTEGER NOT NULL CHECK(test IN (0, 1)),
  user_label  TEXT,
  PRIMARY KEY(workspace, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX events_by_receipt ON events(workspace, received_at);

-- Names with at least one fire that counts, and their counters of all time.
CREATE TABLE event_names(
  name             INTEGER PRIMARY KEY,
  workspace        INTEGER NOT NULL,
  first_seen       INTEGER NOT NULL,
  last_seen        INTEGER NOT NULL,
  moment           INTEGER NOT NULL,
  bot              INTEGER NOT NULL DEFAULT 0,
  no_moment        INTEGER NOT NULL DEFAULT 0,
  disabled         INTEGER NOT NULL DEFAULT 0,
  outside_schedule INTEGER NOT NULL DEFAULT 0,
  not_in_audience  INTEGER NOT NULL DEFAULT 0,
  stale            INTEGER NOT NULL DEFAULT 0,
  response_cap     INTEGER NOT NULL DEFAULT 0,
  once_per_user    INTEGER NOT NULL DEFAULT 0,
  cooldown         INTEGER NOT NULL DEFAULT 0,
  quiet_period     INTEGER NOT NULL DEFAULT 0,
  lease_held       INTEGER NOT NULL DEFAULT 0,
  sampled_out      INTEGER NOT NULL DEFAULT 0,
  shown            INTEGER NOT NULL DEFAULT 0,
  seen             INTEGER NOT NULL DEFAULT 0,
  dismissed        INTEGER NOT NULL DEFAULT 0,
  positive         INTEGER NOT NULL DEFAULT 0,
  neutral          INTEGER NOT NULL DEFAULT 0,
  frustrated       INTEGER NOT NULL DEFAULT 0,
  comments         INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX event_names_of_workspace ON event_names(workspace, first_seen);

-- The rows of one hour lie together, so a commit that moves many names touches few pages.
CREATE TABLE totals(
  workspace        INTEGER NOT NULL,
  hour             INTEGER NOT NULL,
  name             INTEGER NOT NULL,
  bot              INTEGER NOT NULL DEFAULT 0,
  no_moment        INTEGER NOT NULL DEFAULT 0,
  disabled         INTEGER NOT NULL DEFAULT 0,
  outside_schedule INTEGER NOT NULL DEFAULT 0,
  not_in_audience  INTEGER NOT NULL DEFAULT 0,
  stale            INTEGER NOT NULL DEFAULT 0,
  response_cap     INTEGER NOT NULL DEFAULT 0,
  once_per_user    INTEGER NOT NULL DEFAULT 0,
  cooldown         INTEGER NOT NULL DEFAULT 0,
  quiet_period     INTEGER NOT NULL DEFAULT 0,
  lease_held       INTEGER NOT NULL DEFAULT 0,
  sampled_out      INTEGER NOT NULL DEFAULT 0,
  shown            INTEGER NOT NULL DEFAULT 0,
  seen             INTEGER NOT NULL DEFAULT 0,
  dismissed        INTEGER NOT NULL DEFAULT 0,
  positive         INTEGER NOT NULL DEFAULT 0,
  neutral          INTEGER NOT NULL DEFAULT 0,
  frustrated       INTEGER NOT NULL DEFAULT 0,
  comments         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(workspace, hour, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX totals_of_name ON totals(name, hour);

-- Fires counted against the quota; month is yyyymm.
CREATE TABLE usage(
  workspace INTEGER NOT NULL,
  month     INTEGER NOT NULL,
  fires     INTEGER NOT NULL,
  PRIMARY KEY(workspace, month)
) STRICT, WITHOUT ROWID;

-- Test fires; day counts from 1970-01-01.
CREATE TABLE test_usage(
  workspace INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  fires     INTEGER NOT NULL,
  PRIMARY KEY(workspace, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE prompts(
  seq                INTEGER PRIMARY KEY,
  workspace          INTEGER NOT NULL,
  id                 BLOB NOT NULL CHECK(length(id) = 16),
  name               INTEGER NOT NULL,
  user_key           TEXT NOT NULL,
  test               INTEGER NOT NULL CHECK(test IN (0, 1)),
  granted_at         INTEGER NOT NULL,
  lease_until        INTEGER NOT NULL,
  live_until         INTEGER NOT NULL,
  seen_at            INTEGER,
  view               TEXT,
  reaction           INTEGER CHECK(reaction BETWEEN 1 AND 3),
  reacted_at         INTEGER,
  comment            TEXT,
  commented_at       INTEGER,
  dismissed_at       INTEGER,
  question           TEXT NOT NULL,
  follow_up          TEXT,
  definition_version INTEGER NOT NULL,
  delay_seconds      INTEGER NOT NULL,
  person             TEXT,
  url                TEXT,
  locale             TEXT,
  device             TEXT,
  UNIQUE(workspace, id)
) STRICT;

CREATE INDEX prompts_of_user ON prompts(workspace, user_key);
CREATE INDEX prompts_open ON prompts(name, live_until) WHERE test = 0 AND reaction IS NULL;
CREATE INDEX answers_of_workspace ON prompts(workspace, reacted_at, id) WHERE test = 0 AND reaction IS NOT NULL;
CREATE INDEX answers_of_name ON prompts(name, reacted_at, id) WHERE test = 0 AND reaction IS NOT NULL;

-- Answers ever given to a moment.
CREATE TABLE caps(
  name    INTEGER PRIMARY KEY,
  answers INTEGER NOT NULL
) STRICT;

CREATE TABLE users(
  workspace INTEGER NOT NULL,
  user_key  TEXT NOT NULL,
  version   INTEGER NOT NULL,
  facts     TEXT,
  PRIMARY KEY(workspace, user_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE links(
  workspace     INTEGER NOT NULL,
  anonymous_key TEXT NOT NULL,
  person_key    TEXT NOT NULL,
  verified      INTEGER NOT NULL CHECK(verified IN (0, 1)),
  linked_at     INTEGER NOT NULL,
  PRIMARY KEY(workspace, anonymous_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_of_person ON links(workspace, person_key);
