using System.Collections.Immutable;
using System.Globalization;
using Conclude.Ledger;

namespace Conclude.Dashboard.Moments;

/// <summary>What apps of this workspace have told lately, to pick from. A sample: anything else may be typed.</summary>
/// <param name="Traits">Names, the most frequent first.</param>
/// <param name="Values">By field of a rule, the most frequent first.</param>
public sealed record AudienceSuggestions(ImmutableArray<string> Traits, ImmutableDictionary<string, ImmutableArray<string>> Values)
{
    private const int Most = 30;

    /// <summary>Longer than this it is a text that somebody wrote, not a value to pick.</summary>
    private const int LongestValue = 60;

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> AlwaysKnown =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("page.device", ["desktop", "mobile"]);

    public static AudienceSuggestions None { get; } = new([], AlwaysKnown);

    public ImmutableArray<string> Of(string field) => Values.GetValueOrDefault(field, []);

    public static AudienceSuggestions From(KnownFacts facts)
    {
        var told = facts.People.SelectMany(Told).Concat(facts.Pages.SelectMany(Told))
            .Where(static t => t.Value.Trim() is { Length: > 0 and <= LongestValue })
            .GroupBy(static t => t.Field, static t => t.Value, StringComparer.Ordinal)
            .ToImmutableDictionary(static g => g.Key, Frequent, StringComparer.Ordinal);
        var traits = Frequent(facts.People.SelectMany(static p => p.Traits.Keys));
        return new AudienceSuggestions(traits, AlwaysKnown.SetItems(told.Where(static t => t.Key != "page.device")));
    }

    private static IEnumerable<(string Field, string Value)> Told(Person person) =>
    [
        .. person.Traits.Select(static t => (AudienceWords.TraitPrefix + t.Key, t.Value)),
        .. person.Companies.Select(static c => ("company.id", c.Id)),
        .. person.Companies.Where(static c => c.MonthlySpend is not null).Select(static c => ("company.monthlySpend", c.MonthlySpend!.Value.ToString(CultureInfo.InvariantCulture))),
        // A rule is about a group: the domain, not somebody's address.
        .. person.Email?.LastIndexOf('@') is { } at and >= 0 ? [("user.email", person.Email[at..])] : Array.Empty<(string, string)>(),
    ];

    private static IEnumerable<(string Field, string Value)> Told(PageContext page)
    {
        if (Uri.TryCreate(page.Url, UriKind.Absolute, out var address) && address.Segments is [_, var first, ..])
        {
            yield return ("page.url", $"/{first.TrimEnd('/')}");
        }

        if (page.Locale is { } locale)
        {
            yield return ("page.locale", locale);
        }
    }

    private static ImmutableArray<string> Frequent(IEnumerable<string> values) =>
        [.. values.GroupBy(static v => v, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).Take(Most).Select(static g => g.Key)];
}
