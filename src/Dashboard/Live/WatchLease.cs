namespace Conclude.Dashboard.Live;

/// <summary>A listener's place at a shared watch.</summary>
internal sealed class WatchLease(WorkspaceWatch watch, Action leave) : IDisposable
{
    private int _disposed;

    public WorkspaceWatch Watch { get; } = watch;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            leave();
        }
    }
}
