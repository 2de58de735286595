namespace Conclude.Dashboard.Live;

/// <summary>
/// When one page is drawn: soon after there is news, and at most four times a second however much there is. First what is shown beside the
/// feed is read (<see cref="Reading"/>), then all that shows something is told to draw it (<see cref="Due"/>).
/// </summary>
public sealed class PageDrawing : IDisposable
{
    internal static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly Throttle _soon;
    private Action? _pulse;
    private int _news;
    private volatile bool _readsNoMore;

    internal PageDrawing(TimeProvider time) => _soon = new Throttle(Every, time, Pulse);

    /// <summary>What is shown may have changed: it is drawn now. Raised on any thread, and within one render while there is a <see cref="PulseBy"/>.</summary>
    internal event EventHandler? Due;

    /// <summary>What reads what is shown beside the feed. Set on the circuit's thread.</summary>
    internal Func<Task>? Reading { get; set; }

    /// <summary>How often <see cref="Due"/> was raised.</summary>
    internal long Count { get; private set; }

    public void Dispose() => _soon.Dispose();

    /// <summary>Whoever looks at this page may not any more: what is drawn from now on is what it was left with.</summary>
    internal void ReadNoMore() => _readsNoMore = true;

    /// <summary>Something moved.</summary>
    internal void Tell()
    {
        Volatile.Write(ref _news, 1);
        _soon.Ask();
    }

    /// <summary>Draws once more what is known: it took longer to read than the drawing waited for, or looks otherwise a moment later.</summary>
    internal void Again() => _soon.Ask();

    /// <summary>
    /// From now on <paramref name="pulse"/> is run instead of <see cref="Draw"/>, and calls it from within one render: all that changes then
    /// goes to the browser together.
    /// </summary>
    internal void PulseBy(Action? pulse) => _pulse = pulse;

    /// <summary>Has read what there is news of; nothing when what was read before is only to be drawn.</summary>
    internal Task ReadNews() => _readsNoMore || Interlocked.Exchange(ref _news, 0) == 0 || Reading is not { } reading
        ? Task.CompletedTask
        : Task.WhenAll(reading.GetInvocationList().Select(static read => ((Func<Task>)read)()));

    internal void Draw()
    {
        Count++;
        Due?.Invoke(this, EventArgs.Empty);
    }

    private void Pulse()
    {
        if (_pulse is { } pulse)
        {
            pulse();
            return;
        }

        _ = ReadNews();
        Draw();
    }
}
