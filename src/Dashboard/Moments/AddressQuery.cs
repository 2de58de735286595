using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Conclude.Dashboard.Moments;

/// <summary>
/// What a page keeps in its address, so that a view can be shared. It is written past the router: a navigation asks again who may see the
/// page, and takes it down and makes it anew when the answer takes a while, under the hands of whoever types.
/// </summary>
public sealed class AddressQuery : IDisposable
{
    private readonly NavigationManager _navigation;
    private readonly IJSRuntime _browser;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly string _path;

    public AddressQuery(NavigationManager navigation, IJSRuntime browser)
    {
        (_navigation, _browser) = (navigation, browser);
        _path = new Uri(navigation.Uri).AbsolutePath;
        Read(navigation.Uri);
        _navigation.LocationChanged += OnMoved;
    }

    /// <summary>Somebody else moved: a link, or back and forward.</summary>
    public event EventHandler? Moved;

    /// <summary>Empty when it is not there.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <param name="changes">An empty value goes out of the address.</param>
    public void Write(params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var changed = false;
        foreach (var (name, value) in changes)
        {
            changed |= this[name] != (value ?? "");
            if (string.IsNullOrEmpty(value))
            {
                _values.Remove(name);
            }
            else
            {
                _values[name] = value;
            }
        }

        if (changed)
        {
            _ = Tell(QueryHelpers.AddQueryString(_path, _values.OrderBy(static v => v.Key, StringComparer.Ordinal).Select(static v => new KeyValuePair<string, string?>(v.Key, v.Value))));
        }
    }

    public void Dispose() => _navigation.LocationChanged -= OnMoved;

    private async Task Tell(string address)
    {
        try
        {
            await _browser.InvokeVoidAsync("conclude.address", address);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser has gone, and its address with it.
        }
    }

    private void OnMoved(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == _path)
        {
            Read(e.Location);
            Moved?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Read(string uri)
    {
        _values.Clear();
        foreach (var (name, value) in QueryHelpers.ParseQuery(new Uri(uri).Query))
        {
            if (value.ToString() is { Length: > 0 and <= 200 } text)
            {
                _values[name] = text;
            }
        }
    }
}
