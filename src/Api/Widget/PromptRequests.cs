using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Ledger;

namespace Conclude.Api.Widget;

/// <summary>Claims a prompt for a page view.</summary>
/// <param name="View">Random per page view; at most 200 characters.</param>
internal sealed record SeenRequest(string? View = null);

/// <summary>The one tap.</summary>
internal sealed record ReactionRequest([property: JsonConverter(typeof(SnakeCase<Reaction>))] Reaction? Reaction);

/// <summary>The words after a neutral or frustrated tap.</summary>
/// <param name="Text">1–2,000 characters.</param>
internal sealed record CommentRequest(string? Text);
