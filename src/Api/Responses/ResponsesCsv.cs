using System.Globalization;
using Conclude.Ledger;
using CsvHelper;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Responses;

/// <summary>
/// All answers of a query as comma-separated values (RFC 4180), page by page as the client takes them. A cell that a spreadsheet would take
/// for a formula gets an apostrophe before it.
/// </summary>
internal sealed class ResponsesCsv(ILedgerSearch ledger, ResponseQuery query) : IResult
{
    private const string Separator = "; ";

    /// <summary>Between two looks at whether the reader is still there, and no connection to the store is held for longer.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    private static readonly CsvWriterOptions Form = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    private const string Plain = "=+-@";
    private const string FullWidth = "\uff1d\uff0b\uff0d\uff20";

    private static readonly string[] Columns =
        ["promptId", "event", "reaction", "comment", "externalId", "email", "name", "companies", "url", "locale", "device", "at"];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var cancellation = httpContext.RequestAborted;
        // Before the first byte: a store that does not answer is a problem, not half a file. Later it breaks the connection off.
        var page = await ledger.SearchResponses(query, Slice, cancellation);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = "attachment; filename=\"responses.csv\"";
        await using var csv = CsvWriter.Create(response.Body, Form, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, cancellation);
        while (true)
        {
            foreach (var answer in page.Items)
            {
                await csv.WriteRecordAsync(Cells(answer), cancellation);
            }

            await csv.FlushAsync(cancellation);
            if (page.Next is not { } next)
            {
                return;
            }

            page = await ledger.SearchResponses(query with { Before = next }, Slice, cancellation);
        }
    }

    private static string[] Cells(Response answer) =>
    [
        answer.PromptId.ToString(), answer.Event, answer.Reaction.ToString().ToLowerInvariant(), Text(answer.Comment),
        Text(answer.Person.ExternalId), Text(answer.Person.Email), Text(answer.Person.Name),
        Text(string.Join(Separator, answer.Person.Companies.Select(static c => c.Name ?? c.Id))),
        Text(answer.Context.Url), Text(answer.Context.Locale), Text(answer.Context.Device),
        answer.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
    ];

    /// <summary>Full-width signs are formulas to spreadsheets of some languages, and what follows a blank or a mark without width to others; the writer knows the plain ones alone.</summary>
    private static string Text(string? text)
    {
        var at = 0;
        while (at < text?.Length && (char.IsWhiteSpace(text[at]) || char.GetUnicodeCategory(text[at]) is UnicodeCategory.Format or UnicodeCategory.Control))
        {
            at++;
        }

        return at < text?.Length && (FullWidth.Contains(text[at], StringComparison.Ordinal) || (at > 0 && Plain.Contains(text[at], StringComparison.Ordinal))) ? "'" + text : text ?? "";
    }
}
