using Conclude.Ledger;

namespace Conclude.Grains.Moments;

/// <summary>The live counters of one event name.</summary>
[Alias("Conclude.IMomentGrain")]
public interface IMomentGrain : IGrainWithStringKey
{
    /// <summary>All-time counters; zero for a name that was never fired.</summary>
    [Alias("Totals")]
    Task<Counters> Totals();
}
