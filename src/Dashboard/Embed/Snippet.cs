using System.Text.Encodings.Web;

namespace Conclude.Dashboard.Embed;

/// <summary>What an app's developer pastes.</summary>
public static class Snippet
{
    /// <summary>The stub keeps calls made before the script has loaded.</summary>
    private const string Stub =
        """window.Conclude=window.Conclude||{q:[],event(...a){this.q.push(["event",a])},identify(...a){this.q.push(["identify",a])}}""";

    /// <param name="host">Address of this server, ending in a slash.</param>
    /// <param name="key">A publishable key.</param>
    public static string Script(string host, string key) =>
        $"""
        <script>{Stub}</script>
        <script async src="{HtmlEncoder.Default.Encode(host)}widget/v1.js" data-key="{HtmlEncoder.Default.Encode(key)}"></script>
        """;

    /// <summary>For between double quotes in JavaScript, and for a shell: keys hold no other signs, and a host is the browser's own.</summary>
    public static string Text(string value) => JavaScriptEncoder.Default.Encode(value);

    /// <param name="eventName">Holds only characters that need no escape in a string (see <c>EventNames</c>).</param>
    public static string Event(string eventName) => $"""Conclude.event("{eventName}")""";

    public const string Identify =
        """
        Conclude.identify({
          externalId: "user_123",
          email: "ada@example.com",
          name: "Ada"
        })
        """;
}
