-- Recounts of the rows, and what the totals say. Counter numbers are the columns of totals, from 0.

-- :count_fires
SELECT name, received_at - received_at % 3600000, verdict, count(*) FROM events WHERE NOT test GROUP BY 1, 2, 3;

-- :count_steps
SELECT name, seen_at - seen_at % 3600000, 13, count(*) FROM prompts WHERE NOT test AND seen_at IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT name, dismissed_at - dismissed_at % 3600000, 14, count(*) FROM prompts WHERE NOT test AND dismissed_at IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT name, reacted_at - reacted_at % 3600000, 14 + reaction, count(*) FROM prompts WHERE NOT test AND reaction IS NOT NULL GROUP BY 1, 2, 3
UNION ALL
SELECT name, commented_at - commented_at % 3600000, 18, count(*) FROM prompts WHERE NOT test AND commented_at IS NOT NULL GROUP BY 1, 2;

-- :totals_by_hour
SELECT name, hour, {counters}
FROM totals;

-- :totals_of_all_time
SELECT name, 0::bigint, {counters}
FROM event_names;

-- :labels
SELECT n.id, w.key || '/' || n.name FROM names n JOIN workspaces w ON w.id = n.workspace;

-- :count_usage
SELECT w.key, m.month, coalesce(r.fires, 0), coalesce(u.fires, 0)
FROM (SELECT workspace, month FROM usage
      UNION SELECT workspace, to_char(to_timestamp(received_at / 1000) AT TIME ZONE 'UTC', 'YYYYMM')::bigint FROM events WHERE NOT test) m
JOIN workspaces w ON w.id = m.workspace
LEFT JOIN usage u ON u.workspace = m.workspace AND u.month = m.month
LEFT JOIN (SELECT workspace, to_char(to_timestamp(received_at / 1000) AT TIME ZONE 'UTC', 'YYYYMM')::bigint AS month, count(*) AS fires
           FROM events WHERE NOT test GROUP BY 1, 2) r ON r.workspace = m.workspace AND r.month = m.month
WHERE coalesce(r.fires, 0) <> coalesce(u.fires, 0);

-- :count_caps
SELECT w.key || '/' || n.name, coalesce(r.answers, 0), coalesce(c.answers, 0)
FROM names n JOIN workspaces w ON w.id = n.workspace
LEFT JOIN caps c ON c.name = n.id
LEFT JOIN (SELECT name, count(*) AS answers FROM prompts WHERE NOT test AND reaction IS NOT NULL GROUP BY name) r ON r.name = n.id
WHERE coalesce(r.answers, 0) <> coalesce(c.answers, 0);

-- :seen_between
SELECT w.key || '/' || n.name FROM event_names e
JOIN names n ON n.id = e.name JOIN workspaces w ON w.id = n.workspace
JOIN (SELECT name, min(received_at) AS first, max(received_at) AS last FROM events WHERE NOT test GROUP BY name) r ON r.name = e.name
WHERE r.first < e.first_seen OR r.last > e.last_seen;

-- :lost_prompts
SELECT w.key || '/' || n.name, e.id::text FROM events e
JOIN names n ON n.id = e.name JOIN workspaces w ON w.id = e.workspace
WHERE (e.verdict = 12) <> (e.prompt IS NOT NULL)
   OR (e.prompt IS NOT NULL AND NOT EXISTS (SELECT 1 FROM prompts p WHERE p.workspace = e.workspace AND p.id = e.prompt));
