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

-- :recent_fires
SELECT e.id, n.name, e.at, e.received_at, e.user_label, e.verdict, e.until, e.test
FROM events e JOIN names n ON n.id = e.name WHERE e.workspace = $1 ORDER BY e.received_at DESC, e.id DESC LIMIT $2;

-- :answers
SELECT p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at
FROM prompts p JOIN names n ON n.id = p.name
WHERE p.workspace = $1 AND NOT p.test AND p.reaction IS NOT NULL AND p.reacted_at >= $2 AND p.reacted_at < $3
  AND (p.reacted_at, p.id) < ($4, $5)
ORDER BY p.reacted_at DESC, p.id DESC LIMIT $6;

-- :answers_of_name
SELECT p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at
FROM prompts p JOIN names n ON n.id = p.name
WHERE p.name = $1 AND NOT p.test AND p.reaction IS NOT NULL AND p.reacted_at >= $2 AND p.reacted_at < $3
  AND (p.reacted_at, p.id) < ($4, $5)
ORDER BY p.reacted_at DESC, p.id DESC LIMIT $6;

-- :usage
SELECT fires FROM usage WHERE workspace = $1 AND month = $2;

-- What prompts hold of a person, test ones too.
-- :prompts_of_person
SELECT p.id, n.name, p.question, p.follow_up, p.granted_at, p.seen_at, p.dismissed_at, p.reaction, p.reacted_at, p.comment, p.commented_at,
  p.person, p.url, p.locale, p.device
FROM prompts p JOIN names n ON n.id = p.name
WHERE p.workspace = $1 AND p.user_key = ANY(ARRAY(SELECT json_array_elements_text($2::json))) ORDER BY p.granted_at, p.seq;

-- Events know no index by person. The last row of a page is there whoever it is of; no name beside it means somebody else's.
-- :events_of_person
WITH page AS MATERIALIZED (SELECT id, name, user_key, at, received_at, verdict FROM events WHERE workspace = $1 AND id > $2 ORDER BY id LIMIT $3)
SELECT p.id, n.name, p.at, p.received_at, p.verdict
FROM page p LEFT JOIN names n ON n.id = p.name AND p.user_key IN (SELECT json_array_elements_text($4::json))
WHERE n.id IS NOT NULL OR p.id = (SELECT id FROM page ORDER BY id DESC LIMIT 1) ORDER BY p.id;
