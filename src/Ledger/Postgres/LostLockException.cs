namespace Conclude.Ledger.Postgres;

/// <summary>The database is not held for this process now.</summary>
internal sealed class LostLockException(string message) : Exception(message);
