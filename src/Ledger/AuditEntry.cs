using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>One change to a workspace: who, when, what.</summary>
/// <param name="Sequence">Grows within a workspace, from 1 by ones where the log is as old as the workspace; stored once however often it is handed in.</param>
/// <param name="Kind"><c>moment.created</c> and the like: what it is about, a dot, what was done.</param>
/// <param name="Subject">What was changed: an event, a key's id, a member's e-mail; empty for the workspace itself.</param>
[GenerateSerializer, Immutable, Alias("Conclude.AuditEntry")]
public sealed record AuditEntry(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] Author Author,
    [property: Id(3)] string Kind,
    [property: Id(4)] string Subject,
    [property: Id(5)] ImmutableArray<AuditChange> Changes)
{
    /// <summary>Of a value before or after; longer ones end in an ellipsis.</summary>
    public const int MaxText = 400;
}
