using System.Collections.Immutable;

namespace Conclude.Grains.Sessions;

/// <summary>One answer for each event, in order; or where to go with the rest.</summary>
/// <param name="Answers">One for each event that was settled here; all of them unless <paramref name="MovedTo"/> is set.</param>
/// <param name="MovedTo">This browser belongs to a person: ask that session (a user key) about the events that have no answer.</param>
[GenerateSerializer, Immutable, Alias("Conclude.FireBatchAnswer")]
public sealed record FireBatchAnswer(
    [property: Id(0)] ImmutableArray<FireAnswer> Answers, [property: Id(1)] string? MovedTo);
