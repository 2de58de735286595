-- Statements of retention, erasure and repair; parameters are bound in order.

-- The writer is alone.
-- :lock
SELECT ?1;

-- :workspace
SELECT id FROM workspaces WHERE key = ?1;

-- :workspaces
SELECT key FROM workspaces ORDER BY key;

-- :horizon
INSERT INTO horizons(workspace, events) VALUES (?1, ?2)
ON CONFLICT(workspace) DO UPDATE SET events = max(horizons.events, excluded.events);

-- :trim_events
DELETE FROM events WHERE workspace = ?1 AND id IN (
  SELECT id FROM events WHERE workspace = ?1 AND received_at < ?2 AND test = 0 ORDER BY received_at LIMIT ?3);

-- :blank_prompts
UPDATE prompts SET comment = NULL, person = NULL, url = NULL, locale = NULL, device = NULL, view = NULL WHERE seq IN (
  SELECT seq FROM prompts WHERE workspace = ?1 AND granted_at < ?2 AND coalesce(comment, person, url, locale, device, view) IS NOT NULL
  ORDER BY granted_at LIMIT ?3);

-- :trim_test_events
DELETE FROM events WHERE workspace = ?1 AND id IN (
  SELECT id FROM events WHERE workspace = ?1 AND received_at < ?2 AND test = 1 ORDER BY received_at LIMIT ?3)
RETURNING user_key;

-- :trim_test_prompts
DELETE FROM prompts WHERE seq IN (
  SELECT seq FROM prompts WHERE workspace = ?1 AND granted_at < ?2 AND test = 1 ORDER BY granted_at LIMIT ?3)
RETURNING user_key;

-- :is_test_user_left
SELECT 1 FROM events WHERE workspace = ?1 AND user_key = ?2 AND test = 1
UNION ALL SELECT 1 FROM prompts WHERE workspace = ?1 AND user_key = ?2 LIMIT 1;

-- :trim_test_usage
DELETE FROM test_usage WHERE workspace = ?1 AND day < ?2;

-- :delete_user
DELETE FROM users WHERE workspace = ?1 AND user_key = ?2;

-- :delete_links
DELETE FROM links WHERE workspace = ?1 AND (anonymous_key = ?2 OR person_key = ?2);

-- Past every version that any user has or had.
-- :raise_fence
UPDATE meta SET value = (value / 4294967296 + 1) * 4294967296 WHERE key = 'fence';

-- :linked_keys
SELECT anonymous_key FROM links WHERE workspace = ?1 AND person_key = ?2;

-- :bounds
SELECT coalesce((SELECT max(received_at) FROM events WHERE workspace = ?1), 0), coalesce((SELECT max(seq) FROM prompts), 0);

-- :add_erasure
INSERT INTO erasures(workspace, user_key, fresh_key, events_until, prompts_until) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT(workspace, user_key) DO UPDATE SET events_until = excluded.events_until, prompts_until = excluded.prompts_until;

-- :erasures
SELECT e.workspace, w.key, e.user_key, e.fresh_key, e.events_until, e.prompts_until
FROM erasures e JOIN workspaces w ON w.id = e.workspace ORDER BY e.workspace, e.user_key;

-- :erase_prompts
UPDATE prompts SET user_key = ?3, comment = NULL, person = NULL, url = NULL, locale = NULL, device = NULL, view = NULL WHERE seq IN (
  SELECT seq FROM prompts WHERE workspace = ?1 AND user_key = ?2 AND seq <= ?4 LIMIT ?5);

-- The last row of a page is there whoever it is of; no key beside it means nobody noted.
-- :events_to_erase
WITH page AS MATERIALIZED (SELECT id, user_key, received_at FROM events WHERE workspace = ?1 AND id > ?2 ORDER BY id LIMIT ?3)
SELECT p.id, p.user_key, x.fresh_key
FROM page p LEFT JOIN erasures x ON x.workspace = ?1 AND x.user_key = p.user_key AND p.received_at <= x.events_until
WHERE x.fresh_key IS NOT NULL OR p.id = (SELECT id FROM page ORDER BY id DESC LIMIT 1) ORDER BY p.id;

-- :late_events_to_erase
SELECT e.id, e.user_key, x.fresh_key FROM events e INDEXED BY events_by_receipt CROSS JOIN erasures x ON x.workspace = e.workspace AND x.user_key = e.user_key
WHERE e.workspace = ?1 AND e.received_at >= ?2 AND e.received_at < ?3 AND e.received_at <= x.events_until;

-- :erase_event
UPDATE events SET user_key = ?3, user_label = NULL WHERE workspace = ?1 AND id = ?4 AND user_key = ?2;

-- :end_erasure
DELETE FROM erasures WHERE workspace = ?1 AND user_key = ?2 AND events_until = ?3 AND prompts_until = ?4;

-- What was deleted or changed is still to be overwritten where SQLite has left a copy of it.
-- :owe_scrub
INSERT INTO meta(key, value) VALUES ('scrub', 1) ON CONFLICT(key) DO UPDATE SET value = value + 1;

-- Nothing once all is settled.
-- :owed_scrub
SELECT o.value FROM meta o LEFT JOIN meta s ON s.key = 'scrubbed' WHERE o.key = 'scrub' AND o.value > coalesce(s.value, 0);

-- :settled_scrub
SELECT value FROM meta WHERE key = 'scrubbed';

-- :settle_scrub
INSERT INTO meta(key, value) VALUES ('scrubbed', ?1) ON CONFLICT(key) DO UPDATE SET value = excluded.value;

