namespace Conclude.Api.Audit;

/// <summary>A page of changes.</summary>
internal sealed record AuditJson(IReadOnlyList<AuditEntryJson> Items, string? Next);
