using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Conclude.Ledger.Outbox;
using Conclude.Ledger.Reading;
using Conclude.Ledger.Telemetry;
using Conclude.Ledger.Upkeep;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger;

/// <summary>Retention, erasure, verification and repair: the same on every store.</summary>
public abstract partial class StoreLedger
{
    public Task<ImmutableArray<string>> ReadWorkspaces(CancellationToken cancellation = default) =>
        Upkeep.Read(static q => q.Rows("workspaces", static row => row.Text(0)).ToImmutableArray(), cancellation);

    public Task<IDisposable?> TryTakeTurn(CancellationToken cancellation = default) => Upkeep.TryTake(UpkeepTurn.Retention, cancellation);

    public async Task<TrimResult> Trim(string workspace, DateTimeOffset? before, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        if (before > now - ILedgerUpkeep.MinRetention)
        {
            throw new ArgumentOutOfRangeException(nameof(before), before, "Events are kept for eight days at least.");
        }
        long? horizon = before is { } instant ? UtcTime.HourOf(UtcTime.Ms(instant)) : null;
        var testHorizon = UtcTime.Ms(now - ILedgerUpkeep.TestRetention);
        var deliveries = DeliveryIds.First(now - IOutbox.KeptFor);
        var trimmed = await Upkeep.Write(options.UpkeepRows, queries => new Retention(queries, options.UpkeepRows).Trim(workspace, horizon, testHorizon, deliveries));
        UpkeepMetrics.Trim(trimmed);
        if (trimmed.IsDone)
        {
            _scrubbing?.Later();
        }
        return trimmed;
    }

    public async Task<EraseResult> Erase(string workspace, string userKey, CancellationToken cancellation = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        var erased = await Erasure.Erase(workspace, userKey, either.Token);
        UpkeepMetrics.Erase(erased);
        return erased;
    }

    public Task<PersonRecord?> ReadPerson(string workspace, string userKey, CancellationToken cancellation = default) =>
        Readers.Read(s => PersonQueries.Record(s, workspace, userKey), cancellation);

    public async IAsyncEnumerable<PersonEvent> ReadEventsOf(
        string workspace, ImmutableArray<string> keys, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (Guid? after = Guid.Empty; after is { } from;)
        {
            (var events, after) = await Readers.Scan(s => PersonQueries.Events(s, workspace, keys, from), cancellation);
            foreach (var found in events)
            {
                yield return found;
            }
        }
    }

    /// <summary>Recounts everything on one snapshot, however long it takes; writes go on meanwhile.</summary>
    /// <param name="progress">Told, after each day of rows, how many were looked at.</param>
    public async Task<VerifyResult> Verify(IProgress<long>? progress, CancellationToken cancellation = default)
    {
        var found = await Readers.Recount(queries => Verification.Run(queries, progress, cancellation), cancellation);
        return new VerifyResult([.. found.WrongSums], [.. found.WrongRows, .. found.AskedTwice], found.Rows);
    }

    /// <summary>
    /// Verifies, puts what the rows make in the place of every wrong sum, and raises the epoch, so that whoever keeps totals takes the
    /// smaller ones too: one transaction. Only while nobody else writes: the store must be open, and no fact may be queued.
    /// </summary>
    /// <param name="raisesEpoch">Also when there is nothing to mend: after a restore the totals are right and smaller than they were.</param>
    /// <returns>What was found, and the epoch after it; it is raised when there was something to mend.</returns>
    public async Task<(VerifyResult Found, long Epoch)> Repair(IProgress<long>? progress, bool raisesEpoch = false, CancellationToken cancellation = default)
    {
        var upkeep = Upkeep;
        var found = await Readers.Recount(queries => Verification.Run(queries, progress, cancellation), cancellation);
        var epoch = await upkeep.Write(
            1,
            queries =>
            {
                foreach (var correction in found.Corrections)
                {
                    correction.Write(queries);
                }
                if (raisesEpoch || found.Corrections.Count > 0)
                {
                    queries.Run("raise_epoch");
                }
                return queries.Rows("raised_epoch", static row => row.Long(0))[0];
            },
            movesSums: true);
        return (new VerifyResult([.. found.WrongSums], [.. found.WrongRows, .. found.AskedTwice], found.Rows), epoch);
    }

    private async Task ResumeErasures()
    {
        try
        {
            await Erasure.Resume(_closing.Token);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // It is noted in the store: the next opening goes on.
        }
        catch (Exception failure) when (failure is LedgerUnavailableException or LedgerRefusedException)
        {
            LogErasure(log, failure);
        }
        finally
        {
            // Also what an earlier process did not come to overwrite.
            _scrubbing?.Later();
        }
    }

    [LoggerMessage(LogLevel.Error, "An erasure that an earlier process began could not be ended; the next opening goes on with it")]
    private static partial void LogErasure(ILogger log, Exception failure);
}
