using System.Text.RegularExpressions;

namespace Conclude.Api.Tests.Hosting.Walk;

/// <summary>What an answer says, without what is another each time it is asked.</summary>
internal static partial class Answers
{
    public static async Task<string> Tell(HttpResponseMessage answer)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .Where(static h => h.Key is not ("Date" or "Content-Length" or "ETag" or "Transfer-Encoding" or "RateLimit"))
            .Select(static h => h.Key + ": " + (h.Key == "Set-Cookie" ? string.Join(", ", h.Value.Select(static c => c[..c.IndexOf('=', StringComparison.Ordinal)])) : string.Join(", ", h.Value)));
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers.Order(StringComparer.Ordinal))}\n{await answer.Content.ReadAsStringAsync()}";
    }

    /// <summary>Without ids, times and numbers that the server makes up.</summary>
    public static string Still(string text) => Changing().Replace(text, "·");

    /// <summary>Without the times of keys' use, which any reading moves.</summary>
    public static string Unused(string text) => Used().Replace(text, "·");

    /// <summary>Where two answers part; null when they are the same.</summary>
    public static string? Difference(string one, string other)
    {
        if (one == other)
        {
            return null;
        }

        var (lines, others) = (one.Split('\n'), other.Split('\n'));
        var at = 0;
        while (at < lines.Length && at < others.Length && lines[at] == others[at])
        {
            at++;
        }

        return $"- {lines.ElementAtOrDefault(at)}\n+ {others.ElementAtOrDefault(at)}";
    }

    [GeneratedRegex(
        """(?<=lastUsedAt":)(null|"[^"]*")|\d+ (s|min) ago|\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|CfDJ8[\w+/=\\-]+|(?<=connection(Id|Token)":")[\w-]+|(?<=code-)[0-9a-f]{32}|(?<=prerenderId":")\w+|(?<=(version|sequence)":\s?)\d+|(?<=nonce[-=]"?)[\w+/=-]+|(?<=(wh|sk|pk)\w*_)\w{16,}|(?<="id":")\w{8,}(?=")""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Changing();

    [GeneratedRegex("""(?<=lastUsedAt":)(null|"[^"]*")""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Used();
}
