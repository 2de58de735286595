namespace Conclude.Ledger;

/// <summary>The queue of operations is full. Nothing was stored; try again in a second.</summary>
public sealed class LedgerBusyException() : Exception("The ledger's queue is full.");
