using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Dashboard.People;

/// <summary>
/// A person's past, newest first: prompts and answers at once, events page by page, because they are found by going through everybody's.
/// </summary>
public sealed class PersonTimeline(ILedgerSearch search, ILedgerUpkeep people, string workspace, string userKey)
{
    public const int PageSize = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private ImmutableArray<PersonEvent> _fires = [];
    private PersonEventCursor? _next;
    private bool _begun;

    /// <summary>Null before <see cref="Read"/>, and when the workspace has stored nothing.</summary>
    public PersonRecord? Record { get; private set; }

    public bool Loaded { get; private set; }

    /// <summary>Newest first.</summary>
    public ImmutableArray<TimelineEntry> Entries { get; private set; } = [];

    /// <summary>There may be older events.</summary>
    public bool More => !_begun || _next is not null;

    /// <summary>How far back events were looked for; null when that is not through, or not begun.</summary>
    public DateTimeOffset? SearchedBackTo => _next?.ReceivedAt;

    /// <summary>Whether there is anybody by this key; null while that is not known.</summary>
    public bool? Exists => UserKeys.IsErased(userKey) ? false
        : Record is { IsKnown: true } || !_fires.IsEmpty ? true
        : Loaded && (Record is null || !More) ? false
        : null;

    /// <summary>Reads who they are, what they were asked, and what they said.</summary>
    public async Task Read(CancellationToken cancellation = default)
    {
        Record = await people.ReadPerson(workspace, userKey, cancellation);
        Loaded = true;
        Merge();
    }

    /// <summary>Looks for older events, for a moment.</summary>
    public async Task ReadFires(CancellationToken cancellation = default)
    {
        if (Record is null || !More)
        {
            return;
        }

        var (begun, next) = (_begun, _next);
        var page = await search.SearchEvents(workspace, Record.Keys, next, PageSize, Patience, cancellation);
        if ((begun, next) != (_begun, _next))
        {
            // Asked for twice at once: the other was there first.
            return;
        }

        (_fires, _next, _begun) = (_fires.AddRange(page.Items), page.Next, true);
        Merge();
    }

    /// <summary>An event that asked stands there as its prompt.</summary>
    private void Merge()
    {
        var prompts = Record?.Prompts ?? [];
        var asked = prompts.Select(static p => (p.Event, p.GrantedAt)).ToHashSet();
        Entries =
        [
            .. prompts.Select(static p => new TimelineEntry(p.GrantedAt, p.Id, p, null))
                .Concat(_fires.Where(f => !asked.Contains((f.Event, f.ReceivedAt))).Select(static f => new TimelineEntry(f.ReceivedAt, f.Id, null, f)))
                .OrderByDescending(static e => e.At).ThenByDescending(static e => e.Id),
        ];
    }
}
