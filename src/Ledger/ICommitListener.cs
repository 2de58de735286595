namespace Conclude.Ledger;

/// <summary>Hears of every commit, and of people who are being erased.</summary>
public interface ICommitListener
{
    /// <summary>In order, on the writer's own thread: it must not block and must not throw.</summary>
    void Committed(IReadOnlyList<Commit> commits);

    /// <summary>
    /// What is stored of these users by themselves is gone. Whoever remembers them has let go of it when the task completes: what they
    /// still wrote until then is erased too, what they write after it is not. It may be called again for the same users.
    /// </summary>
    Task Erasing(string workspace, IReadOnlyList<string> userKeys, CancellationToken closing) => Task.CompletedTask;
}
