using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Api.Errors;

namespace Conclude.Api.Tests.Whole.Fuzz;

/// <summary>What no answer may be, whatever was asked.</summary>
internal static class Judge
{
    private static readonly HashSet<string> Known = [.. typeof(Codes).GetFields().Select(static f => (string)f.GetRawConstantValue()!)];

    /// <summary>Of code, of the store and of the machine. None of them is in what the suite sends.</summary>
    private static readonly string[] Inside =
        ["   at ", "Exception", ".cs:line", "Npgsql", "Sqlite", "SQLite", "SQLSTATE", "SELECT ", "INSERT INTO", "conclude-api-", "/home/", "/root/", "System.", "Microsoft."];

    /// <summary>What the web server itself says to a request that it cannot read: nothing.</summary>
    private static readonly int[] Unread = [400, 404, 405, 408, 411, 413, 414, 417, 426, 431, 501];

    /// <param name="original">Before anything was changed.</param>
    /// <returns>Null when the answer is as it should be.</returns>
    public static string? Complaint(Shot original, Shot shot, WireAnswer answer)
    {
        var isRead = shot.Method == original.Method && shot.Path == original.Path && shot.Header("Host") == original.Header("Host");
        if (answer.Status == 0)
        {
            // The head was too long to be read to its end, so the answer may be lost with the connection.
            return shot.Bytes().Length - (shot.Body?.Length ?? 0) > 16 * 1024 ? null : "no answer";
        }

        if (answer.Status >= 500 && !(answer.Status == 503 && answer.Headers["retry-after"].Any() && Code(answer) is Codes.Busy or Codes.StoreUnavailable) && !(answer.Status is 501 or 505 && answer.Body.Length == 0))
        {
            return $"{answer.Status} {answer.Body}";
        }

        if (answer.Status < 400)
        {
            return null;
        }

        if (Inside.FirstOrDefault(i => answer.Body.Contains(i, StringComparison.Ordinal)) is { } told && !shot.Query.Contains(told.Trim(), StringComparison.Ordinal))
        {
            return $"{answer.Status} tells of the inside ({told}): {answer.Body}";
        }

        if (shot.Method == "HEAD")
        {
            return null;
        }

        if (answer.MediaType == "application/problem+json")
        {
            return Code(answer) is { } code && Known.Contains(code) ? null : $"{answer.Status} without a code: {answer.Body}";
        }

        var isApi = original.Path.StartsWith("/api/", StringComparison.Ordinal) && isRead;
        return !isApi || (answer.Body.Length == 0 && answer.Headers["connection"].Contains("close") && Unread.Contains(answer.Status))
            ? null
            : $"{answer.Status} is no problem+json: {answer.MediaType} {answer.Body}";
    }

    private static string? Code(WireAnswer answer)
    {
        try
        {
            return (string?)JsonNode.Parse(answer.Body)?["code"];
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
