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
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private Task _later = Task.CompletedTask;
    private bool _isAsked;
    private bool _isAt;

    /// <summary>Ends when nothing is left of what was overwritten before, or when somebody has been in the way for long.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        try
        {
            var until = await store.ReadOwed(cancellation);
            for (var attempt = 0; attempt < Attempts;)
            {
                switch (await Turn(until, cancellation))
                {
                    case ScrubState.Done:
                        return;
                    case ScrubState.InTheWay:
                        attempt++;
                        await Task.Delay(AgainAfter, time, cancellation);
                        break;
                }
            }
        }
        catch
        {
            // It is owed all the same.
            Later();
            throw;
        }
        Later();
    }

    /// <summary>Nobody waits for it.</summary>
    public void Later()
    {
        lock (_gate)
        {
            _isAsked = true;
            if (!_isAt)
            {
                _isAt = true;
                _later = Task.Run(WhileAsked);
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

    /// <summary>One at a time: a batch of the writer has one turn at most.</summary>
    private async Task<ScrubState> Turn(long until, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await store.Scrub(until);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task WhileAsked()
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_isAsked || _closing.IsCancellationRequested)
                {
                    _isAt = false;
                    return;
                }
                _isAsked = false;
            }
            await UntilDone();
        }
    }

    private async Task UntilDone()
    {
        for (var failed = false; !_closing.IsCancellationRequested;)
        {
            try
            {
                var until = await store.ReadOwed(_closing.Token);
                while (await Turn(until, _closing.Token) is var state and not ScrubState.Done)
                {
                    failed = false;
                    if (state is ScrubState.InTheWay)
                    {
                        await Task.Delay(LaterAgainAfter, time, _closing.Token);
                    }
                }
                return;
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
