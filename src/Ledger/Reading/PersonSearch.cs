using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>Reads about a person that go through the rows of everybody.</summary>
internal static class PersonSearch
{
    private const int PageRows = 2_000;
    private const int MaxUsers = 50;
    private static readonly PersonEventCursor Newest = new(DateTimeOffset.MaxValue, Guid.AllBitsSet);

    public static PersonEventPage Events(IQueries queries, string workspace, ImmutableArray<string> keys, PersonEventCursor? before, int limit, Deadline deadline)
    {
        if (UserQueries.Workspace(queries, workspace) is not { } id)
        {
            return new([], null, IsPartial: false);
        }
        var events = ImmutableArray.CreateBuilder<PersonEvent>();
        var json = JsonSerializer.Serialize(keys.AsEnumerable());
        for (var next = before ?? Newest; ;)
        {
            PersonEventCursor? last = null;
            using var rows = queries.Open("events_of_person_before").Add(id).Add(next.ReceivedAt).Add(next.Id).Add(PageRows).Add(json);
            while (rows.Next())
            {
                last = new(rows.Time(3), rows.Guid(0));
                if (rows.TextOrNull(1) is not { } name)
                {
                    continue;
                }
                events.Add(new PersonEvent(last.Id, name, rows.Time(2), last.ReceivedAt, (Verdict)rows.Long(4), rows.TimeOrNull(5)));
                if (events.Count == limit)
                {
                    return new(events.DrainToImmutable(), last, IsPartial: false);
                }
            }
            if (last is null || deadline.IsOver)
            {
                return new(events.DrainToImmutable(), last, IsPartial: last is not null);
            }
            next = last;
        }
    }

    public static FoundUsers Users(IQueries queries, string workspace, string email, string? after, Deadline deadline)
    {
        if (UserQueries.Workspace(queries, workspace) is not { } id)
        {
            return new([], null);
        }
        // As it stands in the stored text: most rows are then passed over unread. Letters of both cases stand there differently beyond ASCII.
        var written = Ascii.IsValid(email) ? JsonEncodedText.Encode(email).Value : "";
        var found = ImmutableArray.CreateBuilder<string>();
        for (var last = after ?? ""; ;)
        {
            var read = 0;
            using var rows = queries.Open("users_after").Add(id).Add(last).Add(PageRows);
            for (; rows.Next(); read++)
            {
                last = rows.Text(0);
                if (rows.TextOrNull(1) is { } facts && facts.Contains(written, StringComparison.OrdinalIgnoreCase)
                    && string.Equals(PersonJson.Read(facts).Email, email, StringComparison.OrdinalIgnoreCase))
                {
                    found.Add(last);
                    if (found.Count == MaxUsers)
                    {
                        return new(found.DrainToImmutable(), last);
                    }
                }
            }
            if (read < PageRows || deadline.IsOver)
            {
                return new(found.DrainToImmutable(), read < PageRows ? null : last);
            }
        }
    }
}
