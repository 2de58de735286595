namespace Conclude.Ledger;

/// <summary>One field that a change gave another value; secrets are never in it.</summary>
/// <param name="Field">Its JSON name.</param>
/// <param name="Before">As text, at most <see cref="AuditEntry.MaxText"/> characters; null when there was none.</param>
/// <param name="After">Likewise.</param>
[GenerateSerializer, Immutable, Alias("Conclude.AuditChange")]
public sealed record AuditChange([property: Id(0)] string Field, [property: Id(1)] string? Before, [property: Id(2)] string? After);
