using System.Globalization;
using Conclude.Ledger;

namespace Conclude.Api.Audit;

/// <summary>One change to the workspace.</summary>
/// <param name="Kind"><c>moment.created</c> and the like.</param>
/// <param name="Subject">What was changed: an event, a key's id, a member's e-mail, a person's keyed hash; empty for the workspace itself.</param>
/// <param name="Changes">Fields that got another value; secrets never.</param>
internal sealed record AuditEntryJson(
    string Id, DateTimeOffset At, AuditAuthorJson Author, string Kind, string Subject, IReadOnlyList<AuditChangeJson> Changes)
{
    public static AuditEntryJson Of(AuditEntry entry) => new(
        entry.Sequence.ToString(CultureInfo.InvariantCulture), entry.At, new AuditAuthorJson(entry.Author.Kind, entry.Author.Id.Length > 0 ? entry.Author.Id : null),
        entry.Kind, entry.Subject, [.. entry.Changes.Select(static c => new AuditChangeJson(c.Field, c.Before, c.After))]);
}
