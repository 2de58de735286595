namespace Conclude.Ledger;

/// <summary>The UTC calendar month that the quota counts in.</summary>
/// <param name="End">Start of the next one.</param>
public readonly record struct UsagePeriod(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The one that holds this instant.</summary>
    public static UsagePeriod Of(DateTimeOffset now)
    {
        var utc = now.UtcDateTime;
        var start = new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return new(start, start.AddMonths(1));
    }
}
