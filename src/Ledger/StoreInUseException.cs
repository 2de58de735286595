namespace Conclude.Ledger;

/// <summary>Another process (or another ledger of this one) works on the store.</summary>
public abstract class StoreInUseException(string message, Exception? inner) : Exception(message, inner);
