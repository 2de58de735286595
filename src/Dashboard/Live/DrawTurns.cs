namespace Conclude.Dashboard.Live;

/// <summary>
/// Open pages are drawn one after another, in the order in which they asked: all of them ask at the same word, and drawn at once each would
/// be as late as the last. So each is drawn as often as this machine can, with many pages less often, and events keep their part of it.
/// Belongs to the process; safe for all threads.
/// </summary>
public sealed class DrawTurns : IDisposable
{
    private readonly SemaphoreSlim _places = new(AtOnce);

    /// <summary>Half of the processors; what is sent, and what comes in, has the others.</summary>
    internal static int AtOnce { get; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Waits for a turn, which ends with <see cref="End"/>.</summary>
    public Task Begin() => _places.WaitAsync();

    public void End() => _places.Release();

    public void Dispose() => _places.Dispose();
}
