using System.Collections.Frozen;
using System.Globalization;
using Conclude.Ledger.Writing;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>Brings a database file to the newest version, one numbered step at a time, forward only.</summary>
internal static class Migrator
{
    private static readonly FrozenDictionary<string, string> Sql =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["version"] = "PRAGMA user_version" }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="NewerStoreException">The file is of a newer program; it is not touched.</exception>
    public static void Run(string file, TimeSpan busyTimeout)
    {
        var migrations = new SqlText("Sqlite").Migrations();
        using var session = Session.Open(file, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, Sql, busyTimeout, "");
        // Before anything is changed, the journal mode included.
        Refuse(Version(session), migrations[^1].Version);
        session.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        session.Execute("BEGIN IMMEDIATE");
        var version = Version(session);
        Refuse(version, migrations[^1].Version);
        foreach (var (next, sql) in migrations.Where(m => m.Version > version))
        {
            session.Execute(sql);
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {next}"));
        }
        session.Execute("COMMIT");
        // Pages from before an erasure may still be in the log of a process that was killed.
        session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Looks without touching.</summary>
    /// <exception cref="NewerStoreException">The file is of a newer program.</exception>
    /// <exception cref="OlderStoreException">The file is of an older program.</exception>
    public static void Check(string file, TimeSpan busyTimeout)
    {
        var known = new SqlText("Sqlite").Migrations()[^1].Version;
        using var session = Session.Open(file, raw.SQLITE_OPEN_READONLY, Sql, busyTimeout, "");
        var found = Version(session);
        Refuse(found, known);
        if (found < known)
        {
            throw new OlderStoreException(found, known);
        }
    }

    private static void Refuse(long found, long known)
    {
        if (found > known)
        {
            throw new NewerStoreException(found, known);
        }
    }

    private static long Version(Session session)
    {
        using var version = session["version"].Open();
        version.Next();
        return version.Long(0);
    }
}
