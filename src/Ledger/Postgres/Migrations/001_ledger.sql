-- Times are integer milliseconds, UTC. Texts that are keys sort by their bytes, as on SQLite.

CREATE TABLE meta(
  key   text PRIMARY KEY,
  value bigint NOT NULL
);

INSERT INTO meta(key, value) VALUES ('epoch', 1), ('probe', 0);

CREATE TABLE workspaces(
  id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text COLLATE "C" NOT NULL UNIQUE
);

-- Interned names: events and prompts carry the number. Test fires intern a name but give it no row in event_names.
CREATE TABLE names(
  id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace integer NOT NULL,
  name      text COLLATE "C" NOT NULL,
  UNIQUE(workspace, name)
);

CREATE TABLE events(
  id          uuid NOT NULL,
  at          bigint NOT NULL,
  received_at bigint NOT NULL,
  until       bigint,
  workspace   integer NOT NULL,
  name        integer NOT NULL,
  verdict     smallint NOT NULL CHECK(verdict BETWEEN 0 AND 12),
  test        boolean NOT NULL,
  user_key    text COLLATE "C" NOT NULL,
  user_label  text,
  prompt      uuid,
  PRIMARY KEY(workspace, id)
);

CREATE INDEX events_by_receipt ON events(workspace, received_at);

-- Names with at least one fire that counts, and their counters of all time. Rows move with every batch: room on the page lets
-- an update stay there, without touching an index.
CREATE TABLE event_names(
  name             integer PRIMARY KEY,
  workspace        integer NOT NULL,
  first_seen       bigint NOT NULL,
  last_seen        bigint NOT NULL,
  moment           boolean NOT NULL,
  bot              bigint NOT NULL,
  no_moment        bigint NOT NULL,
  disabled         bigint NOT NULL,
  outside_schedule bigint NOT NULL,
  not_in_audience  bigint NOT NULL,
  stale            bigint NOT NULL,
  response_cap     bigint NOT NULL,
  once_per_user    bigint NOT NULL,
  cooldown         bigint NOT NULL,
  quiet_period     bigint NOT NULL,
  lease_held       bigint NOT NULL,
  sampled_out      bigint NOT NULL,
  shown            bigint NOT NULL,
  seen             bigint NOT NULL,
  dismissed        bigint NOT NULL,
  positive         bigint NOT NULL,
  neutral          bigint NOT NULL,
  frustrated       bigint NOT NULL,
  comments         bigint NOT NULL
) WITH (fillfactor = 50);

CREATE INDEX event_names_of_workspace ON event_names(workspace);

CREATE TABLE totals(
  workspace        integer NOT NULL,
  name             integer NOT NULL,
  hour             bigint NOT NULL,
  bot              bigint NOT NULL,
  no_moment        bigint NOT NULL,
  disabled         bigint NOT NULL,
  outside_schedule bigint NOT NULL,
  not_in_audience  bigint NOT NULL,
  stale            bigint NOT NULL,
  response_cap     bigint NOT NULL,
  once_per_user    bigint NOT NULL,
  cooldown         bigint NOT NULL,
  quiet_period     bigint NOT NULL,
  lease_held       bigint NOT NULL,
  sampled_out      bigint NOT NULL,
  shown            bigint NOT NULL,
  seen             bigint NOT NULL,
  dismissed        bigint NOT NULL,
  positive         bigint NOT NULL,
  neutral          bigint NOT NULL,
  frustrated       bigint NOT NULL,
  comments         bigint NOT NULL,
  PRIMARY KEY(workspace, hour, name)
) WITH (fillfactor = 50);

CREATE INDEX totals_of_name ON totals(name, hour);

-- Fires counted against the quota; month is yyyymm.
CREATE TABLE usage(
  workspace integer NOT NULL,
  month     bigint NOT NULL,
  fires     bigint NOT NULL,
  PRIMARY KEY(workspace, month)
) WITH (fillfactor = 50);

-- Test fires; day counts from 1970-01-01.
CREATE TABLE test_usage(
  workspace integer NOT NULL,
  day       bigint NOT NULL,
  fires     bigint NOT NULL,
  PRIMARY KEY(workspace, day)
) WITH (fillfactor = 50);

CREATE TABLE prompts(
  seq                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace          integer NOT NULL,
  id                 uuid NOT NULL,
  name               integer NOT NULL,
  user_key           text COLLATE "C" NOT NULL,
  test               boolean NOT NULL,
  granted_at         bigint NOT NULL,
  lease_until        bigint NOT NULL,
  live_until         bigint NOT NULL,
  seen_at            bigint,
  view               text,
  reaction           smallint CHECK(reaction BETWEEN 1 AND 3),
  reacted_at         bigint,
  comment            text,
  commented_at       bigint,
  dismissed_at       bigint,
  question           text NOT NULL,
  follow_up          text,
  definition_version bigint NOT NULL,
  delay_seconds      integer NOT NULL,
  person             text,
  url                text,
  locale             text,
  device             text,
  UNIQUE(workspace, id)
);

CREATE INDEX prompts_of_user ON prompts(workspace, user_key);
CREATE INDEX prompts_open ON prompts(name, live_until) WHERE NOT test AND reaction IS NULL;
CREATE INDEX answers_of_workspace ON prompts(workspace, reacted_at, id) WHERE NOT test AND reaction IS NOT NULL;
CREATE INDEX answers_of_name ON prompts(name, reacted_at, id) WHERE NOT test AND reaction IS NOT NULL;

-- Answers ever given to a moment.
CREATE TABLE caps(
  name    integer PRIMARY KEY,
  answers bigint NOT NULL
);

-- verified says whether the facts were proved.
CREATE TABLE users(
  workspace integer NOT NULL,
  user_key  text COLLATE "C" NOT NULL,
  version   bigint NOT NULL,
  verified  boolean NOT NULL,
  facts     text,
  PRIMARY KEY(workspace, user_key)
);

CREATE TABLE links(
  workspace     integer NOT NULL,
  anonymous_key text COLLATE "C" NOT NULL,
  person_key    text COLLATE "C" NOT NULL,
  verified      boolean NOT NULL,
  linked_at     bigint NOT NULL,
  PRIMARY KEY(workspace, anonymous_key)
);

CREATE INDEX links_of_person ON links(workspace, person_key);
