using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Settings;

/// <summary>What the month has used of a limit, and where it is heading.</summary>
/// <param name="Limit">0 is unlimited.</param>
/// <param name="Expected">At the end of the period, if it goes on as it did; null when that is too early to say.</param>
public sealed record UsageReading(long Used, long Limit, long? Expected = null)
{
    /// <summary>A day of a month tells little of the other thirty.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromDays(2);

    /// <summary>Of the limit, 0–1 and beyond; 0 without a limit.</summary>
    public double Share => Limit == 0 ? 0 : (double)Used / Limit;

    public bool IsNear => Limit > 0 && Share >= 0.8;

    public bool IsOver => Limit > 0 && Used >= Limit;

    /// <summary>Events of the UTC month that holds <paramref name="now"/>, going on at the mean of the days so far.</summary>
    public static UsageReading OfEvents(long used, PlanLimits plan, DateTimeOffset now)
    {
        var (start, end) = UsagePeriod.Of(now);
        var passed = now - start;
        return new(used, plan.EventsPerMonth, passed < Enough ? null : (long)Math.Round(used * ((end - start) / passed)));
    }
}
