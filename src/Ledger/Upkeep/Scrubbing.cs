namespace Conclude.Ledger.Upkeep;

/// <summary>
/// Leaves nothing of what was overwritten in the store's files. Somebody who reads a snapshot from before is in the way: it is tried for a
/// while, and after that beside everything else until it is done or the store is closed; what is left then goes with the next opening.
/// </summary>
internal sealed class Scrubbing(IUpkeepStore store, TimeProvider time) : IAsyncDisposable
{
    private const int Attempts = 50;
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LaterAgainAfter = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private Task _later = Task.CompletedTask;

    public async Task Run(CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.Scrub())
            {
                return;
            }
            await Task.Delay(AgainAfter, time, cancellation);
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
                _later = UntilDone();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _later;
        _closing.Dispose();
    }

    private async Task UntilDone()
    {
        try
        {
            while (!await TryScrub())
            {
                await Task.Delay(LaterAgainAfter, time, _closing.Token);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The next opening does it.
        }
    }

    private async Task<bool> TryScrub()
    {
        try
        {
            return await store.Scrub();
        }
        catch (LedgerUnavailableException)
        {
            return false;
        }
    }
}
