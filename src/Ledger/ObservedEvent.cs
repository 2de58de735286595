namespace Conclude.Ledger;

/// <summary>A name that has been fired at least once.</summary>
/// <param name="Last24Hours">Fires in the last 24 hours, in steps of whole hours.</param>
[GenerateSerializer, Immutable, Alias("Conclude.ObservedEvent")]
public sealed record ObservedEvent(
    [property: Id(0)] string Name,
    [property: Id(1)] DateTimeOffset FirstSeen,
    [property: Id(2)] DateTimeOffset LastSeen,
    [property: Id(3)] Counters AllTime,
    [property: Id(4)] long Last24Hours);
