using System.Globalization;
using Conclude.Ledger.Postgres;
using Npgsql;

namespace Conclude.Bench.Runner;

/// <summary>Fills a ledger's database with a past: what the ledger itself would have written, but set-wise.</summary>
internal static class History
{
    public const string Workspace = "acme";
    public const int Names = 100;

    /// <summary>The first names are moments.</summary>
    public const int Moments = 5;
    public const int Users = 100_000;
    private const long Chunk = 500_000;

    public static string NameOf(int name) => string.Create(CultureInfo.InvariantCulture, $"event_{name:D3}");

    /// <summary>Event number → name, person, verdict and times; every tenth fire of a moment asks, and most of those asked answer.</summary>
    private const string Facts = """
        CREATE FUNCTION pg_temp.version7(ms bigint, random text) RETURNS uuid LANGUAGE sql IMMUTABLE AS
          $$ SELECT (lpad(to_hex(ms), 12, '0') || '7' || substr(random, 1, 3) || '8' || substr(random, 4, 15))::uuid $$;
        CREATE TEMPORARY TABLE fact AS
          SELECT pg_temp.version7(k.at, md5(k.i::text)) AS id, k.at, n.id AS name, k.name AS number,
            'a:user-' || lpad((k.i * 7919 % {users})::text, 8, '0') AS user_key,
            CASE WHEN k.name > {moments} THEN 1 WHEN k.i / {names} % 10 = 0 THEN 12 ELSE 8 END AS verdict,
            (k.i / {names} / 10 % 10)::integer AS chance
          FROM (SELECT i, 1 + i % {names} AS name, {from} + ({to} - {from}) * i / {events} AS at FROM generate_series({first}::bigint, {last}::bigint) AS i) k
          JOIN names n ON n.workspace = {workspace} AND n.name = 'event_' || lpad(k.name::text, 3, '0');
        INSERT INTO events(id, at, received_at, workspace, name, verdict, test, user_key, user_label, prompt)
          SELECT id, at, at, {workspace}, name, verdict, false, user_key, substr(user_key, 3, 8),
            CASE WHEN verdict = 12 THEN pg_temp.version7(at, md5('prompt' || id)) END FROM fact ORDER BY id;
        INSERT INTO prompts(workspace, id, name, user_key, test, granted_at, lease_until, live_until, seen_at, view, reaction, reacted_at, comment,
            commented_at, dismissed_at, question, follow_up, definition_version, delay_seconds, url, locale, device)
          SELECT {workspace}, pg_temp.version7(at, md5('prompt' || id)), name, user_key, false, at, at + 120000, at + 2000, CASE WHEN chance < 9 THEN at + 1000 END,
            'view', CASE WHEN chance < 6 THEN 1 + chance % 3 END, CASE WHEN chance < 6 THEN at + 2000 END,
            CASE WHEN chance IN (1, 2) THEN 'It took two tries, and the second was slow.' END, CASE WHEN chance IN (1, 2) THEN at + 9000 END,
            CASE WHEN chance IN (6, 7) THEN at + 2000 END, 'How did it go?', 'What was in the way?', 1, 0,
            'https://app.acme.com/reports', 'en-GB', 'desktop'
          FROM fact WHERE verdict = 12 ORDER BY id;
        DROP TABLE fact;
        """;

