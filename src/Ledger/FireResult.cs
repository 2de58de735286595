namespace Conclude.Ledger;

/// <summary>What the ledger holds after a fire: for a duplicate, what it held before.</summary>
/// <param name="Verdict">The stored verdict. A grant over its response cap is stored as <see cref="Verdict.ResponseCap"/>, without a prompt.</param>
/// <param name="Prompt">The prompt granted with this event id, as it stands now.</param>
public sealed record FireResult(FireStatus Status, Verdict Verdict, DateTimeOffset? Until, Prompt? Prompt);
