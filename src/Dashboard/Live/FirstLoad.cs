using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace Conclude.Dashboard.Live;

/// <summary>
/// Tells the browser when a page that has just become live has read all that it shows at first: until then the browser keeps what the
/// server rendered into the first HTML, so that nothing flickers. Belongs to one circuit's thread.
/// </summary>
public sealed partial class FirstLoad(IJSRuntime browser, ILogger<FirstLoad> log)
{
    private int _pending;
    private bool _settled;
    private bool _told;

    /// <summary>What is loading now belongs to the first load.</summary>
    public async Task Track(Task loading)
    {
        if (_told || loading.IsCompleted)
        {
            await loading;
            return;
        }

        Begin();
        try
        {
            await loading;
        }
        finally
        {
            End();
        }
    }

    public void Begin() => _pending++;

    public void End()
    {
        _pending--;
        TellWhenDone();
    }

    /// <summary>All components of the page have begun to load.</summary>
    public void Settle()
    {
        _settled = true;
        TellWhenDone();
    }

    private void TellWhenDone()
    {
        if (_settled && _pending == 0 && !_told)
        {
            _told = true;
            _ = Tell();
        }
    }

    private async Task Tell()
    {
        try
        {
            await browser.InvokeVoidAsync("conclude.live");
        }
        catch (Exception reason) when (reason is JSException or JSDisconnectedException or OperationCanceledException or InvalidOperationException)
        {
            // The browser has gone, or it does not wait: it takes the page as it comes after a while.
            LogNotTold(log, reason);
        }
    }

    [LoggerMessage(LogLevel.Debug, "A browser was not told that its page is live.")]
    private static partial void LogNotTold(ILogger log, Exception reason);
}
