namespace Conclude.Api.Audit;

/// <summary>One field of a change.</summary>
internal sealed record AuditChangeJson(string Field, string? Before, string? After);
