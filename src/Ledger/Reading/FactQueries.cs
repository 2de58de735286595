using System.Collections.Immutable;
using System.Text.Json;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>Facts of several people at once.</summary>
internal static class FactQueries
{
    /// <returns>By user key; who is unknown, or of whom nothing is known, is missing.</returns>
    public static ImmutableDictionary<string, Person> People(IQueries queries, string workspace, IReadOnlyCollection<string> userKeys)
    {
        var people = ImmutableDictionary.CreateBuilder<string, Person>(StringComparer.Ordinal);
        if (UserQueries.Workspace(queries, workspace) is { } id)
        {
            using var rows = queries.Open("facts_of_users").Add(id).Add(JsonSerializer.Serialize(userKeys));
            while (rows.Next())
            {
                people[rows.Text(0)] = PersonJson.Read(rows.Text(1));
            }
        }

        return people.ToImmutable();
    }

    public static KnownFacts Known(IQueries queries, string workspace, int limit)
    {
        if (UserQueries.Workspace(queries, workspace) is not { } id)
        {
            return KnownFacts.None;
        }

        var people = ImmutableArray.CreateBuilder<Person>();
        var pages = ImmutableArray.CreateBuilder<PageContext>();
        using (var rows = queries.Open("recent_contexts").Add(id).Add(limit))
        {
            while (rows.Next())
            {
                people.Add(PersonJson.Read(rows.TextOrNull(0)));
                pages.Add(new PageContext(rows.TextOrNull(1), rows.TextOrNull(2), rows.TextOrNull(3)));
            }
        }

        using (var rows = queries.Open("some_people").Add(id).Add(limit))
        {
            while (rows.Next())
            {
                people.Add(PersonJson.Read(rows.TextOrNull(0)));
            }
        }

        people.RemoveAll(static p => p.IsEmpty);
        return new KnownFacts(people.DrainToImmutable(), pages.DrainToImmutable());
    }
}
