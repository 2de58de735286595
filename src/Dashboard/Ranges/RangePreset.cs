namespace Conclude.Dashboard.Ranges;

/// <summary>A span that ends now.</summary>
public enum RangePreset
{
    /// <summary>The last 24 hours.</summary>
    Day,

    /// <summary>Today and the 6 days before.</summary>
    Week,

    /// <summary>Today and the 29 days before.</summary>
    Month,

    /// <summary>Today and the 89 days before.</summary>
    Quarter,
}
