namespace Conclude.Dashboard.Moments;

/// <summary>How far back a chart goes.</summary>
public enum ChartSpan
{
    /// <summary>24 hours, by the hour.</summary>
    Day,

    /// <summary>7 days, by the day.</summary>
    Week,

    /// <summary>30 days, by the day.</summary>
    Month,
}
