namespace Conclude.Ledger.Writing;

/// <summary>Times as the stores keep them: milliseconds since 1970, UTC; hours by their first millisecond.</summary>
internal static class UtcTime
{
    public const long HourMs = 3_600_000;
    public const long DayMs = 24 * HourMs;

    public static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset Of(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    /// <summary>The time as it will be read back.</summary>
    public static DateTimeOffset Stored(DateTimeOffset time) => Of(Ms(time));

    public static DateTimeOffset? Stored(DateTimeOffset? time) => time is { } value ? Stored(value) : null;

    public static long HourOf(long ms) => ms - ms % HourMs;

    /// <summary>yyyymm.</summary>
    public static long MonthOf(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return utc.Year * 100 + utc.Month;
    }

    public static long DayOf(long ms) => ms / DayMs;
}
