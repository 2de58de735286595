-- Statements of the readers. Each is named by the line above it; parameters are bound in order. Lists of columns in braces: Dialect.cs.

-- :workspace
SELECT id FROM workspaces WHERE key = $1;

-- :name
SELECT id FROM names WHERE workspace = $1 AND name = $2;

-- :epoch
SELECT value FROM meta WHERE key = 'epoch';

-- All that is known of a user, in one round trip: a row for each prompt, at least one row always. Somebody unknown has the version of the
-- fence. Each part is looked up by its key: left to itself, the planner joined, and went through all prompts of the workspace.
-- :history
SELECT w.id, coalesce(u.version, m.value), u.facts, l.person_key, l.verified, b.keys, p.*
FROM (SELECT value FROM meta WHERE key = 'fence' OFFSET 0) m
LEFT JOIN LATERAL (SELECT id FROM workspaces WHERE key = $1 OFFSET 0) w ON true
LEFT JOIN LATERAL (SELECT version, facts FROM users WHERE workspace = w.id AND user_key = $2 OFFSET 0) u ON true
LEFT JOIN LATERAL (SELECT person_key, verified FROM links WHERE workspace = w.id AND anonymous_key = $2 OFFSET 0) l ON true
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_array(anonymous_key, verified::int) ORDER BY linked_at, anonymous_key)::text AS keys
  FROM links WHERE workspace = w.id AND person_key = $2 OFFSET 0) b ON true
LEFT JOIN LATERAL (
  SELECT {prompt}, p.seq
  FROM (SELECT $2::text AS user_key UNION ALL SELECT anonymous_key FROM links WHERE workspace = w.id AND person_key = $2) k
  CROSS JOIN LATERAL (SELECT * FROM prompts p WHERE p.workspace = w.id AND p.user_key = k.user_key OFFSET 0) p
  CROSS JOIN LATERAL (SELECT * FROM names n WHERE n.id = p.name OFFSET 0) n OFFSET 0) p ON true
ORDER BY p.granted_at, p.seq;

-- :prompt
SELECT {prompt}
FROM prompts p JOIN names n ON n.id = p.name WHERE p.workspace = $1 AND p.id = $2;

-- :cap_use
SELECT coalesce((SELECT answers FROM caps WHERE name = $1), 0)
     + (SELECT count(*) FROM prompts WHERE name = $1 AND NOT test AND reaction IS NULL AND live_until > $2);

-- :names
SELECT n.name, e.first_seen, e.last_seen, {counters of e},
  coalesce(d.fires, 0)
FROM event_names e JOIN names n ON n.id = e.name
LEFT JOIN (
  SELECT name, sum({fires})::bigint AS fires
  FROM totals WHERE workspace = $1 AND hour >= $2 AND hour <= $3 GROUP BY name) d ON d.name = e.name
WHERE e.workspace = $1 ORDER BY n.name;

-- :one_name
SELECT n.name, e.first_seen, e.last_seen, {counters of e},
  coalesce((SELECT sum({fires})::bigint
    FROM totals WHERE name = $1 AND hour >= $2 AND hour <= $3), 0)
FROM event_names e JOIN names n ON n.id = e.name WHERE e.name = $1;

-- :hours
SELECT n.name, t.hour, {counters of t}
FROM totals t JOIN names n ON n.id = t.name WHERE t.workspace = $1 AND t.hour >= $2 AND t.hour < $3 ORDER BY t.hour, n.name;

-- :hours_of_name
SELECT n.name, t.hour, {counters of t}
FROM totals t JOIN names n ON n.id = t.name WHERE t.name = $1 AND t.hour >= $2 AND t.hour < $3 ORDER BY t.hour;

-- The second parameter is a list of days, each its first and its next day's first hour.
-- :days
SELECT d.number - 1, t.name, t.fires, t.shown, t.seen, t.reactions
FROM json_array_elements($2::json) WITH ORDINALITY d(span, number)
CROSS JOIN LATERAL (
  SELECT name, sum({fires})::bigint AS fires, sum(shown)::bigint AS shown, sum(seen)::bigint AS seen, sum(positive + neutral + frustrated)::bigint AS reactions
  FROM totals WHERE workspace = $1 AND hour >= (d.span ->> 0)::bigint AND hour < (d.span ->> 1)::bigint GROUP BY name) t;

