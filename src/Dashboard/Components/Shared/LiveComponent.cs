using Conclude.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Conclude.Dashboard.Components.Shared;

/// <summary>A component that shows the workspace as it is now: it renders again when the feed says that something moved.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    [Inject] public required WorkspaceFeed Feed { get; set; }

    [Inject] public required ViewerClock Clock { get; set; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => Feed.Changed += OnFeedChanged;

    /// <summary>Runs in the circuit's turn before each render that the feed asked for.</summary>
    protected virtual Task OnFeed() => Task.CompletedTask;

    protected virtual void Dispose(bool disposing) => Feed.Changed -= OnFeedChanged;

    private void OnFeedChanged(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        try
        {
            await OnFeed();
            StateHasChanged();
        }
        catch (ObjectDisposedException)
        {
            // The circuit ended while a read was on its way.
        }
        catch (Exception reason)
        {
            await DispatchExceptionAsync(reason);
        }
    });
}
