namespace Conclude.Grains.Sessions;

/// <summary>The outcome of a step.</summary>
/// <param name="MovedTo">The user key to ask instead, when moved.</param>
[GenerateSerializer, Immutable, Alias("Conclude.AnswerOutcome")]
public sealed record AnswerOutcome([property: Id(0)] AnswerStatus Status, [property: Id(1)] string? MovedTo = null);