-- :fires_of_names
SELECT n.id, n.name, {fires of e}
FROM event_names e JOIN names n ON n.id = e.name WHERE e.workspace = $1 ORDER BY n.name;

-- :recent_fires
SELECT e.id, n.name, e.at, e.received_at, e.user_label, e.verdict, e.until, e.test
FROM events e JOIN names n ON n.id = e.name WHERE e.workspace = $1 ORDER BY e.received_at DESC, e.id DESC LIMIT $2;

-- Deliveries to webhooks, with what the answer they tell of holds now.
-- :deliveries
SELECT d.id, d.webhook, d.type, d.sequence, d.at, d.data, d.state, d.since, d.tries, d.attempts, d.next_at, d.tried_at, d.status, d.duration, d.error,
  p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at, p.commented_at, p.question
FROM deliveries d LEFT JOIN prompts p ON p.workspace = d.workspace AND p.id = d.prompt LEFT JOIN names n ON n.id = p.name
WHERE d.workspace = $1 AND d.webhook = $2 AND d.id < $3 ORDER BY d.id DESC LIMIT $4;

-- :due_deliveries
SELECT d.id, d.webhook, d.type, d.sequence, d.at, d.data, d.state, d.since, d.tries, d.attempts, d.next_at, d.tried_at, d.status, d.duration, d.error,
  p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at, p.commented_at, p.question
FROM deliveries d LEFT JOIN prompts p ON p.workspace = d.workspace AND p.id = d.prompt LEFT JOIN names n ON n.id = p.name
WHERE d.workspace = $1 AND d.webhook = $2 AND d.next_at <= $3 ORDER BY d.next_at LIMIT $4;

-- :delivery
SELECT d.id, d.webhook, d.type, d.sequence, d.at, d.data, d.state, d.since, d.tries, d.attempts, d.next_at, d.tried_at, d.status, d.duration, d.error,
  p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at, p.commented_at, p.question
FROM deliveries d LEFT JOIN prompts p ON p.workspace = d.workspace AND p.id = d.prompt LEFT JOIN names n ON n.id = p.name
WHERE d.workspace = $1 AND d.id = $2;

-- The next webhook, in their order, with anything pending, and the first of that.
-- :next_pending_webhook
SELECT w.key, d.webhook, d.next_at, d.workspace FROM deliveries d JOIN workspaces w ON w.id = d.workspace
WHERE d.next_at IS NOT NULL AND (d.workspace, d.webhook) > ($1, $2) ORDER BY d.workspace, d.webhook, d.next_at LIMIT 1;

-- :count_due
SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE workspace = $1 AND webhook = $2 AND next_at <= $3 LIMIT $4) d;

-- :next_attempt
SELECT min(next_at) FROM deliveries WHERE workspace = $1 AND webhook = $2 AND next_at IS NOT NULL;

-- :webhook_failures
SELECT webhook, since FROM webhook_failures WHERE workspace = $1;

-- One bound above: of two, SQLite took the wrong one for its index, and went through all newer answers again for each page.
-- :answers
SELECT p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at, p.user_key
FROM prompts p JOIN names n ON n.id = p.name
WHERE p.workspace = $1 AND NOT p.test AND p.reaction IS NOT NULL AND p.reacted_at >= $2 AND (p.reacted_at, p.id) < ($3, $4)
ORDER BY p.reacted_at DESC, p.id DESC LIMIT $5;

-- :answers_of_name
SELECT p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at, p.user_key
FROM prompts p JOIN names n ON n.id = p.name
WHERE p.name = $1 AND NOT p.test AND p.reaction IS NOT NULL AND p.reacted_at >= $2 AND (p.reacted_at, p.id) < ($3, $4)
ORDER BY p.reacted_at DESC, p.id DESC LIMIT $5;

-- :usage
SELECT fires FROM usage WHERE workspace = $1 AND month = $2;

