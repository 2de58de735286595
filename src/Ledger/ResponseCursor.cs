namespace Conclude.Ledger;

/// <summary>The last answer of a page.</summary>
public sealed record ResponseCursor(DateTimeOffset At, Guid PromptId);
