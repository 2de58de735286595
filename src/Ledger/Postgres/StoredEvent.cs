namespace Conclude.Ledger.Postgres;

/// <summary>What a duplicate is answered with.</summary>
/// <param name="Prompt">The prompt granted with it.</param>
internal sealed record StoredEvent(Verdict Verdict, DateTimeOffset? Until, PromptState? Prompt);
