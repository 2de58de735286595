namespace Conclude.Ledger.Tests;

/// <summary>What a ledger is tested on.</summary>
public enum Store
{
    Sqlite,
    Postgres,
}
