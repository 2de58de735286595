namespace Conclude.Grains.Sessions;

/// <summary>One valid event of a request.</summary>
/// <param name="At">Client time.</param>
/// <param name="Age">How old it was when it was sent; never negative.</param>
[GenerateSerializer, Immutable, Alias("Conclude.IncomingEvent")]
public sealed record IncomingEvent(
    [property: Id(0)] Guid Id, [property: Id(1)] string Name, [property: Id(2)] DateTimeOffset At, [property: Id(3)] TimeSpan Age);
