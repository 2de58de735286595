namespace Conclude.Dashboard.Reports;

/// <summary>From where to where a share, or a difference of two, may truly lie.</summary>
public readonly record struct Interval(double Low, double High)
{
    public double Width => High - Low;

    public bool Includes(double value) => Low <= value && value <= High;
}
