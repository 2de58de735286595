using System.Text.Json.Nodes;

namespace Conclude.Browser.Tests.Widget;

/// <summary>A request as the server's side of the network saw it, and what came of it.</summary>
/// <param name="Path">Without the query.</param>
/// <param name="Status">0 when no answer went out.</param>
internal sealed record Exchange(string Method, string Path, string? Cookie, string? UserAgent, string Body, int Status)
{
    private const string Api = "/api/v1/widget/";

    /// <summary>What of the widget's API it called: <c>config</c>, <c>events</c>, <c>seen</c>, <c>reaction</c>, <c>comment</c>, <c>dismiss</c>; null for the script.</summary>
    public string? Call => Path.StartsWith(Api, StringComparison.Ordinal) ? Path[(Path.LastIndexOf('/') + 1)..] : null;

    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The ids of the events that it carried.</summary>
    public IEnumerable<string> EventIds => Call == "events" ? Json["events"]!.AsArray().Select(static e => (string)e!["id"]!) : [];
}
