-- Events received before this hour have been deleted, or are being deleted; milliseconds.
CREATE TABLE horizons(
  workspace integer PRIMARY KEY,
  events    bigint NOT NULL
);

-- Keys that are being taken out of what is counted; a row goes when that is done. Bounds: rows up to these were there before.
CREATE TABLE erasures(
  workspace     integer NOT NULL,
  user_key      text COLLATE "C" NOT NULL,
  fresh_key     text COLLATE "C" NOT NULL,
  events_until  bigint NOT NULL,
  prompts_until bigint NOT NULL,
  PRIMARY KEY(workspace, user_key)
);

-- The version of a user who has no row. An erasure raises it past every version in use.
INSERT INTO meta(key, value) VALUES ('fence', 0);

CREATE INDEX events_test ON events(workspace, received_at) WHERE test;
CREATE INDEX events_test_of_user ON events(workspace, user_key) WHERE test;
CREATE INDEX prompts_test ON prompts(workspace, granted_at) WHERE test;
CREATE INDEX prompts_personal ON prompts(workspace, granted_at) WHERE coalesce(comment, person, url, locale, device, view) IS NOT NULL;
