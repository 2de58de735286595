namespace Conclude.Ledger.Writing;

/// <summary>
/// One store's side of the group commit: a transaction at a time, on the writer thread alone. Every method may throw;
/// after a throw <see cref="Rollback"/> is called and the next <see cref="Begin"/> must start clean.
/// </summary>
internal interface IStoreBatch : IDisposable
{
    /// <summary>Connects if need be and takes the right to write; the transaction may start with the first operation.</summary>
    void Begin();

    /// <summary>Applies the operations in order and sets their results.</summary>
    void Apply(IReadOnlyList<Operation> operations);

    /// <summary>Applies one operation so that, when it throws for a reason of its own, the transaction is as it was before.</summary>
    void ApplyAlone(Operation operation);

    /// <summary>Commits, and tells what moved: one entry a workspace.</summary>
    IReadOnlyList<Commit> Commit();

    /// <summary>Forgets the transaction and everything learnt in it. Never throws.</summary>
    void Rollback();

    /// <summary>Whether the failure is the store's (full, locked, gone) rather than the operation's.</summary>
    bool IsOutage(Exception failure);

    /// <summary>Whether another writer was in the way, nothing was stored, and the batch may well succeed when it is tried again; such a failure is an outage too.</summary>
    bool IsContention(Exception failure);
}
