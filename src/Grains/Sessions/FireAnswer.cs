using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>What became of one event.</summary>
/// <param name="Prompt">The prompt granted with it, as it stands now; set for duplicates too.</param>
[GenerateSerializer, Immutable, Alias("Conclude.FireAnswer")]
public sealed record FireAnswer(
    [property: Id(0)] Guid Id,
    [property: Id(1)] FireStatus Status,
    [property: Id(2)] Verdict Verdict,
    [property: Id(3)] DateTimeOffset? Until,
    [property: Id(4)] Prompt? Prompt);
