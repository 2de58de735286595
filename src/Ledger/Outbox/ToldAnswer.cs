namespace Conclude.Ledger.Outbox;

/// <summary>The answer that a delivery tells of.</summary>
public sealed record ToldAnswer(
    Guid PromptId, string Event, string Question, Reaction Reaction, string? Comment, Person Person, PageContext Context,
    DateTimeOffset ReactedAt, DateTimeOffset? CommentedAt);
