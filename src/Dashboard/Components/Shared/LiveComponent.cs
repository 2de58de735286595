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

    [Inject] public required WorkspaceFeed Feed { get; set; }

    [Inject] public required ViewerClock Clock { get; set; }

    [Inject] public required ILogger<LiveComponent> Log { get; set; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => Feed.Changed += OnFeedChanged;

    /// <summary>Reads what the component shows beside the feed. A read that fails leaves what is shown; the feed's next change tries again.</summary>
    protected virtual Task OnFeed() => Task.CompletedTask;

    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        Feed.Changed -= OnFeedChanged;
    }

    private void OnFeedChanged(object? sender, EventArgs e) => _ = InvokeAsync(Refresh);

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

            if (!_disposed)
            {
                StateHasChanged();
            }
        }

        _refreshing = false;
    }

    [LoggerMessage(LogLevel.Warning, "A dashboard page could not read what changed; it shows what it had.")]
    private static partial void LogNotRead(ILogger log, Exception reason);
}
