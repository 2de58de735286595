using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Conclude.Api;

/// <summary>Entity tags over versions, and the two conditions on them (RFC 9110, 13.1).</summary>
internal static class Etags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Whether an <c>If-None-Match</c> or <c>If-Match</c> names the tag; weakness is ignored.</summary>
    public static bool Match(StringValues condition, string etag)
    {
        foreach (var line in condition)
        {
            foreach (var tag in (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (tag == "*" || (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag) == etag)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Tells the caller the version.</summary>
    /// <returns>Whether the caller has it already: answer 304.</returns>
    public static bool Has(HttpContext context, long version)
    {
        var etag = Of(version);
        context.Response.Headers.ETag = etag;
        return Match(context.Request.Headers.IfNoneMatch, etag);
    }

    /// <summary>The one version that an <c>If-Match</c> asks for: null for none or any, -1 for a tag that was never given out.</summary>
    public static long? Expected(StringValues ifMatch)
    {
        var tag = ifMatch.Count == 1 ? ifMatch[0]!.Trim() : null;
        tag = tag?.StartsWith("W/", StringComparison.Ordinal) is true ? tag[2..] : tag;
        return tag is null or "" or "*" ? null
            : long.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
            : -1;
    }
}
