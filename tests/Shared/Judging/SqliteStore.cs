using System.Data.Common;
using Conclude.Ledger;
using Conclude.Ledger.Sqlite;
using Microsoft.Data.Sqlite;

namespace Conclude.Testing.Judging;

/// <summary>The files in a data directory.</summary>
internal sealed class SqliteStore(string directory) : StoreUnderTest
{
    public override string Kind => "SQLite";

    public override bool IsOfOneProcess => true;

    public static async Task<DbConnection> Open(string directory)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "conclude.db")};Pooling=False;Default Timeout=5");
        await connection.OpenAsync();
        return connection;
    }

    protected override Task<DbConnection> Connect() => Open(directory);

    protected override StoreLedger Ledger() => new SqliteLedger(new SqliteLedgerOptions { DataDirectory = directory }, static () => [], TimeProvider.System);
}
