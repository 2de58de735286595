using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Conclude.Ledger.Telemetry;

/// <summary>
/// What the product tells of itself to whoever measures it. No label holds what a caller chose (event names, users, workspaces): their
/// number has no bound, and some of them are people.
/// </summary>
public static class Signals
{
    /// <summary>Of the meter and of the source of spans.</summary>
    public const string Name = "Conclude";

    public static Meter Meter { get; } = new(Name);

    /// <summary>Starts nothing, and costs a comparison, while nobody listens.</summary>
    public static ActivitySource Spans { get; } = new(Name);
}
