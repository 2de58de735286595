using Conclude.Dashboard.Components.Shared;
using Conclude.Dashboard.Reports;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Components.Reports;

/// <summary>
/// A part of a page that reads what it shows from the ledger: when something else is asked for, and when the feed says that there may
/// be more. A read that fails leaves what is shown, says so, and is tried again with the feed's next word.
/// </summary>
public abstract partial class ReadingComponent : LiveComponent
{
    /// <summary>A part that follows the feed takes at most one part in so many of the store's time.</summary>
    private const int OneIn = 20;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private object? _shown;
    private object? _version;
    private DateTimeOffset _readAt;
    private TimeSpan _took;
    private TimeSpan? _storeTook;
    private long _turn;
    private long _shownTurn;
    private bool _disposed;
    private bool _looksLater;

    [Inject] public required TimeProvider Time { get; set; }

    [Inject] public required ReadsInCommon Reads { get; set; }

    /// <summary>What is shown is of this part's parameters as they are now.</summary>
    protected bool Current => _shown is not null && _shown.Equals(Asked);

    /// <summary>Something was read; it may be of earlier parameters.</summary>
    protected bool Loaded => _shown is not null;

    /// <summary>The last read failed.</summary>
    protected bool Failed { get; private set; }

    /// <summary>What the parameters ask for; equal by value as long as it is the same.</summary>
    protected abstract object Asked { get; }

    /// <summary>What the feed says; equal by value as long as nothing new can be read.</summary>
    protected abstract object Version { get; }

    /// <summary>News are read this often at most, and less often where reading takes long. What is asked anew is read at once.</summary>
    protected virtual TimeSpan ReadEvery => TimeSpan.FromSeconds(1);

    // What is shown changes with a read, or with the workspace.
    protected override object? Shows => (_shownTurn, Failed, Feed.Workspace.Version, Feed.CanEdit, Tens);

    /// <returns>Shows what was read.</returns>
    protected abstract Task<Action> Read();

    /// <summary>
    /// Reads what all pages that show this part have in common, once for all of them. A page that has nothing yet reads for itself: what
    /// others have heard of may be of people who were erased since.
    /// </summary>
    /// <param name="what">Beside the workspace and <see cref="Asked"/>, if it takes more to say what is read.</param>
    protected async Task<T> ReadInCommon<T>(object? what, Func<Task<T>> read)
    {
        if (!Loaded)
        {
            return await read();
        }

        var (found, took) = await Reads.Read((GetType(), Feed.Workspace.Workspace, Asked, what), Version, read);
        _storeTook = took;
        return found;
    }

    protected override Task OnParametersSetAsync() => Current ? Task.CompletedTask : Look();

    protected override async Task OnFeed()
    {
        if (Failed || !Current || !Version.Equals(_version))
        {
            var every = _took * OneIn > ReadEvery ? _took * OneIn : ReadEvery;
            var wait = (every < LongestWait ? every : LongestWait) - (Clock.Now - _readAt);
            // The clock may have been set back.
            wait = wait < LongestWait ? wait : LongestWait;
            if (wait <= TimeSpan.Zero)
            {
                await Look();
            }
            else if (!_looksLater)
            {
                // What else is on the page is drawn without it.
                _looksLater = true;
                _ = LookLater(wait);
            }
        }
    }

    protected Task Retry() => Look();

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        base.Dispose(disposing);
    }

    private async Task LookLater(TimeSpan wait)
    {
        await Task.Delay(wait, Time);
        _looksLater = false;
        await Look();
        Feed.Drawing.Again();
    }

    private async Task Look()
    {
        if (_disposed || Feed.Ended)
        {
            return;
        }

        var (asked, version, turn, began) = (Asked, Version, ++_turn, Clock.Now);
        _readAt = began;
        try
        {
            var show = await Read();
            _took = _storeTook ?? Clock.Now - began;
            if (!_disposed && turn > _shownTurn && asked.Equals(Asked))
            {
                show();
                (_shown, _version, _shownTurn, Failed) = (asked, version, turn, false);
            }
        }
        catch (Exception reason)
        {
            LogNotRead(Log, GetType().Name, reason);
            Failed = !_disposed && turn == _turn;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Part} of a dashboard page could not be read; it is tried again.")]
    private static partial void LogNotRead(ILogger log, string part, Exception reason);
}
