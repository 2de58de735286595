namespace Conclude.Ledger;

/// <summary>Which answers to list, newest first. Letter case is ignored, and nothing in a text stands for anything but itself.</summary>
/// <param name="From">Answered at or after.</param>
/// <param name="To">Answered before.</param>
/// <param name="Text">Part of a comment, or of the person's name, e-mail address or external id.</param>
/// <param name="Limit">1–200.</param>
/// <param name="Before">Cursor: answers older than this one.</param>
/// <param name="Company">The whole name or id of a company of the person.</param>
/// <param name="Page">What host and path of the page begin with, such as <c>app.acme.com/reports</c>; or only the path, such as <c>/reports</c>.</param>
public sealed record ResponseQuery(
    string Workspace, string? Event = null, Reaction? Reaction = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? Text = null, int Limit = 50, ResponseCursor? Before = null, bool CommentsOnly = false, string? Company = null, string? Page = null);