-- :empty_log
PRAGMA wal_checkpoint(TRUNCATE);

-- A workspace that has stored nothing yet.
-- :ensure_workspace
INSERT INTO workspaces(key) VALUES (?1) ON CONFLICT(key) DO NOTHING;

-- :has_delivery
SELECT 1 FROM deliveries WHERE workspace = ?1 AND id = ?2;

-- :move_sequence
INSERT INTO webhook_sequences AS t (workspace, value) VALUES (?1, 1) ON CONFLICT(workspace) DO UPDATE SET value = t.value + 1 RETURNING value;

-- :add_delivery
INSERT INTO deliveries(workspace, id, webhook, type, sequence, at, data, since, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?6, ?8)
ON CONFLICT(workspace, id) DO NOTHING;

-- What was erased, or ended, while an attempt went on stays so.
-- :record_attempt
UPDATE deliveries SET tries = tries + 1, attempts = attempts + 1, tried_at = ?3, status = nullif(?4, 0), duration = ?5, error = nullif(?6, ''),
  state = CASE WHEN state = 0 THEN ?7 ELSE state END, next_at = CASE WHEN state = 0 THEN nullif(?8, 0) END
WHERE workspace = ?1 AND id = ?2;

-- :webhook_works
DELETE FROM webhook_failures WHERE workspace = ?1 AND webhook = ?2;

-- :webhook_fails
INSERT INTO webhook_failures AS t (workspace, webhook, since) VALUES (?1, ?2, ?3) ON CONFLICT(workspace, webhook) DO UPDATE SET since = t.since
RETURNING since;

-- :end_deliveries
UPDATE deliveries SET state = 2, next_at = NULL, error = ?3 WHERE workspace = ?1 AND id IN (
  SELECT id FROM deliveries WHERE workspace = ?1 AND webhook = ?2 AND next_at IS NOT NULL LIMIT ?4);

-- :replay_delivery
UPDATE deliveries SET state = 0, since = ?3, tries = 0, next_at = ?3 WHERE workspace = ?1 AND id = ?2 AND state <> 3;

-- :trim_deliveries
DELETE FROM deliveries WHERE workspace = ?1 AND id IN (SELECT id FROM deliveries WHERE workspace = ?1 AND id < ?2 ORDER BY id LIMIT ?3);

-- :erase_deliveries
UPDATE deliveries SET state = 3, next_at = NULL WHERE workspace = ?1 AND prompt IN (
  SELECT id FROM prompts WHERE workspace = ?1 AND user_key = ?2 AND seq <= ?3);

-- :put_hour
INSERT INTO totals(workspace, hour, name, 
  bot, no_moment, disabled, outside_schedule, not_in_audience, stale, response_cap, once_per_user, cooldown, quiet_period, lease_held,
  sampled_out, shown, seen, dismissed, positive, neutral, frustrated, comments)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
ON CONFLICT(workspace, hour, name) DO UPDATE SET 
  bot = excluded.bot, no_moment = excluded.no_moment, disabled = excluded.disabled, outside_schedule = excluded.outside_schedule,
  not_in_audience = excluded.not_in_audience, stale = excluded.stale, response_cap = excluded.response_cap,
  once_per_user = excluded.once_per_user, cooldown = excluded.cooldown, quiet_period = excluded.quiet_period, lease_held = excluded.lease_held,
  sampled_out = excluded.sampled_out, shown = excluded.shown, seen = excluded.seen, dismissed = excluded.dismissed,
  positive = excluded.positive, neutral = excluded.neutral, frustrated = excluded.frustrated, comments = excluded.comments;

-- :put_name
INSERT INTO event_names(workspace, name, first_seen, last_seen, moment, 
  bot, no_moment, disabled, outside_schedule, not_in_audience, stale, response_cap, once_per_user, cooldown, quiet_period, lease_held,
  sampled_out, shown, seen, dismissed, positive, neutral, frustrated, comments)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
ON CONFLICT(name) DO UPDATE SET first_seen = excluded.first_seen, last_seen = excluded.last_seen, 
  bot = excluded.bot, no_moment = excluded.no_moment, disabled = excluded.disabled, outside_schedule = excluded.outside_schedule,
  not_in_audience = excluded.not_in_audience, stale = excluded.stale, response_cap = excluded.response_cap,
  once_per_user = excluded.once_per_user, cooldown = excluded.cooldown, quiet_period = excluded.quiet_period, lease_held = excluded.lease_held,
  sampled_out = excluded.sampled_out, shown = excluded.shown, seen = excluded.seen, dismissed = excluded.dismissed,
  positive = excluded.positive, neutral = excluded.neutral, frustrated = excluded.frustrated, comments = excluded.comments;

-- :put_usage
INSERT INTO usage(workspace, month, fires) VALUES (?1, ?2, ?3) ON CONFLICT(workspace, month) DO UPDATE SET fires = excluded.fires;

-- :put_cap
INSERT INTO caps(name, answers) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET answers = excluded.answers;

-- :raise_epoch
UPDATE meta SET value = value + 1 WHERE key = 'epoch';

-- :raised_epoch
SELECT value FROM meta WHERE key = 'epoch';

-- :add_audit
INSERT INTO audit(workspace, seq, at, author_kind, author, kind, subject, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT(workspace, seq) DO NOTHING;

-- :trim_audit
DELETE FROM audit WHERE (workspace, seq) IN (SELECT workspace, seq FROM audit WHERE at < ?1 ORDER BY at LIMIT ?2);
