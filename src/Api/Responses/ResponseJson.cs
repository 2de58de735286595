using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Ledger;

namespace Conclude.Api.Responses;

/// <summary>A page of answers, newest first.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record ResponsesJson(IReadOnlyList<ResponseJson> Items, string? Next);

/// <summary>An answer, with the person and page as they were when it was asked for.</summary>
/// <param name="At">When the reaction arrived.</param>
internal sealed record ResponseJson(
    Guid PromptId, string Event, [property: JsonConverter(typeof(SnakeCase<Reaction>))] Reaction Reaction, string? Comment,
    ResponseUserJson User, ResponseContextJson Context, DateTimeOffset At)
{
    public static ResponseJson Of(Response response) => new(
        response.PromptId, response.Event, response.Reaction, response.Comment,
        new ResponseUserJson(
            response.Person.ExternalId, response.Person.Email, response.Person.Name,
            [.. response.Person.Companies.Select(static c => new ResponseCompanyJson(c.Id, c.Name, c.MonthlySpend, c.Created))]),
        new ResponseContextJson(response.Context.Url, response.Context.Locale, response.Context.Device),
        response.At);
}

/// <summary>Who answered; all null for a browser that was never identified.</summary>
internal sealed record ResponseUserJson(string? ExternalId, string? Email, string? Name, IReadOnlyList<ResponseCompanyJson> Companies);

/// <summary>A company of the person who answered.</summary>
internal sealed record ResponseCompanyJson(string Id, string? Name, decimal? MonthlySpend, DateTimeOffset? Created);

/// <summary>The page that asked.</summary>
internal sealed record ResponseContextJson(string? Url, string? Locale, string? Device);
