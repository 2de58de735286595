using Conclude.Bench.Service;

namespace Conclude.Bench.GroupCommit;

/// <summary>The tables on SQLite, and the statements that write them. All is of workspace 1.</summary>
internal static class SqliteTables
{
    private const string Counters =
        "bot, no_moment, disabled, outside_schedule, not_in_audience, stale, response_cap, once_per_user, cooldown, quiet_period, "
        + "lease_held, sampled_out, shown, seen, dismissed, positive, neutral, frustrated, comments";

    private static readonly string CounterColumns =
        Counters.Replace(",", " INTEGER NOT NULL DEFAULT 0,", StringComparison.Ordinal) + " INTEGER NOT NULL DEFAULT 0";

    /// <summary>As the product opens its writer.</summary>
    public const string Settings = """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;
        PRAGMA wal_autocheckpoint = 4000;
        """;

    private const string Names =
        "CREATE TABLE names(id INTEGER PRIMARY KEY, workspace INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE(workspace, name)) STRICT;";

    public const string Intern =
        "INSERT INTO names(workspace, name) VALUES (1, ?1) ON CONFLICT(workspace, name) DO UPDATE SET name = excluded.name RETURNING id";

    public const string Count = "SELECT (SELECT count(*) FROM events), (SELECT coalesce(sum(no_moment), 0) FROM totals)";

    public const string MoveHour =
        "INSERT INTO totals(workspace, hour, name, no_moment) VALUES (1, ?1, ?2, ?3) "
        + "ON CONFLICT(workspace, hour, name) DO UPDATE SET no_moment = no_moment + excluded.no_moment";

    public const string MoveName =
        "INSERT INTO event_names(workspace, name, first_seen, last_seen, moment, no_moment) VALUES (1, ?1, ?2, ?3, 0, ?4) "
        + "ON CONFLICT(name) DO UPDATE SET last_seen = max(last_seen, excluded.last_seen), no_moment = no_moment + excluded.no_moment";

    public const string MoveMonth =
        "INSERT INTO usage(workspace, month, fires) VALUES (1, ?1, ?2) ON CONFLICT(workspace, month) DO UPDATE SET fires = fires + excluded.fires";

    public static string InsertEvent(Shape shape) => shape == Shape.Bare
        ? "INSERT INTO events(workspace, id, name, user_key, at, received_at) VALUES (1, ?1, ?2, ?3, ?4, ?5) ON CONFLICT(workspace, id) DO NOTHING"
        : "INSERT INTO events(workspace, id, name, user_key, at, received_at, verdict, test, user_label) VALUES (1, ?1, ?2, ?3, ?4, ?5, 1, 0, ?6) "
          + "ON CONFLICT(workspace, id) DO NOTHING";

    public static string Schema(Shape shape) => Names + (shape == Shape.Bare
        ? """
          CREATE TABLE events(
            workspace INTEGER NOT NULL, id BLOB NOT NULL, name INTEGER NOT NULL, user_key TEXT NOT NULL, at INTEGER NOT NULL,
            received_at INTEGER NOT NULL, PRIMARY KEY(workspace, id)) STRICT, WITHOUT ROWID;
          CREATE TABLE totals(
            workspace INTEGER NOT NULL, hour INTEGER NOT NULL, name INTEGER NOT NULL, no_moment INTEGER NOT NULL,
            PRIMARY KEY(workspace, hour, name)) STRICT, WITHOUT ROWID;
          """
        : $"""
          CREATE TABLE events(
            workspace INTEGER NOT NULL, id BLOB NOT NULL CHECK(length(id) = 16), name INTEGER NOT NULL, user_key TEXT NOT NULL,
            at INTEGER NOT NULL, received_at INTEGER NOT NULL, verdict INTEGER NOT NULL CHECK(verdict BETWEEN 0 AND 12), until INTEGER,
            prompt BLOB, test INTEGER NOT NULL CHECK(test IN (0, 1)), user_label TEXT, PRIMARY KEY(workspace, id)) STRICT, WITHOUT ROWID;
          CREATE INDEX events_by_receipt ON events(workspace, received_at);
          CREATE TABLE event_names(
            name INTEGER PRIMARY KEY, workspace INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            moment INTEGER NOT NULL, {CounterColumns}) STRICT;
          CREATE INDEX event_names_of_workspace ON event_names(workspace, first_seen);
          CREATE TABLE totals(
            workspace INTEGER NOT NULL, hour INTEGER NOT NULL, name INTEGER NOT NULL, {CounterColumns},
            PRIMARY KEY(workspace, hour, name)) STRICT, WITHOUT ROWID;
          CREATE INDEX totals_of_name ON totals(name, hour);
          CREATE TABLE usage(
            workspace INTEGER NOT NULL, month INTEGER NOT NULL, fires INTEGER NOT NULL, PRIMARY KEY(workspace, month)) STRICT, WITHOUT ROWID;
          """);
}
