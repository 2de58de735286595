-- What is to be told to webhooks: an outbox, and its log. Ids begin with the time, so a webhook's rows lie in their order. What an answer
-- says is not copied: it is read from its prompt, so whatever blanks that blanks this. State: 0 pending, 1 delivered, 2 failed, 3 erased.
CREATE TABLE deliveries(
  workspace INTEGER NOT NULL,
  id        BLOB NOT NULL CHECK(length(id) = 16),
  webhook   TEXT NOT NULL,
  type      TEXT NOT NULL,
  sequence  INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  prompt    BLOB,
  data      TEXT,
  state     INTEGER NOT NULL DEFAULT 0 CHECK(state BETWEEN 0 AND 3),
  since     INTEGER NOT NULL,
  tries     INTEGER NOT NULL DEFAULT 0,
  attempts  INTEGER NOT NULL DEFAULT 0,
  next_at   INTEGER,
  tried_at  INTEGER,
  status    INTEGER,
  duration  INTEGER,
  error     TEXT,
  PRIMARY KEY(workspace, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveries_due ON deliveries(workspace, webhook, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX deliveries_of_webhook ON deliveries(workspace, webhook, id);
CREATE INDEX deliveries_of_prompt ON deliveries(workspace, prompt) WHERE prompt IS NOT NULL;

-- How many facts each workspace has told its webhooks.
CREATE TABLE webhook_sequences(
  workspace INTEGER PRIMARY KEY,
  value     INTEGER NOT NULL
) STRICT;

-- Webhooks whose attempts all failed since then.
CREATE TABLE webhook_failures(
  workspace INTEGER NOT NULL,
  webhook   TEXT NOT NULL,
  since     INTEGER NOT NULL,
  PRIMARY KEY(workspace, webhook)
) STRICT, WITHOUT ROWID;
