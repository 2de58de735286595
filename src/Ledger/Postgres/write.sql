-- Statements of the writer: each takes a whole batch as arrays, one element a row. Lists of columns in braces: Dialect.cs.
-- All of a batch happens under the locks of its workspaces, so what was read still holds when it is written.
-- Each array is gone through once, and every row found by its key: LATERAL with OFFSET 0 leaves the planner no other order. Left to
-- itself it may go through the table for each element, which looks cheap while a table is new and is kept while the table grows.

-- :lock
SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k;

-- :find_workspaces
SELECT id, key FROM workspaces WHERE key = ANY($1::text[]);

-- :add_workspaces
INSERT INTO workspaces(key) SELECT k FROM unnest($1::text[]) AS k ON CONFLICT(key) DO NOTHING;

-- :find_names
SELECT n.workspace, n.name, n.id, e.moment, e.first_seen, e.last_seen
FROM unnest($1::integer[], $2::text[]) AS k(workspace, name)
CROSS JOIN LATERAL (SELECT * FROM names n WHERE n.workspace = k.workspace AND n.name = k.name OFFSET 0) n
LEFT JOIN LATERAL (SELECT * FROM event_names e WHERE e.name = n.id OFFSET 0) e ON true;

-- :find_all_names
SELECT n.workspace, n.name, n.id, e.moment, e.first_seen, e.last_seen
FROM unnest($1::integer[]) AS k(workspace)
CROSS JOIN LATERAL (SELECT * FROM event_names e WHERE e.workspace = k.workspace OFFSET 0) e
CROSS JOIN LATERAL (SELECT * FROM names n WHERE n.id = e.name OFFSET 0) n;

-- :add_names
INSERT INTO names(workspace, name) SELECT * FROM unnest($1::integer[], $2::text[]) RETURNING workspace, name, id;

-- :find_events
SELECT e.workspace, e.id, e.verdict, e.until, {prompt}
FROM unnest($1::integer[], $2::uuid[]) AS k(workspace, id)
CROSS JOIN LATERAL (SELECT * FROM events e WHERE e.workspace = k.workspace AND e.id = k.id OFFSET 0) e
LEFT JOIN LATERAL (SELECT * FROM prompts p WHERE p.workspace = e.workspace AND p.id = e.prompt OFFSET 0) p ON true
LEFT JOIN LATERAL (SELECT * FROM names n WHERE n.id = p.name OFFSET 0) n ON true;

-- :find_prompts
SELECT p.workspace, {prompt}
FROM unnest($1::integer[], $2::uuid[]) AS k(workspace, id)
CROSS JOIN LATERAL (SELECT * FROM prompts p WHERE p.workspace = k.workspace AND p.id = k.id OFFSET 0) p
CROSS JOIN LATERAL (SELECT * FROM names n WHERE n.id = p.name OFFSET 0) n;

-- Users without a row, too: their version is the fence.
-- :find_users
SELECT k.workspace, k.user_key, u.version, coalesce(u.verified, false), m.value
FROM unnest($1::integer[], $2::text[]) AS k(workspace, user_key)
CROSS JOIN LATERAL (SELECT * FROM meta m WHERE m.key = 'fence' OFFSET 0) m
LEFT JOIN LATERAL (SELECT * FROM users u WHERE u.workspace = k.workspace AND u.user_key = k.user_key OFFSET 0) u ON true;

-- :find_links
SELECT l.workspace, l.anonymous_key, l.person_key, l.verified
FROM unnest($1::integer[], $2::text[]) AS k(workspace, anonymous_key)
CROSS JOIN LATERAL (SELECT * FROM links l WHERE l.workspace = k.workspace AND l.anonymous_key = k.anonymous_key OFFSET 0) l;

-- :find_caps
SELECT n.workspace, n.name, c.answers
FROM unnest($1::integer[], $2::text[]) AS k(workspace, name)
CROSS JOIN LATERAL (SELECT * FROM names n WHERE n.workspace = k.workspace AND n.name = k.name OFFSET 0) n
CROSS JOIN LATERAL (SELECT * FROM caps c WHERE c.name = n.id OFFSET 0) c;

-- :find_open
SELECT n.workspace, n.name, p.id, p.live_until
FROM unnest($1::integer[], $2::text[]) AS k(workspace, name)
CROSS JOIN LATERAL (SELECT * FROM names n WHERE n.workspace = k.workspace AND n.name = k.name OFFSET 0) n
CROSS JOIN LATERAL (SELECT * FROM prompts p WHERE p.name = n.id AND NOT p.test AND p.reaction IS NULL AND p.live_until > $3 OFFSET 0) p;

