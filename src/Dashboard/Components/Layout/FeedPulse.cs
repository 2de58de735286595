using Conclude.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Conclude.Dashboard.Components.Layout;

/// <summary>
/// When it is this page's turn, has all that listens to the feed read what there is to read, and then draws it within one render of its
/// own: whatever changes goes to the browser as one batch, however many parts of the page it is in. Shows nothing itself.
/// </summary>
public sealed class FeedPulse : ComponentBase, IDisposable
{
    /// <summary>The numbers of the feed do not wait for a slow read: that is drawn with the next.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private bool _waits;
    private bool _due;
    private bool _disposed;

    [Inject] public required WorkspaceFeed Feed { get; set; }

    [Inject] public required DrawTurns Turns { get; set; }

    [Inject] public required TimeProvider Time { get; set; }

    public void Dispose()
    {
        _disposed = true;
        Feed.Drawing.PulseBy(null);
    }

    protected override void OnInitialized() => Feed.Drawing.PulseBy(() => _ = InvokeAsync(Pulse));

    protected override bool ShouldRender() => _due;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (_due)
        {
            _due = false;
            Feed.Drawing.Draw();
        }
    }

    private async Task Pulse()
    {
        if (_waits)
        {
            // What there is news of is drawn when the turn comes.
            return;
        }

        _waits = true;
        await Turns.Begin();
        Task reading;
        try
        {
            _waits = false;
            reading = Feed.Drawing.ReadNews();
            if (reading.IsCompleted)
            {
                Draw();
                return;
            }
        }
        finally
        {
            Turns.End();
        }

        // The store's turn is not this machine's.
        await Task.WhenAny(reading, Task.Delay(Patience, Time));
        Draw();
    }

    private void Draw()
    {
        if (!_disposed)
        {
            _due = true;
            StateHasChanged();
        }
    }
}
