using System.Globalization;
using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Ledger;
using Microsoft.AspNetCore.Mvc;

namespace Conclude.Api.Audit;

/// <summary>Which changes to list.</summary>
/// <param name="Kind">A kind such as <c>moment.changed</c>, or what stands before its dot.</param>
/// <param name="Author">A member's e-mail, the id of a key, or <c>operator</c>.</param>
/// <param name="From">Made at or after.</param>
/// <param name="To">Made before.</param>
/// <param name="Limit">1–200; default 50.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
internal sealed record AuditFilter(
    [FromQuery(Name = "kind")] string? Kind,
    [FromQuery(Name = "author")] string? Author,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "limit")] string? Limit,
    [FromQuery(Name = "cursor")] string? After)
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;
    private const int MaxText = 300;

    /// <summary>The place of an entry in the list, as opaque text.</summary>
    public static string Cursor(long sequence) => sequence.ToString("x16", CultureInfo.InvariantCulture);

    public Reading<AuditQuery> Query(string workspace)
    {
        var fields = new Fields();
        fields.Line(Kind, "kind", MaxText);
        fields.Line(Author, "author", MaxText);
        var limit = DefaultLimit;
        fields.Must(
            string.IsNullOrEmpty(Limit) || (int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit),
            "limit", $"1–{MaxLimit}");
        long? before = null;
        if (!string.IsNullOrEmpty(After))
        {
            var isOne = After.Length == 16 & long.TryParse(After, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sequence) && sequence > 0;
            fields.Must(isOne, "cursor", "is not one that this list gave");
            before = sequence;
        }

        var from = QueryText.Instant(From, "from", fields);
        var to = QueryText.Instant(To, "to", fields);
        return fields.Errors is { } errors
            ? ApiProblem.Validation(errors)
            : new AuditQuery(workspace, Named(Author), string.IsNullOrEmpty(Kind) ? null : Kind, from, to, limit, before);
    }

    private static Author? Named(string? text) => text switch
    {
        null or "" => null,
        "operator" => Ledger.Author.Operator,
        _ when text.Contains('@', StringComparison.Ordinal) => Ledger.Author.Member(text.ToLowerInvariant()),
        _ => Ledger.Author.Key(text),
    };
}
