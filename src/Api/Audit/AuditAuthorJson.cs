using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Ledger;

namespace Conclude.Api.Audit;

/// <summary>Who made a change.</summary>
/// <param name="Id">A member's e-mail or the id of a key; null for the operator.</param>
internal sealed record AuditAuthorJson([property: JsonConverter(typeof(SnakeCase<AuthorKind>))] AuthorKind Kind, string? Id);
