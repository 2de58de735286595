namespace Conclude.Ledger;

/// <summary>An answer with the person and page as they were when it was shown.</summary>
/// <param name="At">When the reaction arrived.</param>
public sealed record Response(
    Guid PromptId, string Event, Reaction Reaction, string? Comment, Person Person, PageContext Context, DateTimeOffset At)
{
    /// <summary>Whose answer it is; null when that was not read.</summary>
    public string? UserKey { get; init; }
}
