using System.Collections.Immutable;
using System.Globalization;
using Conclude.Dashboard.Responses;
using Conclude.Ledger;

namespace Conclude.Dashboard.Reports;

/// <summary>Answers told apart by one fact.</summary>
/// <param name="Choice">By which; the trait is the one that was found when none was chosen.</param>
/// <param name="Groups">The largest first; then what is left, and those of whom the fact is not known.</param>
/// <param name="Answers">How many were split.</param>
/// <param name="IsCut">Older ones of the range were not read.</param>
/// <param name="Overlaps">An answer may stand in several groups.</param>
/// <param name="Traits">Names that the answers carry, for a choice.</param>
public sealed record AnswerSplit(
    SplitChoice Choice, ImmutableArray<SplitGroup> Groups, long Answers, bool IsCut, bool Overlaps, ImmutableArray<string> Traits)
{
    public const int MaxGroups = 10;
    public const int MaxTraits = 50;

    public static AnswerSplit Of(AnswerSample sample, SplitChoice choice)
    {
        var traits = TraitsOf(sample);
        if (choice is { Kind: SplitKind.Trait, Trait: "" } && traits is [var first, ..])
        {
            choice = choice with { Trait = first };
        }

        var groups = new Dictionary<string, (string Label, ReactionCounts Counts)>(StringComparer.Ordinal);
        var (unknown, overlaps) = (default(ReactionCounts), false);
        foreach (var answer in sample.Answers)
        {
            var of = GroupsOf(answer, choice);
            unknown = of.IsEmpty ? unknown.Plus(answer.Reaction) : unknown;
            overlaps |= of.Length > 1;
            foreach (var (key, label) in of)
            {
                // The newest answer has the newest name.
                var known = groups.GetValueOrDefault(key, (label, default));
                groups[key] = known with { Counts = known.Counts.Plus(answer.Reaction) };
            }
        }

        var top = groups.OrderByDescending(static g => g.Value.Counts.Answers).ThenBy(static g => g.Key, StringComparer.Ordinal).Take(MaxGroups)
            .Select(static g => new SplitGroup(g.Key, g.Value.Label, g.Value.Counts)).ToList();
        if (groups.Count > MaxGroups)
        {
            top.Add(new SplitGroup(null, $"{(groups.Count - MaxGroups).ToString("N0", CultureInfo.InvariantCulture)} others", Outside(sample, choice, top)));
        }

        if (unknown.Answers > 0)
        {
            top.Add(new SplitGroup(null, Unknown(choice), unknown));
        }

        return new(choice, [.. top], sample.Answers.Length, sample.IsCut, overlaps, traits);
    }

    /// <summary>Answers in none of the groups: somebody of two companies may be in one of them.</summary>
    private static ReactionCounts Outside(AnswerSample sample, SplitChoice choice, List<SplitGroup> groups)
    {
        var keys = groups.Select(static g => g.Key!).ToHashSet(StringComparer.Ordinal);
        return sample.Answers
            .Where(answer => GroupsOf(answer, choice) is { IsEmpty: false } of && !of.Any(g => keys.Contains(g.Key)))
            .Aggregate(default(ReactionCounts), static (sum, answer) => sum.Plus(answer.Reaction));
    }

    private static ImmutableArray<(string Key, string Label)> GroupsOf(AnswerFacts answer, SplitChoice choice) => choice.Kind switch
    {
        SplitKind.Company when answer.Person.Companies.IsDefaultOrEmpty => [],
        SplitKind.Company => [.. answer.Person.Companies.DistinctBy(static c => c.Id, StringComparer.Ordinal).Select(static c => (c.Id, c.Name ?? c.Id))],
        SplitKind.Trait => answer.Person.Traits.TryGetValue(choice.Trait ?? "", out var value) ? [(value, value.Length == 0 ? "(empty)" : value)] : [],
        SplitKind.Page => PersonWords.Page(answer.Context) is { Length: > 0 } page ? [(page, page)] : [],
        SplitKind.Language => Language(answer.Context.Locale) is { } language ? [(language, LanguageNames.Of(language))] : [],
        _ => answer.Context.Device is { Length: > 0 } device ? [(device, char.ToUpperInvariant(device[0]) + device[1..])] : [],
    };

    private static string Unknown(SplitChoice choice) => choice.Kind switch
    {
        SplitKind.Company => "No company",
        SplitKind.Trait => "Not stated",
        SplitKind.Page => "Unknown page",
        SplitKind.Language => "Unknown language",
        _ => "Unknown device",
    };

    private static ImmutableArray<string> TraitsOf(AnswerSample sample) =>
    [
        .. sample.Answers.Select(static a => a.Person).SelectMany(static p => p.Traits.Keys).CountBy(static name => name, StringComparer.Ordinal)
            .OrderByDescending(static t => t.Value).ThenBy(static t => t.Key, StringComparer.Ordinal).Take(MaxTraits).Select(static t => t.Key).Order(StringComparer.Ordinal),
    ];

    /// <summary>Of <c>en-GB</c> it is <c>en</c>: few moments have answers enough for every region.</summary>
    private static string? Language(string? locale) =>
        locale?.Split('-', '_')[0].Trim().ToLowerInvariant() is { Length: > 0 } language ? language : null;
}
