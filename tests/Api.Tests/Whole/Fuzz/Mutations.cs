using System.Text;

namespace Conclude.Api.Tests.Whole.Fuzz;

/// <summary>Changes one thing about a request.</summary>
internal static class Mutations
{
    private static readonly string[] Segments =
    [
        "x%2Fy", "x%2fy", ".", "..", "%2e", "%2e%2e", "x%2Fy/.", "x%2Fy/..", "%2F", "%5C", "\\", "%00", "a%00b", "%ff", "%c0%af", "%ed%a0%80", "%", "%z", "%2", "%25", "%252F", "%2500", "", "a:b", "a;b=1", "*", "~", "'",
        "\"", "<x>", "{id}", "[0]", "%0d%0aX: 1", "%20", "%E2%80%AE", "%E2%84%AA", "null", "-1", "00000000-0000-0000-0000-000000000000", "CON", "v1.js", "export.csv",
    ];

    private static readonly string[] Names =
        ["event", "reaction", "from", "to", "company", "page", "comments", "q", "limit", "cursor", "interval", "kind", "author", "key", "token", "returnUrl", "range", "split", "show", "person", "externalId", "anonymousId", "id", "who", "table", "url", "_handler", ""];

    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf-16", "application/json; charset=nonsense", "text/plain", "text/plain;charset=UTF-7", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"x\"", "multipart/form-data; boundary=" + LongBoundary, "text/html", "application/problem+json", "", ";", "a", "*/*", "application/json;;;", "application/xml", "image/png",
    ];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "Q", "GETGETGETGETGETGETGETGET"];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("If-Match", ["*", "\"1\"", "W/\"1\"", "\"99999999999999999999\"", "\"-1\"", "1", "\"\"", "\"1\", \"2\"", ",", "\"1", "\"x\""]),
        ("If-None-Match", ["*", "\"1\"", "W/\"1\"", "\"99999999999999999999\"", ",", "\"1"]),
        ("If-Modified-Since", ["Sat, 29 Oct 1994 19:43:31 GMT", "yesterday", "Sat, 32 Oct 9999 99:99:99 GMT"]),
        ("Idempotency-Key", ["k", "\"k\"", "", " ", "0193a5b0-0000-7000-8000-000000000001", new string('k', 255), new string('k', 256), new string('k', 4_000), "a,b", "a b"]),
        ("Origin", ["null", "https://app.acme.com", "https://evil.example", "http://", "https://a b", "javascript:x", "https://ex\u00e4mple.com", "https://\u202e.com", "*", "https://a.com, https://b.com", new string('o', 3_000)]),
        ("Last-Event-ID", ["0193a5b0-0000-7000-8000-000000000001", "00000000-0000-0000-0000-000000000000", "x", "", "-1", new string('9', 3_000)]),
        ("x-conclude-api-key", ["", "x", "pk_live_", "sk_live_" + new string('0', 48), "sk_live_" + new string('0', 5_000), "pk_live_\u00e9", "Bearer x"]),
        ("Accept", ["*/*", "text/html", "application/json;q=x", ",", "text/csv", new string('*', 3_000)]),
        ("Accept-Encoding", ["gzip", "br;q=1", "identity;q=0, *;q=0", "nonsense"]),
        ("Accept-Language", ["de", "xx-XX-XX", "*", "de;q=abc", new string('d', 3_000)]),
        ("Range", ["bytes=0-1", "bytes=5-1", "bytes=-", "lines=1"]),
        ("User-Agent", ["", "Googlebot", new string('u', 8_000), "x\u0001y", "Mozilla/5.0 (\u202e)", "\u00ff\u00fe"]),
        ("Referer", ["http://", "https://evil.example/\u202e", new string('r', 3_000)]),
        ("X-Forwarded-For", ["127.0.0.1", "x", "1.2.3.4, 5.6.7.8", "[::1]:99999", new string(',', 3_000)]),
        ("X-Forwarded-Proto", ["https", "x", "javascript"]),
        ("X-Forwarded-Host", ["evil.example", "a b", "["]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("Forwarded", ["for=\"[::1]\";proto=https"]),
        ("Cookie", ["", "=", "conclude=x", "conclude-forms=x", "conclude-zone=Nowhere/Land", "conclude-zone=../../etc", "conclude-theme=x", new string('c', 8_000), "a=b; a=b; ; =", "conclude=CfDJ8" + "AAAA", "x=\u00e9"]),
        ("RequestVerificationToken", ["x", "CfDJ8AAAA"]),
        ("Expect", ["100-continue", "200-ok"]),
        ("Connection", ["close", "keep-alive", "Upgrade", "x, y"]),
        ("Upgrade", ["websocket", "h2c"]),
        ("traceparent", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "x", "00-" + "0", new string('0', 3_000)]),
        ("tracestate", ["a=b", new string('t', 3_000)]),
        ("Host", ["", "evil.example", "a b", "[::1", "x:99999", "\u00e9", "localhost, evil"]),
    ];

    private const string LongBoundary = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    /// <summary>Of those that fit the request, one.</summary>
    public static Shot Mutate(Shot shot, int seed)
    {
        Random random = new(seed);
        return random.Next(10) switch
        {
            <= 4 when shot.Body is not null => Body(shot, random),
            5 or 6 => Query(shot, random),
            7 => Segment(shot, random),
            8 or 9 => Header(shot, random),
            _ when random.Next(12) == 0 => shot with { Method = Methods[random.Next(Methods.Length)] },
            _ => random.Next(3) switch { 0 => Segment(shot, random), 1 => Query(shot, random), _ => Header(shot, random) },
        };
    }

    private static Shot Body(Shot shot, Random random) =>
        random.Next(12) == 0 ? shot.With("Content-Type", Types[random.Next(Types.Length)])
        : random.Next(20) == 0 ? shot.With("Transfer-Encoding", "chunked")
        : shot.Header("Content-Type")?.Contains("form", StringComparison.Ordinal) is true ? shot with { Body = Form(shot.Body!, random) }
        : shot with { Body = JsonMutations.Mutate(shot.Body!, random) };

    private static byte[] Form(byte[] body, Random random)
    {
        var fields = Encoding.Latin1.GetString(body).Split('&').ToList();
        // The token of the form comes last, so that most of what is changed is not refused before it is read.
        var at = random.Next(10) == 0 ? fields.Count - 1 : random.Next(Math.Max(1, fields.Count - 1));
        var name = fields[at].Split('=')[0];
        switch (random.Next(12))
        {
            case 0:
                fields.RemoveAt(at);
                break;
            case 1:
                fields.Insert(at, fields[at]);
                break;
            case 2:
                fields[at] = name;
                break;
            case 3:
                fields[at] = name + "=" + new[] { "%", "%zz", "%00", "%ff%fe", "%ed%a0%80", "%u0041", "\xff", "\0", "=" }[random.Next(9)];
                break;
            case 4:
                fields[at] = fields[at].Replace("Input.", new[] { "Input[", "Input..", "input.", "Input.Input.", "", "Input%5B0%5D." }[random.Next(6)], StringComparison.Ordinal);
                break;
            case 5:
                fields.InsertRange(at, Enumerable.Repeat("x=y", random.Next(2) == 0 ? 1_100 : 30));
                break;
            case 6:
                fields.Insert(at, string.Concat(Enumerable.Repeat("Input.A[0].", 300)) + "x=1");
                break;
            case 7:
                fields.Insert(at, new string('n', 5_000) + "=1");
                break;
            case 8:
                fields[at] = name + "=" + new string('v', random.Next(2) == 0 ? 70_000 : 3_000);
                break;
            default:
                fields[at] = name + "=" + Encoded(HostileText.Any(random));
                break;
        }

        return Encoding.Latin1.GetBytes(string.Join('&', fields));
    }

    private static Shot Query(Shot shot, Random random)
    {
        var parts = shot.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (parts.Count == 0 || random.Next(4) == 0)
        {
            parts.Add(Names[random.Next(Names.Length)] + "=" + Encoded(HostileText.Any(random)));
        }

        var at = random.Next(parts.Count);
        var name = parts[at].Split('=')[0];
        switch (random.Next(9))
        {
            case 0:
                parts.Insert(at, parts[at]);
                break;
            case 1:
                parts[at] = name + "=";
                break;
            case 2:
                parts[at] = name;
                break;
            case 3:
                parts[at] = name + "=" + new[] { "%00", "%", "%zz", "%ff", "%c0%af", "%ed%a0%80", "%u0041", "+", "\xe9", "a%00b", "[]", "#", "%0d%0a" }[random.Next(13)];
                break;
            case 4:
                parts[at] = name + "=" + new string('9', random.Next(2) == 0 ? 7_000 : 400);
                break;
            case 5:
                parts[at] = name + "[]=" + "x";
                break;
            case 6 when random.Next(3) == 0:
                parts.AddRange(Enumerable.Repeat("a=1", 1_500));
                break;
            default:
                parts[at] = name + "=" + Encoded(HostileText.Any(random));
                break;
        }

        return shot with { Query = "?" + string.Join('&', parts) };
    }

    private static Shot Segment(Shot shot, Random random)
    {
        var segments = shot.Path.Split('/');
        // Mostly the last ones: there stand what is named.
        var at = random.Next(3) == 0 ? random.Next(1, segments.Length) : Math.Max(1, segments.Length - 1 - random.Next(2));
        segments[at] = random.Next(9) switch
        {
            0 => segments[at] + ".",
            1 => segments[at] + "/",
            2 => segments[at].ToUpperInvariant(),
            3 => new string('x', random.Next(2) == 0 ? 300 : 7_000),
            4 => Shot.Utf8(segments[at] + "\u00e9"),
            5 => Encoded(HostileText.Any(random)),
            _ => Segments[random.Next(Segments.Length)],
        };
        return shot with { Path = string.Join('/', segments) };
    }

    private static Shot Header(Shot shot, Random random)
    {
        switch (random.Next(14))
        {
            case 0:
                return shot with { Headers = [.. shot.Headers, .. Enumerable.Range(0, random.Next(2) == 0 ? 50 : 90).Select(static n => ($"X-{n}", "x"))] };
            case 1:
                return shot.With("X-Long", new string('x', random.Next(2) == 0 ? 9_000 : 20_000));
            case 2:
                return shot.With("Content-Type", Types[random.Next(Types.Length)]);
            case 3 when shot.Headers.Length > 0:
                var one = shot.Headers[random.Next(shot.Headers.Length)];
                return shot with { Headers = [.. shot.Headers, one] };
            case 4 when shot.Headers.Length > 0:
                return shot.Without(shot.Headers[random.Next(shot.Headers.Length)].Name);
            case 5:
                return shot.With(random.Next(2) == 0 ? "X Y" : "", "x");
            default:
                var (name, values) = Headers[random.Next(Headers.Length)];
                return shot.With(name, Shot.Utf8(values[random.Next(values.Length)]));
        }
    }

    private static string Encoded(string text) => Uri.EscapeDataString(text);
}
