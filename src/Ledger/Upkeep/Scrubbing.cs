namespace Conclude.Ledger.Upkeep;

/// <summary>
/// Leaves nothing of what was overwritten in the store's files. Somebody who reads a snapshot from before is in the way: it is tried for a
/// while, and after that beside everything else until it is done or the store is closed; the next opening goes on.
/// </summary>
internal sealed partial class Scrubbing(IUpkeepStore store, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private const int Attempts = 50;
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LaterAgainAfter = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private Task _later = Task.CompletedTask;

    public async Task Run(CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts;)
        {
            switch (await store.Scrub())
            {
                case ScrubState.Done:
                    return;
                case ScrubState.InTheWay:
                    attempt++;
                    await Task.Delay(AgainAfter, time, cancellation);
                    break;
                case ScrubState.More:
                    cancellation.ThrowIfCancellationRequested();
                    break;
            }
        }
        Later();
    }

    /// <summary>Nobody waits for it.</summary>
    public void Later()
    {
        lock (_gate)
        {
            if (_later.IsCompleted)
            {
                _later = Task.Run(UntilDone);
            }
        }
    }

    /// <summary>Begins no turn any more.</summary>
    public Task Stop() => _closing.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _later;
        _closing.Dispose();
    }

    private async Task UntilDone()
    {
        for (var failed = false; !_closing.IsCancellationRequested;)
        {
            try
            {
                switch (await store.Scrub())
                {
                    case ScrubState.Done:
                        return;
                    case ScrubState.InTheWay:
                        await Task.Delay(LaterAgainAfter, time, _closing.Token);
                        break;
                }
                failed = false;
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                // It is noted in the store: the next opening goes on.
                return;
            }
            catch (Exception failure) when (failure is LedgerUnavailableException or LedgerRefusedException)
            {
                if (_closing.IsCancellationRequested)
                {
                    return;
                }
                if (!failed)
                {
                    LogFailure(log, failure);
                }
                failed = true;
                await Task.Delay(LaterAgainAfter, time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was deleted could not be overwritten in the store's files; it is tried again until it is done")]
    private static partial void LogFailure(ILogger log, Exception failure);
}