    private const string Sums = """
        CREATE TEMPORARY TABLE moved AS
          SELECT name, hour, sum(no_moment) AS no_moment, sum(cooldown) AS cooldown, sum(shown) AS shown, sum(seen) AS seen, sum(dismissed) AS dismissed,
            sum(positive) AS positive, sum(neutral) AS neutral, sum(frustrated) AS frustrated, sum(comments) AS comments
          FROM (
            SELECT name, received_at - received_at % 3600000 AS hour, (verdict = 1)::int AS no_moment, (verdict = 8)::int AS cooldown, (verdict = 12)::int AS shown,
              0 AS seen, 0 AS dismissed, 0 AS positive, 0 AS neutral, 0 AS frustrated, 0 AS comments FROM events
            UNION ALL SELECT name, seen_at - seen_at % 3600000, 0, 0, 0, 1, 0, 0, 0, 0, 0 FROM prompts WHERE seen_at IS NOT NULL
            UNION ALL SELECT name, dismissed_at - dismissed_at % 3600000, 0, 0, 0, 0, 1, 0, 0, 0, 0 FROM prompts WHERE dismissed_at IS NOT NULL
            UNION ALL SELECT name, reacted_at - reacted_at % 3600000, 0, 0, 0, 0, 0, (reaction = 1)::int, (reaction = 2)::int, (reaction = 3)::int, 0
              FROM prompts WHERE reaction IS NOT NULL
            UNION ALL SELECT name, commented_at - commented_at % 3600000, 0, 0, 0, 0, 0, 0, 0, 0, 1 FROM prompts WHERE comment IS NOT NULL) one
          GROUP BY name, hour;
        INSERT INTO totals(workspace, name, hour, bot, no_moment, disabled, outside_schedule, not_in_audience, stale, response_cap, once_per_user, cooldown,
            quiet_period, lease_held, sampled_out, shown, seen, dismissed, positive, neutral, frustrated, comments)
          SELECT {workspace}, name, hour, 0, no_moment, 0, 0, 0, 0, 0, 0, cooldown, 0, 0, 0, shown, seen, dismissed, positive, neutral, frustrated, comments
          FROM moved ORDER BY hour, name;
        INSERT INTO event_names(workspace, name, first_seen, last_seen, moment, bot, no_moment, disabled, outside_schedule, not_in_audience, stale, response_cap,
            once_per_user, cooldown, quiet_period, lease_held, sampled_out, shown, seen, dismissed, positive, neutral, frustrated, comments)
          SELECT {workspace}, m.name, e.first, e.last, n.name <= 'event_' || lpad({moments}::text, 3, '0'), 0, sum(no_moment), 0, 0, 0, 0, 0, 0, sum(cooldown),
            0, 0, 0, sum(shown), sum(seen), sum(dismissed), sum(positive), sum(neutral), sum(frustrated), sum(comments)
          FROM moved m JOIN names n ON n.id = m.name
          JOIN (SELECT name, min(received_at) AS first, max(received_at) AS last FROM events GROUP BY name) e ON e.name = m.name
          GROUP BY m.name, n.name, e.first, e.last;
        INSERT INTO usage(workspace, month, fires)
          SELECT {workspace}, to_char(to_timestamp(received_at / 1000) AT TIME ZONE 'UTC', 'YYYYMM')::bigint, count(*) FROM events GROUP BY 2;
        INSERT INTO caps(name, answers) SELECT name, count(*) FROM prompts WHERE reaction IS NOT NULL GROUP BY name;
        INSERT INTO users(workspace, user_key, version, verified)
          SELECT {workspace}, user_key, count(*) + count(seen_at) + count(reaction) + count(comment) + count(dismissed_at), false FROM prompts GROUP BY user_key;
        DROP TABLE moved;
        """;

    /// <summary>Makes the tables and fills them with <paramref name="events"/> events of the last <paramref name="span"/>.</summary>
    /// <exception cref="BenchException">The ledger's own recount finds a difference.</exception>
    public static async Task Fill(string database, long events, TimeSpan span)
    {
        await using (var empty = Open(database))
        {
            empty.Open();
        }

        await using (NpgsqlConnection connection = new(database + ";Pooling=false;Command Timeout=3600"))
        {
            await connection.OpenAsync();
            var workspace = (int)(await Run(connection, $"INSERT INTO workspaces(key) VALUES ('{Workspace}') RETURNING id"))!;
            var to = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 60_000;
            var from = to - (long)span.TotalMilliseconds;
            string Filled(string sql, long first, long last) => new[]
            {
                ("users", Users), ("moments", Moments), ("names", Names), ("from", from), ("to", to), ("events", events), ("first", first), ("last", last),
                ("workspace", (long)workspace),
            }.Aggregate(sql, static (text, value) => text.Replace($"{{{value.Item1}}}", value.Item2.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

            await Run(connection, Filled("INSERT INTO names(workspace, name) SELECT {workspace}, 'event_' || lpad(i::text, 3, '0') FROM generate_series(1, {names}) AS i", 0, 0));
            for (var first = 0L; first < events; first += Chunk)
            {
                var last = Math.Min(events, first + Chunk) - 1;
                await Run(connection, Filled(first == 0 ? Facts : Facts[Facts.IndexOf("CREATE TEMPORARY", StringComparison.Ordinal)..], first, last));
                Console.WriteLine(FormattableString.Invariant($"filled {last + 1:N0} of {events:N0}"));
            }

            await Run(connection, Filled(Sums, 0, 0));
            // What autovacuum does to a table that has grown over weeks.
            await Run(connection, "VACUUM ANALYZE");
            await Run(connection, "CHECKPOINT");
        }

        await using var ledger = Open(database, TimeSpan.FromMinutes(10));
        ledger.Open();
        if (await ledger.Verify() is { IsEmpty: false } differences)
        {
            throw new BenchException("What was filled in does not add up:\n" + string.Join('\n', differences.Take(10)));
        }
    }

    public static PostgresLedger Open(string database, TimeSpan? scanTimeout = null, bool single = true)
    {
        PostgresLedgerOptions options = new() { ConnectionString = database, SingleProcess = single };
        options.ScanTimeout = scanTimeout ?? options.ScanTimeout;
        return new(options, static () => [], TimeProvider.System);
    }

    private static async Task<object?> Run(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
