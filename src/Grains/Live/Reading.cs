using Conclude.Ledger;

namespace Conclude.Grains.Live;

/// <summary>
/// What a grain last read from the ledger. It is read again when anything was committed in this process since (so an answer holds all
/// that was acknowledged here before the question), when the stream told of a commit elsewhere, and every 30 s, which heals what a stream lost.
/// </summary>
internal sealed class Reading<T>(ILedger ledger, TimeProvider time)
{
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(30);

    private T? _value;
    private long _commits;
    private DateTimeOffset _readAt;
    private bool _isCurrent;

    public async Task<T> Current(Func<Task<T>> read)
    {
        // Taken before the read: what is committed meanwhile makes the next question read again.
        var (commits, now) = (ledger.Commits, time.GetUtcNow());
        if (!_isCurrent || commits != _commits || now - _readAt >= ReadAgainAfter)
        {
            _value = await read();
            (_isCurrent, _commits, _readAt) = (true, commits, now);
        }

        return _value!;
    }

    public Task Outdate()
    {
        _isCurrent = false;
        return Task.CompletedTask;
    }
}
