using Conclude.Ledger.Adoption;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>Brings a database to the newest version, one numbered step at a time, forward only; processes that start at once take turns.</summary>
internal static class Migrator
{
    /// <param name="evenUnfinished">For whoever ends an adoption.</param>
    /// <exception cref="NewerStoreException">The database is of a newer program; it is not touched.</exception>
    /// <exception cref="AdoptionUnfinishedException">It holds a part of another installation.</exception>
    public static void Run(Connections connections, bool evenUnfinished = false)
    {
        var migrations = Dialect.Migrations;
        using var connection = connections.Open();
        using var transaction = connection.BeginTransaction();
        // Waits for another process that migrates: longer than any statement may take otherwise.
        Scalar(connection, $"SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock({AdvisoryLocks.Migration})::text");
        var version = Version(connection);
        if (version > migrations[^1].Version)
        {
            throw new NewerStoreException(version, migrations[^1].Version);
        }
        if (!evenUnfinished && Scalar(connection, "SELECT to_regclass('conclude_adoption')::text") is string)
        {
            throw new AdoptionUnfinishedException(Scalar(connection, "SELECT source FROM conclude_adoption") as string ?? "another installation");
        }
        foreach (var (next, sql) in migrations.Where(m => m.Version > version))
        {
            Scalar(connection, sql);
            Scalar(connection, $"""
                CREATE TABLE IF NOT EXISTS conclude_schema(version bigint NOT NULL);
                DELETE FROM conclude_schema; INSERT INTO conclude_schema(version) VALUES ({next})
                """);
        }
        transaction.Commit();
    }

    /// <summary>Looks without touching.</summary>
    /// <exception cref="NewerStoreException">The database is of a newer program.</exception>
    /// <exception cref="OlderStoreException">The database is of an older program, or holds no store.</exception>
    public static void Check(Connections connections)
    {
        var known = Dialect.Migrations[^1].Version;
        using var connection = connections.Open();
        var found = Version(connection);
        if (found != known)
        {
            throw found > known ? new NewerStoreException(found, known) : new OlderStoreException(found, known);
        }
    }

    /// <summary>Holds no store.</summary>
    public static bool IsEmpty(Connections connections)
    {
        using var connection = connections.Open();
        return Version(connection) == 0;
    }

    private static long Version(NpgsqlConnection connection) =>
        Scalar(connection, "SELECT to_regclass('conclude_schema')::text") is string ? (long)Scalar(connection, "SELECT max(version) FROM conclude_schema")! : 0;

    private static object? Scalar(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection) { CommandTimeout = 0 };
        return command.ExecuteScalar();
    }
}
