using Conclude.Ledger;
using Microsoft.Extensions.Logging;

namespace Conclude.Api.Users;

/// <summary>Erases people, and lets a request go that would wait too long: what was begun goes on.</summary>
internal sealed partial class Erasures(ILedgerUpkeep ledger, TimeProvider time, ILogger<Erasures> log)
{
    /// <summary>Less than proxies wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    /// <returns>False when it goes on after this.</returns>
    public async Task<bool> Erase(string workspace, params string[] userKeys)
    {
        // Not cancelled with the request: whoever has gone away wanted it done all the same.
        var erased = Task.WhenAll(userKeys.Select(key => ledger.Erase(workspace, key)));
        try
        {
            await erased.WaitAsync(Patience, time);
            return true;
        }
        catch (TimeoutException) when (!erased.IsCompleted)
        {
            _ = erased.ContinueWith(
                failed => LogUnfinished(log, failed.Exception!), CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "An erasure did not end; the next start, or the next erasure in its workspace, goes on with it")]
    private static partial void LogUnfinished(ILogger log, Exception failure);
}
