namespace Conclude.Testing.Judging;

/// <summary>A row of <c>prompts</c>.</summary>
/// <param name="Number">In the order of the grants, whatever the clock said.</param>
/// <param name="GrantedAt">Milliseconds.</param>
/// <param name="LiveUntil">Milliseconds.</param>
internal sealed record StoredPrompt(
    long Number, Guid Id, string Name, string UserKey, long GrantedAt, long LiveUntil, string? View, bool IsSeen, string? Reaction, string? Comment, bool IsDismissed);
