using System.Globalization;
using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Ledger;
using Microsoft.AspNetCore.Mvc;

namespace Conclude.Api.Responses;

/// <summary>Which answers to list.</summary>
/// <param name="Event">Only of this moment.</param>
/// <param name="Reaction"><c>positive</c>, <c>neutral</c> or <c>frustrated</c>.</param>
/// <param name="From">Answered at or after.</param>
/// <param name="To">Answered before.</param>
/// <param name="Company">Whole name or id of a company of the person, letter case ignored.</param>
/// <param name="Page">What host and path of the page begin with, such as <c>app.acme.com/reports</c>, or the path alone, such as <c>/reports</c>; letter case ignored.</param>
/// <param name="Comments"><c>true</c>: only those with a comment.</param>
/// <param name="Q">Part of a comment, or of the person's name, e-mail address or external id; letter case ignored, at most 200 characters.</param>
/// <param name="Limit">1–200; default 50.</param>
/// <param name="Cursor">The <c>next</c> of the page before.</param>
internal sealed record ResponseFilter(
    [FromQuery(Name = "event")] string? Event,
    [FromQuery(Name = "reaction")] string? Reaction,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "company")] string? Company,
    [FromQuery(Name = "page")] string? Page,
    [FromQuery(Name = "comments")] string? Comments,
    [FromQuery(Name = "q")] string? Q,
    [FromQuery(Name = "limit")] string? Limit,
    [FromQuery(Name = "cursor")] string? Cursor)
{
    public const int MaxLimit = 200;
    private const int DefaultLimit = 50;
    private const int MaxText = 200;
    private const int MaxAddress = 2_000;

    public Reading<ResponseQuery> Query(string workspace)
    {
        var fields = new Fields();
        Reaction? reaction = Reaction switch
        {
            null or "" => null,
            "positive" => Ledger.Reaction.Positive,
            "neutral" => Ledger.Reaction.Neutral,
            "frustrated" => Ledger.Reaction.Frustrated,
            _ => default(Reaction),
        };
        fields.Must(reaction != default(Reaction), "reaction", "positive, neutral or frustrated");
        fields.Line(Event, "event", MaxText);
        fields.Line(Company, "company", MaxText);
        fields.Line(Page, "page", MaxAddress);
        fields.Must(Comments is null or "" or "true" or "false" or "True" or "False", "comments", "true or false");
        fields.Line(Q, "q", MaxText);
        var limit = DefaultLimit;
        fields.Must(
            string.IsNullOrEmpty(Limit) || (int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit),
            "limit", $"1–{MaxLimit}");
        var before = string.IsNullOrEmpty(Cursor) ? null : Cursors.Read(Cursor);
        fields.Must(before is not null || string.IsNullOrEmpty(Cursor), "cursor", "is not one that this list gave");
        var from = QueryText.Instant(From, "from", fields);
        var to = QueryText.Instant(To, "to", fields);
        return fields.Errors is { } errors
            ? ApiProblem.Validation(errors)
            : new ResponseQuery(workspace, NullIfEmpty(Event), reaction, from, to, NullIfEmpty(Q), limit, before,
                Comments is "true" or "True", NullIfEmpty(Company), NullIfEmpty(Page));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
