namespace Conclude.Ledger;

/// <summary>The queue of operations is full. Nothing was stored; try again in a second.</summary>
[GenerateSerializer, Alias("Conclude.LedgerBusy")]
public sealed class LedgerBusyException() : Exception("The ledger's queue is full.");
