using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Conclude.Api.Keys;

/// <summary>Takes the API key out of a request.</summary>
internal static class KeyReading
{
    public const string Header = "x-conclude-api-key";
    private const string Parameter = "key";

    public static string? FromHeader(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var values) && values.Count == 1 ? values[0] : null;

    /// <summary>
    /// Takes the key out of the query, so that whatever logs or traces the request from here on does not see it.
    /// </summary>
    public static string? TakeFromQuery(HttpRequest request)
    {
        if (!request.QueryString.HasValue)
        {
            return null;
        }

        string? key = null;
        var rest = QueryString.Empty;
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            if (pair.DecodeName().Span.Equals(Parameter, StringComparison.OrdinalIgnoreCase))
            {
                key ??= pair.DecodeValue().ToString();
            }
            else
            {
                rest = rest.Add(pair.DecodeName().ToString(), pair.DecodeValue().ToString());
            }
        }

        if (key is not null)
        {
            request.QueryString = rest;
        }

        return key;
    }
}
