namespace Conclude.Dashboard.Settings;

/// <summary>
/// One read for all who ask at a time: each gets what a read found that began after they had asked, and reads begin at most once
/// an interval however many ask.
/// </summary>
internal sealed class SharedRead<T>(TimeSpan interval, TimeProvider time, Func<Task<T>> read)
{
    private readonly Lock _gate = new();
    private Task<T>? _next;
    private Task _last = Task.CompletedTask;
    private long _beganAt;

    /// <summary>Throws what the read throws; the next one tries again.</summary>
    public Task<T> Next()
    {
        lock (_gate)
        {
            return _next ??= Read(_last);
        }
    }

    private async Task<T> Read(Task last)
    {
        // Whoever asked first is not the one who waits for it: the lock is let go here.
        await Task.Yield();
        var wait = _beganAt == 0 ? TimeSpan.Zero : interval - time.GetElapsedTime(_beganAt);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time);
        }

        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task<T> reading;
        lock (_gate)
        {
            _beganAt = time.GetTimestamp();
            _next = null;
            _last = reading = read();
        }

        return await reading;
    }
}
