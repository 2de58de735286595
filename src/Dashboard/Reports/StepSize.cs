namespace Conclude.Dashboard.Reports;

/// <summary>How long one step of a chart is.</summary>
public enum StepSize
{
    Hour,
    Day,
    Week,
}
