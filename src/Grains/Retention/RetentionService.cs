using Conclude.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Conclude.Grains.Retention;

/// <summary>
/// Once a day, and soon after the start, lets go of what each workspace need not keep: small batches with rests between them, so that
/// writes go on as ever. It may end anywhere and goes on from there the next time.
/// </summary>
public sealed partial class RetentionService(ILedgerUpkeep ledger, ILedgerAudit audit, IGrainFactory grains, TimeProvider time, ILogger<RetentionService> log) : BackgroundService
{
    /// <summary>The start has other things to do.</summary>
    public static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <summary>After a store that did not answer.</summary>
    public static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(FirstAfter, time, stoppingToken);
            while (true)
            {
                await Task.Delay(await TryRound(stoppingToken) ? Every : AgainAfter, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> TryRound(CancellationToken stopping)
    {
        try
        {
            using var turn = await ledger.TryTakeTurn(stopping);
            if (turn is null)
            {
                // Another silo goes through all workspaces now.
                return true;
            }
            foreach (var workspace in await ledger.ReadWorkspaces(stopping))
            {
                await Trim(workspace, stopping);
            }
            while (await audit.TrimAudit(stopping) > 0)
            {
                await Task.Delay(Rest, time, stopping);
            }
            return true;
        }
        catch (Exception reason) when (reason is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogFailed(log, reason);
            return false;
        }
    }

    private async Task Trim(string workspace, CancellationToken stopping)
    {
        var cutoff = await grains.Tenant(workspace).Snapshot() is { } snapshot ? RetentionRule.Cutoff(snapshot, time.GetUtcNow()) : null;
        var (events, prompts, tests) = (0L, 0L, 0L);
        while (true)
        {
            var trimmed = await ledger.Trim(workspace, cutoff, stopping);
            (events, prompts, tests) = (events + trimmed.Events, prompts + trimmed.Prompts, tests + trimmed.TestFacts);
            if (trimmed.IsDone)
            {
                break;
            }
            await Task.Delay(Rest, time, stopping);
        }
        await grains.Idempotency(workspace).Sweep();
        if (events + prompts + tests > 0)
        {
            LogTrimmed(log, workspace, events, prompts, tests);
        }
    }

    [LoggerMessage(LogLevel.Information, "Retention in {Workspace}: {Events} events deleted, {Prompts} prompts blanked, {Tests} test facts deleted")]
    private static partial void LogTrimmed(ILogger log, string workspace, long events, long prompts, long tests);

    [LoggerMessage(LogLevel.Warning, "Retention was broken off; it is tried again in ten minutes")]
    private static partial void LogFailed(ILogger log, Exception reason);
}
