using Conclude.Dashboard.Hosting;
using Microsoft.JSInterop;

namespace Conclude.Dashboard.Responses;

/// <summary>The browser's part of the pages of answers, loaded when it is first needed.</summary>
public sealed class ResponseScript(IJSRuntime browser) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <summary>What failed to load is loaded again when it is needed again.</summary>
    private Task<IJSObjectReference> Module => _module is { IsFaulted: false, IsCanceled: false } ? _module : _module = browser.InvokeAsync<IJSObjectReference>("import", DashboardAssets.Url("responses.js")).AsTask();

    /// <summary>From now on the page's <c>AtTop</c> is called when it leaves its top and when it is back there.</summary>
    public async Task FollowTop<T>(DotNetObjectReference<T> page)
        where T : class => await (await Module).InvokeVoidAsync("followTop", page);

    public async Task ToTop() => await (await Module).InvokeVoidAsync("toTop");

    /// <summary>Begins to save a file; the page's <c>Rows</c> and <c>Ended</c> are called on the way.</summary>
    public async Task Save<T>(string address, string name, DotNetObjectReference<T> page)
        where T : class => await (await Module).InvokeVoidAsync("save", address, name, page);

    public async Task Cancel() => await (await Module).InvokeVoidAsync("cancel");

    public async ValueTask DisposeAsync()
    {
        // What has not come by now is not waited for.
        if (_module is { IsCompletedSuccessfully: true })
        {
            try
            {
                await (await _module).DisposeAsync();
            }
            catch (Exception gone) when (gone is JSDisconnectedException or JSException or OperationCanceledException)
            {
                // The page has gone, and its script with it.
            }
        }
    }
}