-- :find_usage
SELECT u.workspace, u.month, u.fires
FROM unnest($1::integer[], $2::bigint[]) AS k(workspace, month)
CROSS JOIN LATERAL (SELECT * FROM usage u WHERE u.workspace = k.workspace AND u.month = k.month OFFSET 0) u;

-- :find_test_usage
SELECT u.workspace, u.day, u.fires
FROM unnest($1::integer[], $2::bigint[]) AS k(workspace, day)
CROSS JOIN LATERAL (SELECT * FROM test_usage u WHERE u.workspace = k.workspace AND u.day = k.day OFFSET 0) u;

-- :insert_events
INSERT INTO events(workspace, id, name, user_key, at, received_at, verdict, until, prompt, test, user_label)
SELECT * FROM unnest($1::integer[], $2::uuid[], $3::integer[], $4::text[], $5::bigint[], $6::bigint[], $7::smallint[], $8::bigint[],
  $9::uuid[], $10::boolean[], $11::text[])
ON CONFLICT(workspace, id) DO NOTHING;

-- Fires that must be new.
-- :append_events
INSERT INTO events(workspace, id, name, user_key, at, received_at, verdict, until, prompt, test, user_label)
SELECT * FROM unnest($1::integer[], $2::uuid[], $3::integer[], $4::text[], $5::bigint[], $6::bigint[], $7::smallint[], $8::bigint[],
  $9::uuid[], $10::boolean[], $11::text[]);

-- :insert_prompts
INSERT INTO prompts(workspace, id, name, user_key, test, granted_at, lease_until, live_until, seen_at, view, reaction, reacted_at,
  comment, commented_at, dismissed_at, question, follow_up, definition_version, delay_seconds, person, url, locale, device)
SELECT * FROM unnest($1::integer[], $2::uuid[], $3::integer[], $4::text[], $5::boolean[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
  $10::text[], $11::smallint[], $12::bigint[], $13::text[], $14::bigint[], $15::bigint[], $16::text[], $17::text[], $18::bigint[], $19::integer[],
  $20::text[], $21::text[], $22::text[], $23::text[]);

-- :change_prompts
UPDATE prompts p SET lease_until = k.lease_until, live_until = k.live_until, seen_at = k.seen_at, view = k.view, reaction = k.reaction,
  reacted_at = k.reacted_at, comment = k.comment, commented_at = k.commented_at, dismissed_at = k.dismissed_at
FROM unnest($1::integer[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::smallint[], $8::bigint[], $9::text[],
  $10::bigint[], $11::bigint[]) AS k(workspace, id, lease_until, live_until, seen_at, view, reaction, reacted_at, comment, commented_at, dismissed_at)
CROSS JOIN LATERAL (SELECT ctid AS row FROM prompts f WHERE f.workspace = k.workspace AND f.id = k.id OFFSET 0) f
WHERE p.ctid = f.row;

-- :move_totals
INSERT INTO totals AS t (workspace, name, hour, {counters})
SELECT k.workspace, k.name, k.hour, {moves of 4}
FROM unnest($1::integer[], $2::integer[], $3::bigint[]) WITH ORDINALITY AS k(workspace, name, hour, row)
ON CONFLICT(workspace, hour, name) DO UPDATE SET {sums of t}
RETURNING t.name, t.hour, {counters of t}, (SELECT value FROM meta WHERE key = 'epoch');

-- :move_names
INSERT INTO event_names AS t (name, workspace, first_seen, last_seen, moment, {counters})
SELECT k.name, k.workspace, k.first_seen, k.last_seen, k.moment, {moves of 6}
FROM unnest($1::integer[], $2::integer[], $3::bigint[], $4::bigint[], $5::boolean[])
  WITH ORDINALITY AS k(name, workspace, first_seen, last_seen, moment, row)
ON CONFLICT(name) DO UPDATE SET first_seen = least(t.first_seen, excluded.first_seen), last_seen = greatest(t.last_seen, excluded.last_seen),
  moment = excluded.moment, {sums of t}
RETURNING t.name, t.first_seen, t.last_seen, {counters of t};

-- A row is found by its key and changed by its place, for the reason told at the top; nobody else moves it meanwhile.
-- Steps of prompts: the name was not fired, so what the catalogue says of it stays.
-- :move_answers
UPDATE event_names AS t SET {answers of 2}
FROM unnest($1::integer[]) WITH ORDINALITY AS k(name, row)
CROSS JOIN LATERAL (SELECT ctid AS row FROM event_names f WHERE f.name = k.name OFFSET 0) f
WHERE t.ctid = f.row
RETURNING t.name, t.first_seen, t.last_seen, {counters of t};

-- :move_usage
INSERT INTO usage AS t (workspace, month, fires) SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bigint[])
ON CONFLICT(workspace, month) DO UPDATE SET fires = t.fires + excluded.fires;

-- Limits in the order of the rows. A sum above its limit becomes null, which the table refuses.
-- :move_usage_within
INSERT INTO usage AS t (workspace, month, fires) SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bigint[])
ON CONFLICT(workspace, month) DO UPDATE
SET fires = CASE WHEN t.fires + excluded.fires <= ($4::bigint[])[array_position($1::integer[], excluded.workspace)] THEN t.fires + excluded.fires END;

