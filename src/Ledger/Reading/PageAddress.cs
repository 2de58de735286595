namespace Conclude.Ledger.Reading;

/// <summary>Host and path of a page's address.</summary>
internal static class PageAddress
{
    private const string SchemeEnd = "://";

    /// <summary>Without scheme, query and fragment.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> url)
    {
        var scheme = url.IndexOf(SchemeEnd, StringComparison.Ordinal);
        var rest = scheme < 0 ? url : url[(scheme + SchemeEnd.Length)..];
        var end = rest.IndexOfAny('?', '#');
        return end < 0 ? rest : rest[..end];
    }

    /// <param name="start">As <see cref="Of"/> gives it; a path alone (<c>/reports</c>) is one on any host. Letter case is ignored.</param>
    public static bool StartsWith(ReadOnlySpan<char> url, ReadOnlySpan<char> start)
    {
        var page = Of(url);
        if (start is ['/', ..])
        {
            var path = page.IndexOf('/');
            return path < 0 ? start is "/" : page[path..].StartsWith(start, StringComparison.OrdinalIgnoreCase);
        }
        // The root of a host may be written without its slash.
        return page.StartsWith(start, StringComparison.OrdinalIgnoreCase)
            || (start is [.. var host, '/'] && page.Equals(host, StringComparison.OrdinalIgnoreCase));
    }
}
