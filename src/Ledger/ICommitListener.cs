namespace Conclude.Ledger;

/// <summary>Hears of every commit, in order, on the writer's own thread: it must not block and must not throw.</summary>
public interface ICommitListener
{
    void Committed(IReadOnlyList<Commit> commits);
}
