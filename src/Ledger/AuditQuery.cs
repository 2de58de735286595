namespace Conclude.Ledger;

/// <summary>Which entries of the audit log to list, newest first.</summary>
/// <param name="Author">Only of this one.</param>
/// <param name="Kind">A kind, or what stands before its dot.</param>
/// <param name="From">Made at or after.</param>
/// <param name="To">Made before.</param>
/// <param name="Limit">1–200.</param>
/// <param name="Before">Cursor: entries with a lower sequence.</param>
public sealed record AuditQuery(
    string Workspace, Author? Author = null, string? Kind = null, DateTimeOffset? From = null, DateTimeOffset? To = null, int Limit = 50, long? Before = null);
