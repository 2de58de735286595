-- Statements of the reports. Each is named by the line above it; parameters are bound in order.

-- :answer_facts
SELECT p.reaction, p.person, p.url, p.locale, p.device
FROM prompts p INDEXED BY answers_of_name
WHERE p.name = ?1 AND p.test = 0 AND p.reaction IS NOT NULL AND p.reacted_at >= ?2 AND p.reacted_at < ?3
ORDER BY p.reacted_at DESC, p.id DESC LIMIT ?4;

-- :respondents
SELECT coalesce(l.person_key, p.user_key), p.person, p.reacted_at
FROM prompts p INDEXED BY answers_of_name LEFT JOIN links l ON l.workspace = p.workspace AND l.anonymous_key = p.user_key
WHERE p.name = ?1 AND p.test = 0 AND p.reaction IS NOT NULL AND p.reacted_at >= ?2 AND p.reacted_at < ?3
ORDER BY p.reacted_at DESC, p.id DESC LIMIT ?4;

-- :reactions_of_person
SELECT p.id, n.name, p.reaction, p.reacted_at
FROM prompts p INDEXED BY prompts_of_user JOIN names n ON n.id = p.name
WHERE p.workspace = ?1 AND p.user_key IN (SELECT ?2 UNION ALL SELECT anonymous_key FROM links WHERE workspace = ?1 AND person_key = ?2)
  AND p.test = 0 AND p.reaction IS NOT NULL
ORDER BY p.reacted_at DESC, p.id DESC LIMIT ?3;
