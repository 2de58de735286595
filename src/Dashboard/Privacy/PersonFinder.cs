using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Dashboard.Privacy;

/// <summary>
/// Finds whom a request about personal data is from: exactly, and of this workspace only. Ids are looked up; an address is looked for
/// among all users, and somebody of whom only events are kept among all events, for a moment at a time.
/// </summary>
public sealed class PersonFinder(ILedgerSearch search, ILedgerUpkeep people, string workspace, FindBy by, string text)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private string? _afterUser;
    private PersonEventCursor? _beforeEvent;

    public ImmutableArray<FoundPerson> Found { get; private set; } = [];

    /// <summary>Everything was looked at.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Looks, or goes on with looking.</summary>
    public Task Search(CancellationToken cancellation = default) => by switch
    {
        FindBy.Email => SearchAddress(cancellation),
        FindBy.AnonymousId => LookUp(UserKeys.Browser(text), cancellation),
        _ => LookUp(UserKeys.Person(text), cancellation),
    };

    private async Task SearchAddress(CancellationToken cancellation)
    {
        var found = await search.SearchUsers(workspace, text, _afterUser, Patience, cancellation);
        foreach (var key in found.UserKeys.Select(UserKeys.Live).Distinct(StringComparer.Ordinal).Where(key => Found.All(f => f.UserKey != key)))
        {
            await Add(key, cancellation);
        }

        (_afterUser, IsDone) = (found.Next, found.Next is null);
    }

    private async Task LookUp(string key, CancellationToken cancellation)
    {
        if (_beforeEvent is null && await Add(key, cancellation))
        {
            IsDone = true;
            return;
        }

        var events = await search.SearchEvents(workspace, [key, UserKeys.Test(key)], _beforeEvent, 1, Patience, cancellation);
        _beforeEvent = events.Next;
        IsDone = events.Next is null || !events.Items.IsEmpty;
        if (!events.Items.IsEmpty && await people.ReadPerson(workspace, key, cancellation) is { } record)
        {
            Found = [new FoundPerson(key, record)];
        }
    }

    /// <returns>False when nothing but events could be theirs.</returns>
    private async Task<bool> Add(string key, CancellationToken cancellation)
    {
        foreach (var one in new[] { key, UserKeys.Test(key) })
        {
            if (await people.ReadPerson(workspace, one, cancellation) is { IsKnown: true } record)
            {
                // A browser is its person's business.
                Found = record.LinkedTo is { } owner && await people.ReadPerson(workspace, owner, cancellation) is { } person
                    ? Found.Add(new FoundPerson(UserKeys.Live(owner), person))
                    : Found.Add(new FoundPerson(key, record));
                return true;
            }
        }

        return false;
    }
}
