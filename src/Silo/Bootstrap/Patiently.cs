using Orleans.Storage;

namespace Conclude.Silo.Bootstrap;

/// <summary>Calls of a host that starts while others of its cluster start or go.</summary>
internal static class Patiently
{
    /// <summary>Longer than it takes to find that a silo has gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Does it again when another silo was faster, or one that held a grain has just gone: looking again tells which.</summary>
    public static async Task<T> Do<T>(Func<Task<T>> work, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception passing) when (IsPassing(passing) && time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }

    private static bool IsPassing(Exception failure) =>
        failure is InconsistentStateException or TimeoutException or SiloUnavailableException or OrleansMessageRejectionException;
}
