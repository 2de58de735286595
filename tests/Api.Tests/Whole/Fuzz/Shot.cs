using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Conclude.Api.Tests.Whole.Fuzz;

/// <summary>A request as it goes over the wire. Each character of its head is one byte: <see cref="Utf8"/> makes text of more than ASCII fit.</summary>
internal sealed record Shot(string Method, string Path, string Query, ImmutableArray<(string Name, string Value)> Headers, byte[]? Body)
{
    private const int MostShown = 2_000;

    /// <summary>A cookie is longer, and of no use to anybody when the test has ended.</summary>
    private const int MostOfHeader = 300;

    public bool IsChunked => Headers.Any(static h => h.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase));

    public string? Header(string name) => Headers.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public Shot With(string name, string value) => Without(name) with { Headers = [.. Without(name).Headers, (name, value)] };

    public Shot Without(string name) => this with { Headers = [.. Headers.Where(h => !h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))] };

    public static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public byte[] Bytes()
    {
        var head = new StringBuilder($"{Method} {Path}{Query} HTTP/1.1\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Body is not null && !IsChunked)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        }

        var body = Body is null ? [] : IsChunked ? Chunked(Body) : Body;
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    /// <summary>A line for a shell that sends the same.</summary>
    public string Curl(Uri server)
    {
        var line = new StringBuilder();
        if (Body is { Length: > 0 })
        {
            line.Append("printf '").Append(Printf(Body)).Append("' | ");
        }

        line.Append("curl -i --path-as-is -X ").Append(Quoted(Method)).Append(' ').Append(Quoted(server.GetLeftPart(UriPartial.Authority) + Path + Query));
        foreach (var (name, value) in Headers.Where(static h => h.Name is not "Host"))
        {
            line.Append(" -H ").Append(Quoted(value.Length == 0 ? name + ";" : $"{name}: {(value.Length > MostOfHeader ? value[..MostOfHeader] + "..." : value)}"));
        }

        return line.Append(Body is { Length: > 0 } ? " --data-binary @-" : "").ToString();
    }

    private static string Quoted(string text)
    {
        var shown = text.Length > MostShown ? string.Create(CultureInfo.InvariantCulture, $"{text[..100]}…{text.Length} characters") : text;
        return shown.All(static c => c is >= ' ' and < '\x7f' and not '\'')
            ? $"'{shown}'"
            : $"$'{string.Concat(shown.Select(static c => c is >= ' ' and < '\x7f' and not ('\'' or '\\') ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}")))}'";
    }

    private static string Printf(byte[] body)
    {
        var shown = string.Concat(body.Take(MostShown).Select(static b => b is >= (byte)' ' and < 0x7f and not ((byte)'\'' or (byte)'\\' or (byte)'%') ? ((char)b).ToString() : $"\\{Convert.ToString(b, 8).PadLeft(3, '0')}"));
        return body.Length > MostShown ? string.Create(CultureInfo.InvariantCulture, $"{shown}…{body.Length} bytes") : shown;
    }

    private static byte[] Chunked(byte[] body) =>
        body.Length == 0 ? "0\r\n\r\n"u8.ToArray() : [.. Encoding.ASCII.GetBytes(body.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. body, .. "\r\n0\r\n\r\n"u8];
}
