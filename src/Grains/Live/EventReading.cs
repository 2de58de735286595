using Conclude.Ledger;

namespace Conclude.Grains.Live;

/// <summary>
/// The latest known counters of a name. Readings may come late, twice or out of order: within an epoch the larger value of each
/// column wins, a higher epoch replaces, a lower one is ignored.
/// </summary>
public readonly record struct EventReading(long Epoch, Counters Counters)
{
    public static EventReading None { get; } = new(0, Counters.Zero);

    public EventReading With(long epoch, Counters counters) =>
        epoch > Epoch ? new(epoch, counters)
        : epoch < Epoch ? this
        : new(Epoch, Counters.Max(counters));
}
