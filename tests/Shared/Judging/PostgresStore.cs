using System.Data.Common;
using Conclude.Ledger;
using Conclude.Ledger.Postgres;
using Npgsql;

namespace Conclude.Testing.Judging;

/// <summary>A database, reached without what lies between it and the host.</summary>
internal sealed class PostgresStore(string connectionString) : StoreUnderTest
{
    public override string Kind => "PostgreSQL";

    public override bool IsOfOneProcess => false;

    protected override async Task<DbConnection> Connect()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    protected override StoreLedger Ledger() =>
        new PostgresLedger(new PostgresLedgerOptions { ConnectionString = connectionString }, static () => [], TimeProvider.System);
}
