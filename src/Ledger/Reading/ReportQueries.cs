using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>Reads for reports, along the index of a name's answers.</summary>
internal static class ReportQueries
{
    /// <summary>Among so many of the newest answers are the people to show; somebody who answers all the time may fill them.</summary>
    private const int RowsForPeople = 400;

    public static AnswerSample AnswerFacts(IQueries queries, string workspace, string eventName, DateTimeOffset from, DateTimeOffset to, int limit)
    {
        if (Name(queries, workspace, eventName) is not var (_, name))
        {
            return new AnswerSample([], IsCut: false);
        }
        using var rows = queries.Open("answer_facts").Add(name).Add(from).Add(to).Add(limit + 1);
        var answers = ImmutableArray.CreateBuilder<AnswerFacts>();

        // People answer again, and mostly as who they were.
        Dictionary<string, Person> people = new(StringComparer.Ordinal);
        Dictionary<(string?, string?, string?), PageContext> pages = [];
        var isCut = false;
        while (!isCut && rows.Next())
        {
            if (answers.Count == limit)
            {
                isCut = true;
                continue;
            }
            answers.Add(new AnswerFacts((Reaction)rows.Long(0), Person(rows.TextOrNull(1)), Page((rows.TextOrNull(2), rows.TextOrNull(3), rows.TextOrNull(4)))));
        }
        return new AnswerSample(answers.DrainToImmutable(), isCut);

        Person Person(string? json)
        {
            if (json is null)
            {
                return Ledger.Person.Nobody;
            }
            return people.TryGetValue(json, out var known) ? known : people[json] = PersonJson.Read(json);
        }

        PageContext Page((string? Url, string? Locale, string? Device) page) =>
            pages.TryGetValue(page, out var known) ? known : pages[page] = new PageContext(page.Url, page.Locale, page.Device);
    }

    public static ImmutableArray<Respondent> Respondents(
        IQueries queries, string workspace, string eventName, DateTimeOffset from, DateTimeOffset to, int people, int reactions)
    {
        if (Name(queries, workspace, eventName) is not var (id, name))
        {
            return [];
        }
        List<(string Key, Person Person, DateTimeOffset At)> found = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        using (var rows = queries.Open("respondents").Add(name).Add(from).Add(to).Add(RowsForPeople))
        {
            while (found.Count < people && rows.Next())
            {
                var key = rows.Text(0);
                if (!UserKeys.IsErased(key) && keys.Add(key))
                {
                    found.Add((key, PersonJson.Read(rows.TextOrNull(1)), rows.Time(2)));
                }
            }
        }
        return [.. found.Select(one => new Respondent(one.Key, one.Person, one.At, Reactions(queries, id, one.Key, reactions)))];
    }

    private static ImmutableArray<PastReaction> Reactions(IQueries queries, long workspace, string userKey, int limit)
    {
        using var rows = queries.Open("reactions_of_person").Add(workspace).Add(userKey).Add(limit);
        var reactions = ImmutableArray.CreateBuilder<PastReaction>();
        while (rows.Next())
        {
            reactions.Add(new PastReaction(rows.Guid(0), rows.Text(1), (Reaction)rows.Long(2), rows.Time(3)));
        }
        return reactions.DrainToImmutable();
    }

    private static (long Workspace, long Name)? Name(IQueries queries, string workspace, string eventName) =>
        UserQueries.Workspace(queries, workspace) is { } id && TotalsQueries.Scope(queries, workspace, eventName) is { } name ? (id, name) : null;
}
