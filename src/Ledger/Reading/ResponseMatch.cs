using System.Text;
using System.Text.Json;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>
/// Whether an answer is one that a query asks for. Here rather than in SQL, where each store folds letter case in its own way (SQLite
/// that of ASCII alone), and where what a person typed would have to be kept from being read as a pattern.
/// </summary>
internal sealed class ResponseMatch(ResponseQuery query)
{
    private readonly string? _page = query.Page is { } page ? PageAddress.Of(page).ToString() : null;

    private readonly string? _writtenText = Written(query.Text);
    private readonly string? _writtenCompany = Written(query.Company);

    /// <summary>Rows are looked at that may not match.</summary>
    public bool IsSelective => query is not { Reaction: null, CommentsOnly: false, Text: null, Company: null, Page: null };

    public bool Holds(Query row) => CheapHold(row) && (query.Text is null && query.Company is null || PersonHolds(row));

    private bool CheapHold(Query row) =>
        (query.Reaction is not { } reaction || (Reaction)row.Long(2) == reaction)
        && (!query.CommentsOnly || !row.IsNull(3))
        && (_page is null || (row.TextOrNull(5) is { } url && PageAddress.StartsWith(url, _page)));

    private bool PersonHolds(Query row)
    {
        var isText = query.Text is null || Contains(row.TextOrNull(3));
        if (isText && query.Company is null)
        {
            return true;
        }
        if (row.TextOrNull(4) is not { } facts || !(isText || MayHold(facts, _writtenText)) || !MayHold(facts, _writtenCompany))
        {
            return false;
        }
        var person = PersonJson.Read(facts);
        return (isText || Contains(person.Name) || Contains(person.Email) || Contains(person.ExternalId))
            && (query.Company is null || person.Companies.Any(c => IsCompany(c.Id) || IsCompany(c.Name)));
    }

    /// <summary>As it stands in stored facts, where most are then passed over unread; null when letters of both cases stand there differently.</summary>
    private static string? Written(string? text) => text is not null && Ascii.IsValid(text) ? JsonEncodedText.Encode(text).Value : null;

    private static bool MayHold(string facts, string? written) => written is null || facts.Contains(written, StringComparison.OrdinalIgnoreCase);

    private bool Contains(string? text) => text is not null && text.Contains(query.Text!, StringComparison.OrdinalIgnoreCase);

    private bool IsCompany(string? text) => string.Equals(text, query.Company, StringComparison.OrdinalIgnoreCase);
}
