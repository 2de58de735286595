using Conclude.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Components.Shared;

/// <summary>A component that shows the workspace as it is now: it renders again when the feed says that something moved.</summary>
public abstract partial class LiveComponent : ComponentBase, IDisposable
{
    private bool _disposed;
    private bool _refreshing;
    private bool _askedAgain;
    private object? _drawn;

    [Inject] public required WorkspaceFeed Feed { get; set; }

    [Inject] public required ViewerClock Clock { get; set; }

    [Inject] public required FirstLoad Load { get; set; }

    [Inject] public required ILogger<LiveComponent> Log { get; set; }

    public override Task SetParametersAsync(ParameterView parameters) => Load.Track(base.SetParametersAsync(parameters));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized()
    {
        Feed.Drawing.Reading += ReadNews;
        Feed.Changed += OnFeedChanged;
    }

    /// <summary>
    /// All that the feed's words can change of what the component shows, equal by value while it looks the same: then it is not drawn
    /// again. Null, the default, draws it at every word.
    /// </summary>
    protected virtual object? Shows => null;

    /// <summary>Ten seconds, which the words for how long something is past go by.</summary>
    protected long Tens => Clock.Now.ToUnixTimeSeconds() / 10;

    /// <summary>Reads what the component shows beside the feed. A read that fails leaves what is shown; the feed's next change tries again.</summary>
    protected virtual Task OnFeed() => Task.CompletedTask;

    /// <summary>The first <see cref="OnFeed"/>, for a component that shows at once what it has; it does not throw.</summary>
    protected async Task ReadNow()
    {
        await Refresh();
        Draw();
    }

    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        Feed.Drawing.Reading -= ReadNews;
        Feed.Changed -= OnFeedChanged;
    }

    private void OnFeedChanged(object? sender, EventArgs e) => _ = InvokeAsync(Draw);

    private Task ReadNews() => InvokeAsync(async () =>
    {
        var drawings = Feed.Drawing.Count;
        await Refresh();
        if (Feed.Drawing.Count != drawings)
        {
            Feed.Drawing.Again();
        }
    });

    private void Draw()
    {
        if (!_disposed && (Shows is not { } shows || !shows.Equals(_drawn)))
        {
            _drawn = Shows;
            StateHasChanged();
        }
    }

    /// <summary>One at a time: changes that come while a read is on its way are covered by one more.</summary>
    private async Task Refresh()
    {
        _askedAgain = true;
        if (_refreshing)
        {
            return;
        }

        _refreshing = true;
        while (_askedAgain && !_disposed)
        {
            _askedAgain = false;
            try
            {
                await OnFeed();
            }
            catch (Exception reason)
            {
                LogNotRead(Log, reason);
            }
        }

        _refreshing = false;
    }

    [LoggerMessage(LogLevel.Warning, "A dashboard page could not read what changed; it shows what it had.")]
    private static partial void LogNotRead(ILogger log, Exception reason);
}
