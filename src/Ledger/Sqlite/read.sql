-- Statements of the readers. Each is named by the line above it; parameters are bound in order.

-- :begin
BEGIN;

-- :end
COMMIT;

-- :workspace
SELECT id FROM workspaces WHERE key = ?1;

-- :name
SELECT id FROM names WHERE workspace = ?1 AND name = ?2;

-- :epoch
SELECT value FROM meta WHERE key = 'epoch';

-- All that is known of a user: a row for each prompt, at least one row always. Somebody unknown has the version of the fence.
-- :history
SELECT w.id, coalesce(u.version, m.value), u.facts, l.person_key, l.verified,
  (SELECT json_group_array(json_array(anonymous_key, verified)) FROM (
    SELECT anonymous_key, verified FROM links INDEXED BY links_of_person WHERE workspace = w.id AND person_key = ?2 ORDER BY linked_at, anonymous_key)),
  p.id, n.name, p.user_key, p.test, p.granted_at, p.lease_until, p.live_until, p.seen_at, p.view, p.reaction, p.reacted_at,
  p.comment, p.commented_at, p.dismissed_at, p.question, p.follow_up, p.definition_version, p.delay_seconds
FROM meta m
LEFT JOIN workspaces w ON w.key = ?1
LEFT JOIN users u ON u.workspace = w.id AND u.user_key = ?2
LEFT JOIN links l ON l.workspace = w.id AND l.anonymous_key = ?2
LEFT JOIN prompts p ON p.workspace = w.id
  AND p.user_key IN (SELECT ?2 UNION ALL SELECT anonymous_key FROM links WHERE workspace = w.id AND person_key = ?2)
LEFT JOIN names n ON n.id = p.name
WHERE m.key = 'fence' ORDER BY p.granted_at, p.seq;

-- :prompt
SELECT p.id, n.name, p.user_key, p.test, p.granted_at, p.lease_until, p.live_until, p.seen_at, p.view, p.reaction, p.reacted_at,
  p.comment, p.commented_at, p.dismissed_at, p.question, p.follow_up, p.definition_version, p.delay_seconds
FROM prompts p JOIN names n ON n.id = p.name WHERE p.workspace = ?1 AND p.id = ?2;

-- :cap_use
SELECT coalesce((SELECT answers FROM caps WHERE name = ?1), 0)
     + (SELECT count(*) FROM prompts WHERE name = ?1 AND test = 0 AND reaction IS NULL AND live_until > ?2);

-- :names
SELECT n.name, e.first_seen, e.last_seen,
  e.bot, e.no_moment, e.disabled, e.outside_schedule, e.not_in_audience, e.stale, e.response_cap, e.once_per_user, e.cooldown, e.quiet_period,
  e.lease_held, e.sampled_out, e.shown, e.seen, e.dismissed, e.positive, e.neutral, e.frustrated, e.comments,
  coalesce(d.fires, 0)
FROM event_names e JOIN names n ON n.id = e.name
LEFT JOIN (
  SELECT name, sum(bot + no_moment + disabled + outside_schedule + not_in_audience + stale + response_cap + once_per_user + cooldown + quiet_period + lease_held + sampled_out + shown) AS fires
  FROM totals WHERE workspace = ?1 AND hour >= ?2 AND hour <= ?3 GROUP BY name) d ON d.name = e.name
WHERE e.workspace = ?1 ORDER BY n.name;

-- :one_name
SELECT n.name, e.first_seen, e.last_seen,
  e.bot, e.no_moment, e.disabled, e.outside_schedule, e.not_in_audience, e.stale, e.response_cap, e.once_per_user, e.cooldown, e.quiet_period,
  e.lease_held, e.sampled_out, e.shown, e.seen, e.dismissed, e.positive, e.neutral, e.frustrated, e.comments,
  coalesce((SELECT sum(bot + no_moment + disabled + outside_schedule + not_in_audience + stale + response_cap + once_per_user + cooldown + quiet_period + lease_held + sampled_out + shown)
    FROM totals WHERE name = ?1 AND hour >= ?2 AND hour <= ?3), 0)
FROM event_names e JOIN names n ON n.id = e.name WHERE e.name = ?1;

-- :hours
SELECT n.name, t.hour,
  t.bot, t.no_moment, t.disabled, t.outside_schedule, t.not_in_audience, t.stale, t.response_cap, t.once_per_user, t.cooldown, t.quiet_period,
  t.lease_held, t.sampled_out, t.shown, t.seen, t.dismissed, t.positive, t.neutral, t.frustrated, t.comments
FROM totals t JOIN names n ON n.id = t.name WHERE t.workspace = ?1 AND t.hour >= ?2 AND t.hour < ?3 ORDER BY t.hour, n.name;

