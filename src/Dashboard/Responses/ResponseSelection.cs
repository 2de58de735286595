using System.Globalization;
using Conclude.Dashboard.Hosting;
using Conclude.Dashboard.Ranges;
using Conclude.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Conclude.Dashboard.Responses;

/// <summary>Which answers a person chose to see, as the address of the page carries it.</summary>
public sealed record ResponseSelection
{
    /// <summary>As the API bounds them.</summary>
    public const int MaxText = 200;

    public static ResponseSelection Everything { get; } = new();

    public string? Event { get; init; }

    public Reaction? Reaction { get; init; }

    /// <summary>The whole name or id of one.</summary>
    public string? Company { get; init; }

    /// <summary>What host and path begin with.</summary>
    public string? Page { get; init; }

    /// <summary>Part of a comment, name, e-mail address or external id.</summary>
    public string? Text { get; init; }

    public bool CommentsOnly { get; init; }

    /// <summary>Null is all time.</summary>
    public DayRange? Range { get; init; }

    public bool IsEverything => this == Everything;

    /// <summary>The page that shows it.</summary>
    public string Address => DashboardRoutes.Responses + Query(Range?.Query.Select(static p => (p.Key, p.Value as string)) ?? []);

    public static Reaction? ReadReaction(string? name) =>
        Enum.TryParse<Reaction>(name, ignoreCase: true, out var reaction) && Enum.IsDefined(reaction) ? reaction : null;

    /// <returns>Null when it holds nothing.</returns>
    public static string? ReadText(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is var trimmed && trimmed.Length > MaxText ? trimmed[..MaxText] : trimmed;

    /// <summary>What is asked of the ledger. A range that has not ended takes in what comes.</summary>
    public ResponseQuery In(string workspace, DateTimeOffset now) => new(
        workspace, Event, Reaction, Range?.From, End(now), Text, ResponseList.PageSize, CommentsOnly: CommentsOnly, Company: Company, Page: Page);

    /// <summary>The file that holds all of it: times instead of days, because the server does not know the viewer's zone.</summary>
    public string File(DateTimeOffset now) => DashboardRoutes.ResponsesFile + Query([("from", Time(Range?.From)), ("to", Time(End(now)))]);

    private DateTimeOffset? End(DateTimeOffset now) => Range is { } range && range.To <= now ? range.To : null;

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private QueryString Query(IEnumerable<(string Name, string? Value)> range) => new QueryBuilder(
        from part in ((string Name, string? Value)[])
        [
            ("event", Event), ("reaction", Reaction?.ToString().ToLowerInvariant()), ("company", Company), ("page", Page),
            .. range, ("q", Text), ("comments", CommentsOnly ? "true" : null),
        ]
        where part.Value is not null
        select KeyValuePair.Create(part.Name, part.Value)).ToQueryString();
}
