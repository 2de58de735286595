namespace Conclude.Ledger;

/// <summary>The store did not take the operation: nothing of it was stored unless it had been committed before the failure was seen; a retry with the same id is safe.</summary>
[GenerateSerializer, Alias("Conclude.LedgerUnavailable")]
public sealed class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
