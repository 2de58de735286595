-- What is to be told to webhooks: an outbox, and its log. Ids begin with the time, so a webhook's rows lie in their order. What an answer
-- says is not copied: it is read from its prompt, so whatever blanks that blanks this. State: 0 pending, 1 delivered, 2 failed, 3 erased.
CREATE TABLE deliveries(
  workspace integer NOT NULL,
  id        uuid NOT NULL,
  webhook   text COLLATE "C" NOT NULL,
  type      text NOT NULL,
  sequence  bigint NOT NULL,
  at        bigint NOT NULL,
  prompt    uuid,
  data      text,
  state     smallint NOT NULL DEFAULT 0 CHECK(state BETWEEN 0 AND 3),
  since     bigint NOT NULL,
  tries     integer NOT NULL DEFAULT 0,
  attempts  integer NOT NULL DEFAULT 0,
  next_at   bigint,
  tried_at  bigint,
  status    integer,
  duration  integer,
  error     text,
  PRIMARY KEY(workspace, id)
);

CREATE INDEX deliveries_due ON deliveries(workspace, webhook, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX deliveries_of_webhook ON deliveries(workspace, webhook, id);
CREATE INDEX deliveries_of_prompt ON deliveries(workspace, prompt) WHERE prompt IS NOT NULL;

-- How many facts each workspace has told its webhooks.
CREATE TABLE webhook_sequences(
  workspace integer PRIMARY KEY,
  value     bigint NOT NULL
);

-- Webhooks whose attempts all failed since then.
CREATE TABLE webhook_failures(
  workspace integer NOT NULL,
  webhook   text COLLATE "C" NOT NULL,
  since     bigint NOT NULL,
  PRIMARY KEY(workspace, webhook)
);
