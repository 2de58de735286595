namespace Conclude.Ledger;

/// <summary>One event name as it stood after a commit: absolute values, never increments.</summary>
/// <param name="Epoch">Raised by a repair or a restored backup: a higher epoch replaces, within one the larger value wins.</param>
/// <param name="Hour">Start of the UTC hour that <paramref name="InHour"/> counts.</param>
[GenerateSerializer, Immutable, Alias("Conclude.EventTotals")]
public sealed record EventTotals(
    [property: Id(0)] string Event,
    [property: Id(1)] long Epoch,
    [property: Id(2)] DateTimeOffset FirstSeen,
    [property: Id(3)] DateTimeOffset LastSeen,
    [property: Id(4)] Counters AllTime,
    [property: Id(5)] DateTimeOffset Hour,
    [property: Id(6)] Counters InHour);
