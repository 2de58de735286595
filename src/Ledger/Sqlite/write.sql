-- Statements of the writer. Each is named by the line above it; parameters are bound in order.

-- :begin
BEGIN IMMEDIATE;

-- :commit
COMMIT;

-- :rollback
ROLLBACK;

-- :savepoint
SAVEPOINT alone;

-- :release
RELEASE alone;

-- :rollback_to
ROLLBACK TO alone;

-- :epoch
SELECT value FROM meta WHERE key = 'epoch';

-- :find_workspace
SELECT id FROM workspaces WHERE key = ?1;

-- :add_workspace
INSERT INTO workspaces(key) VALUES (?1) RETURNING id;

-- :find_name
SELECT n.id, e.moment, e.first_seen, e.last_seen,
  bot, no_moment, disabled, outside_schedule, not_in_audience, stale, response_cap, once_per_user, cooldown, quiet_period, lease_held, sampled_out,
  shown, seen, dismissed, positive, neutral, frustrated, comments
FROM names n LEFT JOIN event_names e ON e.name = n.id WHERE n.workspace = ?1 AND n.name = ?2;

-- :read_hour
SELECT
  bot, no_moment, disabled, outside_schedule, not_in_audience, stale, response_cap, once_per_user, cooldown, quiet_period, lease_held, sampled_out,
  shown, seen, dismissed, positive, neutral, frustrated, comments
FROM totals WHERE workspace = ?1 AND hour = ?2 AND name = ?3;

-- :add_name
INSERT INTO names(workspace, name) VALUES (?1, ?2) RETURNING id;

-- :count_active_names
SELECT count(*) FROM event_names WHERE workspace = ?1 AND moment = 0 AND last_seen >= ?2;

-- :count_new_names
SELECT count(*) FROM event_names WHERE workspace = ?1 AND first_seen >= ?2 AND first_seen < ?3 AND moment = 0;

-- :insert_event
INSERT INTO events(workspace, id, name, user_key, at, received_at, verdict, until, prompt, test, user_label)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT(workspace, id) DO NOTHING;

-- :find_event
SELECT verdict, until, prompt FROM events WHERE workspace = ?1 AND id = ?2;

-- :move_hour
INSERT INTO totals(workspace, hour, name,
  bot, no_moment, disabled, outside_schedule, not_in_audience, stale, response_cap, once_per_user, cooldown, quiet_period, lease_held, sampled_out,
  shown, seen, dismissed, positive, neutral, frustrated, comments)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
ON CONFLICT(workspace, hour, name) DO UPDATE SET
  bot = bot + excluded.bot, no_moment = no_moment + excluded.no_moment, disabled = disabled + excluded.disabled,
  outside_schedule = outside_schedule + excluded.outside_schedule, not_in_audience = not_in_audience + excluded.not_in_audience,
  stale = stale + excluded.stale, response_cap = response_cap + excluded.response_cap, once_per_user = once_per_user + excluded.once_per_user,
  cooldown = cooldown + excluded.cooldown, quiet_period = quiet_period + excluded.quiet_period, lease_held = lease_held + excluded.lease_held,
  sampled_out = sampled_out + excluded.sampled_out, shown = shown + excluded.shown, seen = seen + excluded.seen,
  dismissed = dismissed + excluded.dismissed, positive = positive + excluded.positive, neutral = neutral + excluded.neutral,
  frustrated = frustrated + excluded.frustrated, comments = comments + excluded.comments;

-- :move_name
INSERT INTO event_names(name, workspace, first_seen, last_seen, moment,
  bot, no_moment, disabled, outside_schedule, not_in_audience, stale, response_cap, once_per_user, cooldown, quiet_period, lease_held, sampled_out,
  shown, seen, dismissed, positive, neutral, frustrated, comments)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
ON CONFLICT(name) DO UPDATE SET
  first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen), moment = excluded.moment,
  bot = bot + excluded.bot, no_moment = no_moment + excluded.no_moment, disabled = disabled + excluded.disabled,
  outside_schedule = outside_schedule + excluded.outside_schedule, not_in_audience = not_in_audience + excluded.not_in_audience,
  stale = stale + excluded.stale, response_cap = response_cap + excluded.response_cap, once_per_user = once_per_user + excluded.once_per_user,
  cooldown = cooldown + excluded.cooldown, quiet_period = quiet_period + excluded.quiet_period, lease_held = lease_held + excluded.lease_held,
  sampled_out = sampled_out + excluded.sampled_out, shown = shown + excluded.shown, seen = seen + excluded.seen,
  dismissed = dismissed + excluded.dismissed, positive = positive + excluded.positive, neutral = neutral + excluded.neutral,
  frustrated = frustrated + excluded.frustrated, comments = comments + excluded.comments;

