namespace Conclude.Ledger.Postgres;

/// <summary>A row was not as the transaction had read it: somebody changed it who took no part in the locking.</summary>
internal sealed class StoreMovedException(string statement) : Exception($"Rows changed between reading and {statement}.");
