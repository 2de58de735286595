namespace Conclude.Dashboard.Reports;

/// <summary>One step from fires to comments.</summary>
/// <param name="Id">For an attribute.</param>
/// <param name="Before">How many there were at the step before; null for the first.</param>
/// <param name="Fires">How many there were at the first.</param>
public sealed record FunnelStep(string Id, string Label, string Meaning, long Count, long? Before, long Fires)
{
    /// <summary>0–1; how long its bar is.</summary>
    public double OfAll => Fires == 0 ? 0 : Math.Min(1, (double)Count / Fires);

    /// <summary>It holds what began before the range.</summary>
    public bool Exceeds => Count > Before;
}
