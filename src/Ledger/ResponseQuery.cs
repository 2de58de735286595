namespace Conclude.Ledger;

/// <summary>Which answers to list, newest first.</summary>
/// <param name="From">Answered at or after.</param>
/// <param name="To">Answered before.</param>
/// <param name="Text">Part of a comment, letter case ignored.</param>
/// <param name="Limit">1–200.</param>
/// <param name="Before">Cursor: answers older than this one.</param>
public sealed record ResponseQuery(
    string Workspace, string? Event = null, Reaction? Reaction = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? Text = null, int Limit = 50, ResponseCursor? Before = null, bool CommentsOnly = false);
