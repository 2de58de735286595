namespace Conclude.Ledger;

/// <summary>The store refused this one operation, and would again: a bug or impossible data. Nothing of it was stored; others of its batch were not harmed.</summary>
[GenerateSerializer, Alias("Conclude.LedgerRefused")]
public sealed class LedgerRefusedException(Exception inner) : Exception("The store refused the operation.", inner);
