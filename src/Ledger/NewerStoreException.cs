namespace Conclude.Ledger;

/// <summary>The store was written by a newer version of Conclude. It is left as it is.</summary>
/// <param name="found">Version of the store's schema.</param>
/// <param name="known">The newest this program knows.</param>
public sealed class NewerStoreException(long found, long known)
    : Exception($"The store has schema version {found}, but this version of Conclude knows {known} at most. Start a newer version of Conclude, or restore a backup.");
