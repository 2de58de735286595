namespace Conclude.Ledger;

/// <summary>A prompt as a person would want to see it, with who they were and where, as it was then.</summary>
public sealed record PersonPrompt
{
    public required Guid Id { get; init; }
    public required string Event { get; init; }
    public required string Question { get; init; }
    public string? FollowUp { get; init; }
    public required DateTimeOffset GrantedAt { get; init; }
    public DateTimeOffset? SeenAt { get; init; }
    public DateTimeOffset? DismissedAt { get; init; }
    public Reaction? Reaction { get; init; }
    public DateTimeOffset? ReactedAt { get; init; }
    public string? Comment { get; init; }
    public DateTimeOffset? CommentedAt { get; init; }
    public required Person Person { get; init; }
    public required PageContext Context { get; init; }

    /// <summary>The page view that claimed it.</summary>
    public string? View { get; init; }
}
