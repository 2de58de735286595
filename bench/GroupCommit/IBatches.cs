using Conclude.Bench.Service;

namespace Conclude.Bench.GroupCommit;

/// <summary>Writes a batch in one transaction. Used by one thread at a time.</summary>
public interface IBatches : IDisposable
{
    /// <summary>Returns after the commit, with <see cref="Pending.Accepted"/> set.</summary>
    void Write(IReadOnlyList<Pending> batch);

    StoredCount Count();
}
