using System.Runtime.InteropServices;
using Conclude.Api.Health;
using Microsoft.Extensions.Options;

namespace Conclude.Silo.Shutdown;

/// <summary>
/// Stops the host on SIGTERM, SIGINT (Ctrl+C) and SIGQUIT, but not at once: first readiness turns false, so that whoever spreads
/// requests sends no more, while those that come are still served. A second signal ends the wait.
/// </summary>
internal sealed partial class DrainingLifetime(
    Readiness readiness, IHostApplicationLifetime lifetime, IOptions<ShutdownOptions> options, TimeProvider time, ILogger<DrainingLifetime> log)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Lock _gate = new();
    private ITimer? _drain;
    private bool _wasAsked;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, Hear));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _signals.ForEach(static s => s.Dispose());
        _drain?.Dispose();
    }

    private void Hear(PosixSignalContext signal)
    {
        // The host ends the process when it has stopped, not the signal.
        signal.Cancel = true;
        if (MayDrain())
        {
            LogDraining(log, options.Value.DrainSeconds);
        }
        else
        {
            lifetime.StopApplication();
        }
    }

    /// <returns>False when there is nothing to wait for, or somebody will not wait.</returns>
    private bool MayDrain()
    {
        lock (_gate)
        {
            readiness.Drain();
            if (_wasAsked || options.Value.DrainSeconds == 0 || !lifetime.ApplicationStarted.IsCancellationRequested)
            {
                return false;
            }

            _wasAsked = true;
            _drain = time.CreateTimer(static host => ((IHostApplicationLifetime)host!).StopApplication(), lifetime, TimeSpan.FromSeconds(options.Value.DrainSeconds), Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Information, "Asked to stop: not ready any more, serving for {Seconds} s; a second signal stops at once")]
    private static partial void LogDraining(ILogger log, int seconds);
}