-- :hours_of_name
SELECT n.name, t.hour,
  t.bot, t.no_moment, t.disabled, t.outside_schedule, t.not_in_audience, t.stale, t.response_cap, t.once_per_user, t.cooldown, t.quiet_period,
  t.lease_held, t.sampled_out, t.shown, t.seen, t.dismissed, t.positive, t.neutral, t.frustrated, t.comments
FROM totals t INDEXED BY totals_of_name JOIN names n ON n.id = t.name WHERE t.name = ?1 AND t.hour >= ?2 AND t.hour < ?3 ORDER BY t.hour;

-- The second parameter is a list of days, each its first and its next day's first hour.
-- :days
SELECT d.key, t.name, sum(t.bot + t.no_moment + t.disabled + t.outside_schedule + t.not_in_audience + t.stale + t.response_cap + t.once_per_user + t.cooldown + t.quiet_period + t.lease_held + t.sampled_out + t.shown),
  sum(t.shown), sum(t.seen), sum(t.positive + t.neutral + t.frustrated)
FROM json_each(?2) d CROSS JOIN totals t ON t.workspace = ?1 AND t.hour >= d.value ->> 0 AND t.hour < d.value ->> 1
GROUP BY d.key, t.name;

-- :fires_of_names
SELECT n.id, n.name, e.bot + e.no_moment + e.disabled + e.outside_schedule + e.not_in_audience + e.stale + e.response_cap + e.once_per_user + e.cooldown + e.quiet_period + e.lease_held + e.sampled_out + e.shown
FROM event_names e JOIN names n ON n.id = e.name WHERE e.workspace = ?1 ORDER BY n.name;

-- :recent_fires
SELECT e.id, n.name, e.at, e.received_at, e.user_label, e.verdict, e.until, e.test
FROM events e JOIN names n ON n.id = e.name WHERE e.workspace = ?1 ORDER BY e.received_at DESC, e.id DESC LIMIT ?2;

-- Deliveries to webhooks, with what the answer they tell of holds now.
-- :deliveries
SELECT d.id, d.webhook, d.type, d.sequence, d.at, d.data, d.state, d.since, d.tries, d.attempts, d.next_at, d.tried_at, d.status, d.duration, d.error,
  p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at, p.commented_at, p.question
FROM deliveries d LEFT JOIN prompts p ON p.workspace = d.workspace AND p.id = d.prompt LEFT JOIN names n ON n.id = p.name
WHERE d.workspace = ?1 AND d.webhook = ?2 AND d.id < ?3 ORDER BY d.id DESC LIMIT ?4;

-- :due_deliveries
SELECT d.id, d.webhook, d.type, d.sequence, d.at, d.data, d.state, d.since, d.tries, d.attempts, d.next_at, d.tried_at, d.status, d.duration, d.error,
  p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at, p.commented_at, p.question
FROM deliveries d LEFT JOIN prompts p ON p.workspace = d.workspace AND p.id = d.prompt LEFT JOIN names n ON n.id = p.name
WHERE d.workspace = ?1 AND d.webhook = ?2 AND d.next_at <= ?3 ORDER BY d.next_at LIMIT ?4;

-- :delivery
SELECT d.id, d.webhook, d.type, d.sequence, d.at, d.data, d.state, d.since, d.tries, d.attempts, d.next_at, d.tried_at, d.status, d.duration, d.error,
  p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at, p.commented_at, p.question
FROM deliveries d LEFT JOIN prompts p ON p.workspace = d.workspace AND p.id = d.prompt LEFT JOIN names n ON n.id = p.name
WHERE d.workspace = ?1 AND d.id = ?2;

-- The next webhook, in their order, with anything pending, and the first of that.
-- :next_pending_webhook
SELECT w.key, d.webhook, d.next_at, d.workspace FROM deliveries d JOIN workspaces w ON w.id = d.workspace
WHERE d.next_at IS NOT NULL AND (d.workspace, d.webhook) > (?1, ?2) ORDER BY d.workspace, d.webhook, d.next_at LIMIT 1;

-- :count_due
SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE workspace = ?1 AND webhook = ?2 AND next_at <= ?3 LIMIT ?4) d;

-- :next_attempt
SELECT min(next_at) FROM deliveries WHERE workspace = ?1 AND webhook = ?2 AND next_at IS NOT NULL;

-- :webhook_failures
SELECT webhook, since FROM webhook_failures WHERE workspace = ?1;

-- One bound above: of two, SQLite took the wrong one for its index, and went through all newer answers again for each page.
-- :answers
SELECT p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at, p.user_key
FROM prompts p JOIN names n ON n.id = p.name
WHERE p.workspace = ?1 AND p.test = 0 AND p.reaction IS NOT NULL AND p.reacted_at >= ?2 AND (p.reacted_at, p.id) < (?3, ?4)
ORDER BY p.reacted_at DESC, p.id DESC LIMIT ?5;

