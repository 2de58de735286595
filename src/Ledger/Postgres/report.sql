-- Statements of the reports. Each is named by the line above it; parameters are bound in order.

-- :answer_facts
SELECT p.reaction, p.person, p.url, p.locale, p.device
FROM prompts p
WHERE p.name = $1 AND NOT p.test AND p.reaction IS NOT NULL AND p.reacted_at >= $2 AND p.reacted_at < $3
ORDER BY p.reacted_at DESC, p.id DESC LIMIT $4;

-- :respondents
SELECT coalesce(l.person_key, p.user_key), p.person, p.reacted_at
FROM (
  SELECT * FROM prompts p
  WHERE p.name = $1 AND NOT p.test AND p.reaction IS NOT NULL AND p.reacted_at >= $2 AND p.reacted_at < $3
  ORDER BY p.reacted_at DESC, p.id DESC LIMIT $4) p
LEFT JOIN LATERAL (SELECT person_key FROM links WHERE workspace = p.workspace AND anonymous_key = p.user_key OFFSET 0) l ON true
ORDER BY p.reacted_at DESC, p.id DESC;

-- As in the history of a user, each part is looked up by its key.
-- :reactions_of_person
SELECT p.id, n.name, p.reaction, p.reacted_at
FROM (SELECT $2::text AS user_key UNION ALL SELECT anonymous_key FROM links WHERE workspace = $1 AND person_key = $2) k
CROSS JOIN LATERAL (SELECT * FROM prompts p WHERE p.workspace = $1 AND p.user_key = k.user_key AND NOT p.test AND p.reaction IS NOT NULL OFFSET 0) p
CROSS JOIN LATERAL (SELECT * FROM names n WHERE n.id = p.name OFFSET 0) n
ORDER BY p.reacted_at DESC, p.id DESC LIMIT $3;
