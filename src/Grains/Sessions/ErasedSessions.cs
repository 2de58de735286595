using Conclude.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Conclude.Grains.Sessions;

/// <summary>Has the sessions of people who are erased let go of them: else they would go on writing what they remember.</summary>
public sealed partial class ErasedSessions(IGrainFactory grains, IHostApplicationLifetime host, TimeProvider time, ILogger<ErasedSessions> log) : ICommitListener
{
    private const int Attempts = 5;
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    public void Committed(IReadOnlyList<Commit> commits)
    {
        // Only erasures are of interest.
    }

    public async Task Erasing(string workspace, IReadOnlyList<string> userKeys, CancellationToken closing)
    {
        await Started(closing);
        await Task.WhenAll(userKeys.Select(key => Forget(workspace, key, closing)));
    }

    /// <summary>An erasure that an earlier process left undone goes on before grains can be called.</summary>
    private async Task Started(CancellationToken closing)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(closing);
    }

    private async Task Forget(string workspace, string userKey, CancellationToken closing)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await grains.Session(workspace, userKey).Forget();
                return;
            }
            catch (Exception reason) when (attempt < Attempts)
            {
                LogAgain(log, workspace, reason);
            }
            catch (Exception reason)
            {
                // Its silo has most likely gone, and the memory with it; the erasure must not wait for ever.
                LogNotTold(log, workspace, reason);
                return;
            }

            await Task.Delay(AgainAfter, time, closing);
        }
    }

    [LoggerMessage(LogLevel.Information, "A session of workspace {Workspace} was not told that its user is erased; it is tried again")]
    private static partial void LogAgain(ILogger log, string workspace, Exception reason);

    [LoggerMessage(LogLevel.Error, "A session of workspace {Workspace} could not be told that its user is erased: until it ends it may write what it remembers")]
    private static partial void LogNotTold(ILogger log, string workspace, Exception reason);
}