-- :answers_of_name
SELECT p.id, n.name, p.reaction, p.comment, p.person, p.url, p.locale, p.device, p.reacted_at, p.user_key
FROM prompts p INDEXED BY answers_of_name JOIN names n ON n.id = p.name
WHERE p.name = ?1 AND p.test = 0 AND p.reaction IS NOT NULL AND p.reacted_at >= ?2 AND (p.reacted_at, p.id) < (?3, ?4)
ORDER BY p.reacted_at DESC, p.id DESC LIMIT ?5;

-- :usage
SELECT fires FROM usage WHERE workspace = ?1 AND month = ?2;

-- What prompts hold of a person, test ones too.
-- :prompts_of_person
SELECT p.id, n.name, p.question, p.follow_up, p.granted_at, p.seen_at, p.dismissed_at, p.reaction, p.reacted_at, p.comment, p.commented_at,
  p.person, p.url, p.locale, p.device, p.view
FROM prompts p JOIN names n ON n.id = p.name
WHERE p.workspace = ?1 AND p.user_key IN (SELECT value FROM json_each(?2)) ORDER BY p.granted_at, p.seq;

-- Events know no index by person. The last row of a page is there whoever it is of; no name beside it means somebody else's.
-- :events_of_person
WITH page AS MATERIALIZED (SELECT id, name, user_key, at, received_at, verdict, user_label FROM events WHERE workspace = ?1 AND id > ?2 ORDER BY id LIMIT ?3)
SELECT p.id, n.name, p.at, p.received_at, p.verdict, p.user_label
FROM page p LEFT JOIN names n ON n.id = p.name AND p.user_key IN (SELECT value FROM json_each(?4))
WHERE n.id IS NOT NULL OR p.id = (SELECT id FROM page ORDER BY id DESC LIMIT 1) ORDER BY p.id;

-- The same from the newest on, by receipt.
-- :events_of_person_before
WITH page AS MATERIALIZED (
  SELECT id, name, user_key, at, received_at, verdict, until FROM events
  WHERE workspace = ?1 AND received_at <= ?2 AND (received_at, id) < (?2, ?3) ORDER BY received_at DESC, id DESC LIMIT ?4)
SELECT p.id, n.name, p.at, p.received_at, p.verdict, p.until
FROM page p LEFT JOIN names n ON n.id = p.name AND p.user_key IN (SELECT value FROM json_each(?5))
WHERE n.id IS NOT NULL OR p.id = (SELECT id FROM page ORDER BY received_at, id LIMIT 1) ORDER BY p.received_at DESC, p.id DESC;

-- Users know no index by address.
-- :users_after
SELECT user_key, facts FROM users WHERE workspace = ?1 AND user_key > ?2 ORDER BY user_key LIMIT ?3;

-- :audit
SELECT seq, at, author_kind, author, kind, subject, changes FROM audit
WHERE workspace = ?1 AND seq < ?2 AND at >= ?3 AND at < ?4 AND (?5 < 0 OR (author_kind = ?5 AND author = ?6))
  AND (?7 = '' OR kind = ?7) AND (?8 = '' OR substr(kind, 1, length(?8)) = ?8)
ORDER BY seq DESC LIMIT ?9;

-- :audit_authors
SELECT DISTINCT author_kind, author FROM audit WHERE workspace = ?1 ORDER BY 1, 2;

-- Hours in which a name was fired, newest first.
-- :fires_of_name
SELECT hour, bot + no_moment + disabled + outside_schedule + not_in_audience + stale + response_cap + once_per_user + cooldown + quiet_period + lease_held + sampled_out + shown
FROM totals INDEXED BY totals_of_name WHERE name = ?1 AND hour >= ?2 AND hour < ?3 ORDER BY hour DESC;

-- :fires_of_hour
SELECT sum(bot + no_moment + disabled + outside_schedule + not_in_audience + stale + response_cap + once_per_user + cooldown + quiet_period + lease_held + sampled_out + shown)
FROM totals WHERE workspace = ?1 AND hour = ?2;

-- Fires of a name in a short time; the limit is on the rows gone through.
-- :past_fires
SELECT id, user_key, received_at, verdict FROM (
  SELECT id, name, user_key, received_at, verdict, test FROM events INDEXED BY events_by_receipt
  WHERE workspace = ?1 AND received_at >= ?2 AND received_at < ?3 ORDER BY received_at DESC LIMIT ?4)
WHERE name = ?5 AND test = 0 ORDER BY received_at DESC;

-- :facts_of_users
SELECT user_key, facts FROM users WHERE workspace = ?1 AND user_key IN (SELECT value FROM json_each(?2)) AND facts IS NOT NULL;

-- :recent_contexts
SELECT person, url, locale, device FROM prompts INDEXED BY prompts_personal
WHERE workspace = ?1 AND coalesce(comment, person, url, locale, device, view) IS NOT NULL ORDER BY granted_at DESC LIMIT ?2;

-- Some whom the app has named: keys of persons stand together.
-- :some_people
SELECT facts FROM users WHERE workspace = ?1 AND user_key >= 'u:' LIMIT ?2;
