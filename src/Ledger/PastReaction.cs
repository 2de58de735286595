namespace Conclude.Ledger;

/// <summary>One answer in somebody's history.</summary>
public sealed record PastReaction(Guid PromptId, string Event, Reaction Reaction, DateTimeOffset At);
