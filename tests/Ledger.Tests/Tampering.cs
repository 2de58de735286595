using Conclude.Testing;

namespace Conclude.Ledger.Tests;

/// <summary>Reaches into a store behind the ledger's back.</summary>
internal static class Tampering
{
    /// <summary>Runs SQL that both stores understand.</summary>
    /// <returns>The first value of the first row.</returns>
    public static async Task<object?> Tamper(this TestLedger test, string sql)
    {
        if (test.ConnectionString is { } database)
        {
            return PostgresServer.Execute(database, sql);
        }
        await using var file = await StoreFaultTests.Connect(test.Database);
        return await StoreFaultTests.Execute(file, sql);
    }
}