-- :move_test_usage
INSERT INTO test_usage AS t (workspace, day, fires) SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bigint[])
ON CONFLICT(workspace, day) DO UPDATE SET fires = t.fires + excluded.fires;

-- :insert_users
INSERT INTO users(workspace, user_key, version, verified, facts)
SELECT * FROM unnest($1::integer[], $2::text[], $3::bigint[], $4::boolean[], $5::text[])
ON CONFLICT(workspace, user_key) DO NOTHING;

-- The version is the fence: a row that is not at the one that was read is not touched.
-- :change_users
UPDATE users u SET version = k.version, verified = k.verified, facts = coalesce(k.facts, u.facts)
FROM unnest($1::integer[], $2::text[], $3::bigint[], $4::boolean[], $5::text[], $6::bigint[]) AS k(workspace, user_key, version, verified, facts, expected)
CROSS JOIN LATERAL (SELECT ctid AS row FROM users f WHERE f.workspace = k.workspace AND f.user_key = k.user_key OFFSET 0) f
WHERE u.ctid = f.row AND u.version = k.expected;

-- :move_caps
INSERT INTO caps AS t (name, answers) SELECT * FROM unnest($1::integer[], $2::bigint[])
ON CONFLICT(name) DO UPDATE SET answers = t.answers + excluded.answers;

-- :put_links
INSERT INTO links AS t (workspace, anonymous_key, person_key, verified, linked_at)
SELECT * FROM unnest($1::integer[], $2::text[], $3::text[], $4::boolean[], $5::bigint[])
ON CONFLICT(workspace, anonymous_key) DO UPDATE SET verified = excluded.verified WHERE t.person_key = excluded.person_key;

-- Deliveries in order; "after" is how many facts of the workspace come after this one in the batch.
-- :tell_webhooks
WITH moved AS (
  INSERT INTO webhook_sequences AS t (workspace, value) SELECT * FROM unnest($1::integer[], $2::bigint[])
  ON CONFLICT(workspace) DO UPDATE SET value = t.value + excluded.value RETURNING workspace, value)
INSERT INTO deliveries(workspace, id, webhook, type, sequence, at, prompt, since, next_at)
SELECT k.workspace, k.id, k.webhook, k.type, m.value - k.after, k.at, k.prompt, k.at, k.at
FROM unnest($3::integer[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::uuid[]) AS k(workspace, id, webhook, type, after, at, prompt)
JOIN moved m ON m.workspace = k.workspace;

-- Thresholds that this transaction's fires carried their month over; the sums are in the table by now.
-- :raise_alerts
WITH crossed AS (
  SELECT k.*, dense_rank() OVER (PARTITION BY k.workspace ORDER BY k.threshold) AS place
  FROM unnest($1::integer[], $2::bigint[], $3::bigint[], $4::bigint[], $5::uuid[], $6::text[], $7::bigint[], $8::text[])
    AS k(workspace, month, threshold, moved, id, webhook, at, data)
  CROSS JOIN LATERAL (SELECT * FROM usage u WHERE u.workspace = k.workspace AND u.month = k.month OFFSET 0) u
  WHERE u.fires >= k.threshold AND u.fires - k.moved < k.threshold),
counted AS (SELECT workspace, max(place) AS places FROM crossed GROUP BY workspace),
moved AS (
  INSERT INTO webhook_sequences AS t (workspace, value) SELECT workspace, places FROM counted
  ON CONFLICT(workspace) DO UPDATE SET value = t.value + excluded.value RETURNING workspace, value)
INSERT INTO deliveries(workspace, id, webhook, type, sequence, at, data, since, next_at)
SELECT c.workspace, c.id, c.webhook, 'alert.raised', m.value - n.places + c.place, c.at, c.data, c.at, c.at
FROM crossed c JOIN counted n ON n.workspace = c.workspace JOIN moved m ON m.workspace = c.workspace
RETURNING workspace, webhook;

-- :touch_probe
UPDATE meta SET value = value + 1 WHERE key = 'probe';
