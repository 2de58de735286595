using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>A user's rows as a session keeps them between turns.</summary>
/// <param name="Version">Of the user's row; every grant and step names it.</param>
/// <param name="Prompts">Oldest first; those of linked browsers included.</param>
/// <param name="Met">Browsers that were linked to this person, or found to belong to another.</param>
/// <param name="Settled">Those of them that a request with proof has no more business with: proven, or another's.</param>
/// <param name="MovedTo">This browser's person: that session decides.</param>
/// <param name="VerifiedOnly">Whether links without proof were left out.</param>
/// <param name="IsFresh">Read from the store in this turn.</param>
internal sealed record SessionMemory(
    long Version,
    Person Person,
    ImmutableArray<Prompt> Prompts,
    ImmutableHashSet<string> Met,
    ImmutableHashSet<string> Settled,
    string? MovedTo,
    bool VerifiedOnly,
    bool IsFresh)
{
    /// <summary>The key is public, so links without proof are whatever anybody states: beyond this many no more are made.</summary>
    public const int MaxBrowsers = 200;

    /// <summary>One for all: most sessions have met no browser.</summary>
    private static readonly ImmutableHashSet<string> Nobody = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    public static SessionMemory Of(UserHistory history, string user, bool verifiedOnly)
    {
        bool Trusted(LinkedKey link) => link.Verified || !verifiedOnly;
        var browsers = Nobody.Union(history.Browsers.Where(Trusted).Select(static b => b.UserKey));
        return new(
            history.Version,
            history.Person,
            [.. history.Prompts.Where(p => p.UserKey == user || browsers.Contains(p.UserKey))],
            browsers,
            Nobody.Union(history.Browsers.Where(static b => b.Verified).Select(static b => b.UserKey)),
            history.LinkedTo is { } person && Trusted(person) ? person.UserKey : null,
            verifiedOnly,
            IsFresh: true);
    }

    public Prompt? Find(Guid promptId) => Prompts.FirstOrDefault(p => p.Id == promptId);

    /// <param name="verified">Asks for a request with proof, which may still prove a link.</param>
    public bool HasMet(string browser, bool verified) => (verified ? Settled : Met).Contains(browser);

    /// <param name="settled">Not even proof would change what this browser is to this person.</param>
    public SessionMemory Meet(string browser, bool settled) => this with { Met = Met.Add(browser), Settled = settled ? Settled.Add(browser) : Settled };

    /// <summary>After a write: the row's version has grown by one, and this prompt is new or changed.</summary>
    public SessionMemory Advance(Prompt written) => this with
    {
        Version = Version + 1,
        Prompts = [.. Prompts.Where(p => p.Id != written.Id), written],
    };

    /// <summary>
    /// What is stored with what a request states laid over it. A request without proof adds nothing to a proven person; and what was
    /// stated without proof may be anybody's, so the first proof replaces it rather than vouch for it.
    /// </summary>
    public Person Known(Person stated) =>
        Person.Verified == stated.Verified ? Person.Overlay(stated)
        : Person.Verified ? Person
        : stated;
}
