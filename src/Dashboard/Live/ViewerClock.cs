using System.Globalization;
using Microsoft.JSInterop;

namespace Conclude.Dashboard.Live;

/// <summary>Times as the person at the screen reads them: in the browser's time zone, and relative when recent.</summary>
public sealed class ViewerClock(IJSRuntime browser, TimeProvider time)
{
    private bool _asked;

    /// <summary>The browser's zone; UTC until it is known, or when this machine has no data for it.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public DateTimeOffset Now => time.GetUtcNow();

    public async Task AskBrowser()
    {
        if (_asked)
        {
            return;
        }

        _asked = true;
        var id = await browser.InvokeAsync<string?>("conclude.timeZone");
        if (id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            Zone = zone;
        }
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>Such as <c>22 Nov 2026, 17:40:05</c>.</summary>
    public string Exact(DateTimeOffset at) => Local(at).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>17:40:05</c>, or with the day when it is not today's.</summary>
    public string TimeOfDay(DateTimeOffset at) => Local(at).Date == Local(Now).Date
        ? Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : Local(at).ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>17:40</c> today, <c>tomorrow 09:00</c>, <c>30 Nov 09:00</c>.</summary>
    public string Until(DateTimeOffset at) => (Local(at).Date - Local(Now).Date).Days switch
    {
        0 => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture),
        1 => Local(at).ToString("'tomorrow' HH:mm", CultureInfo.InvariantCulture),
        _ => Local(at).ToString("d MMM HH:mm", CultureInfo.InvariantCulture),
    };

    /// <summary>Such as <c>just now</c>, <c>4 min ago</c>, <c>3 h ago</c>, <c>22 Nov</c>.</summary>
    public string Ago(DateTimeOffset at) => (Now - at) switch
    {
        { TotalSeconds: < 10 } => "just now",
        { TotalSeconds: < 60 } past => $"{(int)past.TotalSeconds} s ago",
        { TotalMinutes: < 60 } past => $"{(int)past.TotalMinutes} min ago",
        { TotalHours: < 24 } past => $"{(int)past.TotalHours} h ago",
        { TotalDays: < 7 } past => $"{(int)past.TotalDays} d ago",
        _ => Local(at).ToString(Local(at).Year == Local(Now).Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture),
    };
}