-- A prompt's step: the name was not fired, so what the catalogue says of it stays.
-- :move_answers
UPDATE event_names SET
  seen = seen + ?2, dismissed = dismissed + ?3, positive = positive + ?4, neutral = neutral + ?5, frustrated = frustrated + ?6,
  comments = comments + ?7
WHERE name = ?1;

-- :read_usage
SELECT fires FROM usage WHERE workspace = ?1 AND month = ?2;

-- :move_usage
INSERT INTO usage(workspace, month, fires) VALUES (?1, ?2, ?3)
ON CONFLICT(workspace, month) DO UPDATE SET fires = fires + excluded.fires;

-- :read_test_usage
SELECT fires FROM test_usage WHERE workspace = ?1 AND day = ?2;

-- :move_test_usage
INSERT INTO test_usage(workspace, day, fires) VALUES (?1, ?2, ?3)
ON CONFLICT(workspace, day) DO UPDATE SET fires = fires + excluded.fires;

-- :read_user
SELECT version, facts FROM users WHERE workspace = ?1 AND user_key = ?2;

-- The version of a user without a row.
-- :fence
SELECT value FROM meta WHERE key = 'fence';

-- :bump_user
INSERT INTO users(workspace, user_key, version) VALUES (?1, ?2, (SELECT value + 1 FROM meta WHERE key = 'fence'))
ON CONFLICT(workspace, user_key) DO UPDATE SET version = version + 1;

-- :describe_user
INSERT INTO users(workspace, user_key, version, facts) VALUES (?1, ?2, (SELECT value FROM meta WHERE key = 'fence'), ?3)
ON CONFLICT(workspace, user_key) DO UPDATE SET facts = excluded.facts;

-- :cap_use
SELECT coalesce((SELECT answers FROM caps WHERE name = ?1), 0)
     + (SELECT count(*) FROM prompts WHERE name = ?1 AND test = 0 AND reaction IS NULL AND live_until > ?2);

-- :move_cap
INSERT INTO caps(name, answers) VALUES (?1, 1) ON CONFLICT(name) DO UPDATE SET answers = answers + 1;

-- :insert_prompt
INSERT INTO prompts(workspace, id, name, user_key, test, granted_at, lease_until, live_until, seen_at, view, reaction, reacted_at,
  comment, commented_at, dismissed_at, question, follow_up, definition_version, delay_seconds, person, url, locale, device)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23);

-- :find_prompt
SELECT p.id, n.name, p.user_key, p.test, p.granted_at, p.lease_until, p.live_until, p.seen_at, p.view, p.reaction, p.reacted_at,
  p.comment, p.commented_at, p.dismissed_at, p.question, p.follow_up, p.definition_version, p.delay_seconds
FROM prompts p JOIN names n ON n.id = p.name WHERE p.workspace = ?1 AND p.id = ?2;

-- :change_prompt
UPDATE prompts SET lease_until = ?3, live_until = ?4, seen_at = ?5, view = ?6, reaction = ?7, reacted_at = ?8,
  comment = ?9, commented_at = ?10, dismissed_at = ?11
WHERE workspace = ?1 AND id = ?2;

-- :tell_webhook
INSERT INTO deliveries(workspace, id, webhook, type, sequence, at, prompt, data, since, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?6, ?6);

-- :find_link
SELECT person_key, verified FROM links WHERE workspace = ?1 AND anonymous_key = ?2;

-- :put_link
INSERT INTO links(workspace, anonymous_key, person_key, verified, linked_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT(workspace, anonymous_key) DO UPDATE SET verified = excluded.verified;

-- Asks for fresh pages, so that a full store shows.
-- :fill_probe
INSERT INTO probe(filler) VALUES (zeroblob(16384));

-- :empty_probe
DELETE FROM probe;

-- :touch_probe
UPDATE meta SET value = value + 1 WHERE key = 'probe';
