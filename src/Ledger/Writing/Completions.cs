namespace Conclude.Ledger.Writing;

/// <summary>
/// Lets callers go on, on the thread pool: a few work items for a batch instead of one for each caller, because waking a thread
/// costs more than most callers have left to do.
/// </summary>
internal sealed class Completions : IThreadPoolWorkItem
{
    private const int MinShare = 8;
    private static readonly int Shares = 2 * Environment.ProcessorCount;
    private readonly ArraySegment<(Operation Operation, Exception? Failure)> _share;

    private Completions(ArraySegment<(Operation, Exception?)> share) => _share = share;

    /// <param name="outcomes">Null stands for success.</param>
    public static void Queue((Operation Operation, Exception? Failure)[] outcomes)
    {
        var size = Math.Max(MinShare, (outcomes.Length + Shares - 1) / Shares);
        for (var start = 0; start < outcomes.Length; start += size)
        {
            ThreadPool.UnsafeQueueUserWorkItem(new Completions(new(outcomes, start, Math.Min(size, outcomes.Length - start))), preferLocal: false);
        }
    }

    public void Execute()
    {
        foreach (var (operation, failure) in _share)
        {
            if (failure is null)
            {
                operation.Complete();
            }
            else
            {
                operation.Fail(failure);
            }
        }
    }
}
