using System.Security.Cryptography;
using Conclude.Ledger.Postgres;
using Npgsql;

namespace Conclude.Ledger.Adoption;

/// <summary>Two connection strings may name one database in two ways; a lock taken through one is seen through the other.</summary>
internal static class SameDatabase
{
    public static bool Is(Connections one, Connections other)
    {
        var (high, low) = (RandomNumberGenerator.GetInt32(int.MaxValue), RandomNumberGenerator.GetInt32(int.MaxValue));
        using var holder = one.Open();
        using var taken = new NpgsqlCommand("SELECT pg_advisory_lock($1, $2)", holder) { Parameters = { new() { Value = high }, new() { Value = low } } };
        taken.ExecuteNonQuery();
        using var looker = other.Open();
        using var seen = new NpgsqlCommand(
            """
            SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.classid = $1::bigint::oid AND l.objid = $2::bigint::oid
            """,
            looker)
        { Parameters = { new() { Value = (long)high }, new() { Value = (long)low } } };
        return seen.ExecuteScalar() is > 0L;
    }
}
