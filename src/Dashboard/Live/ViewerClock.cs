using System.Globalization;
using Microsoft.JSInterop;

namespace Conclude.Dashboard.Live;

/// <summary>Times as the person at the screen reads them: in the browser's time zone, and relative when recent.</summary>
public sealed class ViewerClock(IJSRuntime browser, TimeProvider time)
{
    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(10);

    private bool _known;

    /// <summary>The browser's zone; UTC until it is known, or when this machine has no data for it.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Takes the zone that the browser said on an earlier page.</summary>
    /// <param name="id">An IANA name; anything else is ignored, and the browser asked.</param>
    public void Use(string? id)
    {
        if (id is { Length: > 0 and < 100 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            (Zone, _known) = (zone, true);
        }
    }

    /// <summary>Unless the zone is known.</summary>
    public async Task AskBrowser()
    {
        if (!_known)
        {
            Use(await browser.InvokeAsync<string?>("conclude.timeZone"));
            _known = true;
        }
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>Such as <c>22 Nov 2026, 17:40:05</c>.</summary>
    public string Exact(DateTimeOffset at) => Local(at).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>
    /// As <see cref="Exact"/>, but to the minute while <see cref="Ago"/> says just now: what goes on all the time is then not written anew
    /// for each time that it happens.
    /// </summary>
    public string LatelyExact(DateTimeOffset at) => IsJustNow(at) ? Local(at).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) : Exact(at);

    /// <summary>As <see cref="LatelyExact"/>, for the <c>datetime</c> of a <c>time</c> element.</summary>
    public string Machine(DateTimeOffset at) => at.UtcDateTime.ToString(IsJustNow(at) ? "yyyy-MM-dd'T'HH:mm'Z'" : "o", CultureInfo.InvariantCulture);

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
        _ when IsJustNow(at) => "just now",
        { TotalSeconds: < 60 } past => $"{(int)past.TotalSeconds} s ago",
        { TotalMinutes: < 60 } past => $"{(int)past.TotalMinutes} min ago",
        { TotalHours: < 24 } past => $"{(int)past.TotalHours} h ago",
        { TotalDays: < 7 } past => $"{(int)past.TotalDays} d ago",
        _ => Local(at).ToString(Local(at).Year == Local(Now).Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture),
    };

    private bool IsJustNow(DateTimeOffset at) => Now - at < JustNow;
}
