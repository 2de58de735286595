namespace Conclude.Bench.Service;

/// <summary>The tables on PostgreSQL, and the one statement that appends to them. All is of workspace 1.</summary>
public static class PostgresTables
{
    private const string Counters =
        "bot, no_moment, disabled, outside_schedule, not_in_audience, stale, response_cap, once_per_user, cooldown, quiet_period, "
        + "lease_held, sampled_out, shown, seen, dismissed, positive, neutral, frustrated, comments";

    private const string NoneButNoMoment = "0, m.fires, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0";

    // Commas of the list above to column definitions.
    private static readonly string CounterColumns = Counters.Replace(",", " bigint NOT NULL,", StringComparison.Ordinal) + " bigint NOT NULL";

    private const string Names = """
        CREATE TABLE names(
          id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, workspace integer NOT NULL, name text COLLATE "C" NOT NULL, UNIQUE(workspace, name));
        """;

    /// <summary>Takes workspace and name; gives the name's number, new or old.</summary>
    public const string Intern =
        "INSERT INTO names(workspace, name) VALUES (1, $1) ON CONFLICT(workspace, name) DO UPDATE SET name = excluded.name RETURNING id";

    public static string Schema(Shape shape) => Names + (shape == Shape.Bare
        ? """
          CREATE TABLE events(
            workspace integer NOT NULL, id uuid NOT NULL, name integer NOT NULL, user_key text COLLATE "C" NOT NULL,
            at bigint NOT NULL, received_at bigint NOT NULL, PRIMARY KEY(workspace, id));
          CREATE TABLE totals(
            workspace integer NOT NULL, name integer NOT NULL, hour bigint NOT NULL, no_moment bigint NOT NULL,
            PRIMARY KEY(workspace, hour, name)) WITH (fillfactor = 50);
          """
        : $"""
          CREATE TABLE events(
            id uuid NOT NULL, at bigint NOT NULL, received_at bigint NOT NULL, until bigint, workspace integer NOT NULL,
            name integer NOT NULL, verdict smallint NOT NULL CHECK(verdict BETWEEN 0 AND 12), test boolean NOT NULL,
            user_key text COLLATE "C" NOT NULL, user_label text, prompt uuid, PRIMARY KEY(workspace, id));
          CREATE INDEX events_by_receipt ON events(workspace, received_at);
          CREATE TABLE event_names(
            name integer PRIMARY KEY, workspace integer NOT NULL, first_seen bigint NOT NULL, last_seen bigint NOT NULL,
            moment boolean NOT NULL, {CounterColumns}) WITH (fillfactor = 50);
          CREATE INDEX event_names_of_workspace ON event_names(workspace);
          CREATE TABLE totals(
            workspace integer NOT NULL, name integer NOT NULL, hour bigint NOT NULL, {CounterColumns},
            PRIMARY KEY(workspace, hour, name)) WITH (fillfactor = 50);
          CREATE INDEX totals_of_name ON totals(name, hour);
          CREATE TABLE usage(
            workspace integer NOT NULL, month bigint NOT NULL, fires bigint NOT NULL, PRIMARY KEY(workspace, month)) WITH (fillfactor = 50);
          """);

    /// <summary>
    /// Takes arrays of id, name, user key, time and time of receipt. Inserts the events that are new, moves the counters of those
    /// alone, rows in sorted order so that writers side by side cannot lock each other out. Gives how many were new and, when some
    /// were not, the ids of those that were. On its own it is one transaction.
    /// </summary>
    public static string Append(Shape shape) => shape == Shape.Bare
        ? """
          WITH added AS (
            INSERT INTO events(workspace, id, name, user_key, at, received_at)
            SELECT 1, k.* FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::bigint[], $5::bigint[]) AS k
            ON CONFLICT DO NOTHING RETURNING id, name, received_at),
          hours AS (
            INSERT INTO totals AS t (workspace, name, hour, no_moment)
            SELECT 1, name, received_at - received_at % 3600000 AS hour, count(*) FROM added GROUP BY 2, 3 ORDER BY 3, 2
            ON CONFLICT(workspace, hour, name) DO UPDATE SET no_moment = t.no_moment + excluded.no_moment)
          SELECT count(*), CASE WHEN count(*) < cardinality($1) THEN array_agg(id) END FROM added
          """
        : $"""
          WITH added AS (
            INSERT INTO events(workspace, id, name, user_key, at, received_at, verdict, test, user_label)
            SELECT 1, k.id, k.name, k.user_key, k.at, k.received_at, 1, false, left(k.user_key, 8)
            FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::bigint[], $5::bigint[]) AS k(id, name, user_key, at, received_at)
            ON CONFLICT DO NOTHING RETURNING id, name, received_at),
          moved AS (
            SELECT name, received_at - received_at % 3600000 AS hour, count(*) AS fires, min(received_at) AS first, max(received_at) AS last
            FROM added GROUP BY 1, 2),
          hours AS (
            INSERT INTO totals AS t (workspace, name, hour, {Counters})
            SELECT 1, m.name, m.hour, {NoneButNoMoment} FROM moved m ORDER BY m.hour, m.name
            ON CONFLICT(workspace, hour, name) DO UPDATE SET no_moment = t.no_moment + excluded.no_moment),
          names AS (
            INSERT INTO event_names AS t (name, workspace, first_seen, last_seen, moment, {Counters})
            SELECT m.name, 1, m.first, m.last, false, {NoneButNoMoment}
            FROM (SELECT name, sum(fires) AS fires, min(first) AS first, max(last) AS last FROM moved GROUP BY name ORDER BY name) m
            ON CONFLICT(name) DO UPDATE SET last_seen = greatest(t.last_seen, excluded.last_seen), no_moment = t.no_moment + excluded.no_moment),
          months AS (
            INSERT INTO usage AS t (workspace, month, fires)
            SELECT 1, to_char(to_timestamp(hour / 1000), 'YYYYMM')::bigint, sum(fires) FROM moved GROUP BY 2 ORDER BY 2
            ON CONFLICT(workspace, month) DO UPDATE SET fires = t.fires + excluded.fires)
          SELECT count(*), CASE WHEN count(*) < cardinality($1) THEN array_agg(id) END FROM added
          """;

    public const string Count = "SELECT (SELECT count(*) FROM events), (SELECT coalesce(sum(no_moment), 0)::bigint FROM totals)";
}
