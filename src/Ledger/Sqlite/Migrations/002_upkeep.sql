-- Events received before this hour have been deleted, or are being deleted; milliseconds.
CREATE TABLE horizons(
  workspace INTEGER PRIMARY KEY,
  events    INTEGER NOT NULL
) STRICT;

-- Keys that are being taken out of what is counted; a row goes when that is done. Bounds: rows up to these were there before.
CREATE TABLE erasures(
  workspace     INTEGER NOT NULL,
  user_key      TEXT NOT NULL,
  fresh_key     TEXT NOT NULL,
  events_until  INTEGER NOT NULL,
  prompts_until INTEGER NOT NULL,
  PRIMARY KEY(workspace, user_key)
) STRICT, WITHOUT ROWID;

-- The version of a user who has no row. An erasure raises it past every version in use.
INSERT INTO meta(key, value) VALUES ('fence', 0);

CREATE INDEX events_test ON events(workspace, received_at) WHERE test = 1;
CREATE INDEX events_test_of_user ON events(workspace, user_key) WHERE test = 1;
CREATE INDEX prompts_test ON prompts(workspace, granted_at) WHERE test = 1;
CREATE INDEX prompts_personal ON prompts(workspace, granted_at) WHERE coalesce(comment, person, url, locale, device, view) IS NOT NULL;
