namespace Conclude.Ledger;

/// <summary>The store was written by an older version of Conclude and must be brought up to date first.</summary>
/// <param name="found">Version of the store's schema.</param>
/// <param name="known">The one that this program works on.</param>
public sealed class OlderStoreException(long found, long known)
    : Exception($"The store has schema version {found}, and this version of Conclude works on {known}. Start the host once: it brings the store up to date.");