-- What prompts hold of a person, test ones too.
-- :prompts_of_person
SELECT p.id, n.name, p.question, p.follow_up, p.granted_at, p.seen_at, p.dismissed_at, p.reaction, p.reacted_at, p.comment, p.commented_at,
  p.person, p.url, p.locale, p.device, p.view
FROM prompts p JOIN names n ON n.id = p.name
WHERE p.workspace = $1 AND p.user_key = ANY(ARRAY(SELECT json_array_elements_text($2::json))) ORDER BY p.granted_at, p.seq;

-- Events know no index by person. The last row of a page is there whoever it is of; no name beside it means somebody else's.
-- :events_of_person
WITH page AS MATERIALIZED (SELECT id, name, user_key, at, received_at, verdict, user_label FROM events WHERE workspace = $1 AND id > $2 ORDER BY id LIMIT $3)
SELECT p.id, n.name, p.at, p.received_at, p.verdict, p.user_label
FROM page p LEFT JOIN names n ON n.id = p.name AND p.user_key IN (SELECT json_array_elements_text($4::json))
WHERE n.id IS NOT NULL OR p.id = (SELECT id FROM page ORDER BY id DESC LIMIT 1) ORDER BY p.id;

-- The same from the newest on, by receipt.
-- :events_of_person_before
WITH page AS MATERIALIZED (
  SELECT id, name, user_key, at, received_at, verdict, until FROM events
  WHERE workspace = $1 AND received_at <= $2 AND (received_at, id) < ($2, $3) ORDER BY received_at DESC, id DESC LIMIT $4)
SELECT p.id, n.name, p.at, p.received_at, p.verdict, p.until
FROM page p LEFT JOIN names n ON n.id = p.name AND p.user_key IN (SELECT json_array_elements_text($5::json))
WHERE n.id IS NOT NULL OR p.id = (SELECT id FROM page ORDER BY received_at, id LIMIT 1) ORDER BY p.received_at DESC, p.id DESC;

-- Users know no index by address.
-- :users_after
SELECT user_key, facts FROM users WHERE workspace = $1 AND user_key > $2 ORDER BY user_key LIMIT $3;

-- :audit
SELECT seq, at, author_kind::bigint, author, kind, subject, changes FROM audit
WHERE workspace = $1 AND seq < $2 AND at >= $3 AND at < $4 AND ($5 < 0 OR (author_kind = $5 AND author = $6))
  AND ($7 = '' OR kind = $7) AND ($8 = '' OR substr(kind, 1, length($8)) = $8)
ORDER BY seq DESC LIMIT $9;

-- :audit_authors
SELECT DISTINCT author_kind::bigint, author FROM audit WHERE workspace = $1 ORDER BY 1, 2;

-- Hours in which a name was fired, newest first.
-- :fires_of_name
SELECT hour, {fires} FROM totals WHERE name = $1 AND hour >= $2 AND hour < $3 ORDER BY hour DESC;

-- :fires_of_hour
SELECT sum({fires})::bigint FROM totals WHERE workspace = $1 AND hour = $2;

-- Fires of a name in a short time; the limit is on the rows gone through.
-- :past_fires
SELECT id, user_key, received_at, verdict::bigint FROM (
  SELECT id, name, user_key, received_at, verdict, test FROM events
  WHERE workspace = $1 AND received_at >= $2 AND received_at < $3 ORDER BY received_at DESC LIMIT $4) AS page
WHERE name = $5 AND NOT test ORDER BY received_at DESC;

-- :facts_of_users
SELECT u.user_key, u.facts FROM json_array_elements_text($2::json) AS k(key)
CROSS JOIN LATERAL (SELECT user_key, facts FROM users WHERE workspace = $1 AND user_key = k.key OFFSET 0) AS u WHERE u.facts IS NOT NULL;

-- :recent_contexts
SELECT person, url, locale, device FROM prompts
WHERE workspace = $1 AND coalesce(comment, person, url, locale, device, view) IS NOT NULL ORDER BY granted_at DESC LIMIT $2;

-- Some whom the app has named: keys of persons stand together.
-- :some_people
SELECT facts FROM users WHERE workspace = $1 AND user_key >= 'u:' LIMIT $2;
