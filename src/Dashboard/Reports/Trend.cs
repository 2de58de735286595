namespace Conclude.Dashboard.Reports;

/// <summary>Which way a figure went.</summary>
public enum Trend
{
    /// <summary>There is nothing to compare with.</summary>
    Unknown,
    Same,
    Up,
    Down,
}
