using System.Globalization;
using Conclude.Ledger;
using CsvHelper;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Responses;

/// <summary>
/// All answers of a query as comma-separated values (RFC 4180), page by page as the client takes them. A cell that a spreadsheet would take
/// for a formula gets an apostrophe before it.
/// </summary>
internal sealed class ResponsesCsv(ILedger ledger, ResponseQuery query) : IResult
{
    private const string Separator = "; ";

    private static readonly CsvWriterOptions Form = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    private static readonly string[] Columns =
        ["promptId", "event", "reaction", "comment", "externalId", "email", "name", "companies", "url", "locale", "device", "at"];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var cancellation = httpContext.RequestAborted;
        // Before the first byte: a store that does not answer is a problem, not half a file. Later it breaks the connection off.
        var page = await ledger.ReadResponses(query, cancellation);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = "attachment; filename=\"responses.csv\"";
        await using var csv = CsvWriter.Create(response.Body, Form, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, cancellation);
        while (!page.IsEmpty)
        {
            foreach (var answer in page)
            {
                await csv.WriteRecordAsync(Cells(answer), cancellation);
            }

            await csv.FlushAsync(cancellation);
            page = page.Length < query.Limit
                ? []
                : await ledger.ReadResponses(query with { Before = new ResponseCursor(page[^1].At, page[^1].PromptId) }, cancellation);
        }
    }

    private static string[] Cells(Response answer) =>
    [
        answer.PromptId.ToString(), answer.Event, answer.Reaction.ToString().ToLowerInvariant(), answer.Comment ?? "",
        answer.Person.ExternalId ?? "", answer.Person.Email ?? "", answer.Person.Name ?? "",
        string.Join(Separator, answer.Person.Companies.Select(static c => c.Name ?? c.Id)),
        answer.Context.Url ?? "", answer.Context.Locale ?? "", answer.Context.Device ?? "",
        answer.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
    ];
}
