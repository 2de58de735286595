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
    private long _news;
    private long _newsRead = -1;

    public async Task<T> Current(Func<Task<T>> read)
    {
        // Taken before the read: what is committed or told meanwhile makes the next question read again.
        var (commits, news, now) = (ledger.Commits, _news, time.GetUtcNow());
        if (news != _newsRead || commits != _commits || now - _readAt >= ReadAgainAfter)
        {
            _value = await read();
            (_newsRead, _commits, _readAt) = (news, commits, now);
        }

        return _value!;
    }

    public Task Outdate()
    {
        _news++;
        return Task.CompletedTask;
    }
}
