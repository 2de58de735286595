-- Recounts of the rows, and what the totals say, of one workspace. Counter numbers are the columns of totals, from 0.

-- :workspaces_to_verify
SELECT w.id, w.key, coalesce(h.events, 0) FROM workspaces w LEFT JOIN horizons h ON h.workspace = w.id ORDER BY w.key;

-- :labels
SELECT id, name FROM names WHERE workspace = $1;

-- What is to be looked through, by time.
-- :span
SELECT min(at), max(at) FROM (
  SELECT min(received_at) AS at FROM events WHERE workspace = $1 AND received_at >= $2
  UNION ALL SELECT max(received_at) FROM events WHERE workspace = $1 AND received_at >= $2
  UNION ALL SELECT min(hour) FROM totals WHERE workspace = $1
  UNION ALL SELECT max(hour) FROM totals WHERE workspace = $1) AS ends;

-- :count_fires
SELECT name, received_at - received_at % 3600000, verdict, count(*), min(received_at), max(received_at) FROM events
WHERE workspace = $1 AND received_at >= $2 AND received_at < $3 AND NOT test GROUP BY 1, 2, 3;

-- :count_steps
SELECT name, seen_at - seen_at % 3600000, 13, count(*) FROM prompts WHERE workspace = $1 AND NOT test AND seen_at IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT name, dismissed_at - dismissed_at % 3600000, 14, count(*) FROM prompts WHERE workspace = $1 AND NOT test AND dismissed_at IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT name, reacted_at - reacted_at % 3600000, 14 + reaction, count(*) FROM prompts WHERE workspace = $1 AND NOT test AND reaction IS NOT NULL GROUP BY 1, 2, 3
UNION ALL
SELECT name, commented_at - commented_at % 3600000, 18, count(*) FROM prompts WHERE workspace = $1 AND NOT test AND commented_at IS NOT NULL GROUP BY 1, 2;

-- :count_prompts
SELECT count(*) FROM prompts WHERE workspace = $1;

-- :totals_between
SELECT name, hour, {counters}
FROM totals WHERE workspace = $1 AND hour >= $2 AND hour < $3;

-- :totals_of_all_time
SELECT name, first_seen, last_seen, {counters}
FROM event_names WHERE workspace = $1;

-- :usage_of_months
SELECT month, fires FROM usage WHERE workspace = $1;

-- :answers_of_names
SELECT c.name, c.answers FROM caps c JOIN names n ON n.id = c.name WHERE n.workspace = $1;

-- :lost_prompts
SELECT e.name, e.id FROM events e
WHERE e.workspace = $1 AND e.received_at >= $2 AND NOT e.test AND ((e.verdict = 12) <> (e.prompt IS NOT NULL)
   OR (e.prompt IS NOT NULL AND NOT EXISTS (SELECT 1 FROM prompts p WHERE p.workspace = e.workspace AND p.id = e.prompt)));

-- :orphaned_prompts
SELECT p.name, p.id FROM prompts p WHERE p.workspace = $1 AND NOT p.test AND p.granted_at >= $2
  AND NOT EXISTS (SELECT 1 FROM events e WHERE e.workspace = $1 AND e.prompt = p.id);

-- Within one user, each prompt against the latest end of those before it.
-- :asked_twice
SELECT name, id FROM (
  SELECT name, id, granted_at, max(live_until) OVER (
    PARTITION BY user_key ORDER BY granted_at, seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS live_before
  FROM prompts WHERE workspace = $1 AND NOT test AND live_until > granted_at) AS asked
WHERE live_before > granted_at;
