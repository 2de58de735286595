using Conclude.Ledger;

namespace Conclude.Dashboard.Privacy;

/// <summary>Somebody of whom something is stored.</summary>
/// <param name="UserKey">Of a person, or of a browser that nobody was named on.</param>
public sealed record FoundPerson(string UserKey, PersonRecord Record)
{
    /// <summary>What to type before they are erased.</summary>
    public string Id => UserKeys.ExternalId(UserKey) ?? UserKeys.AnonymousId(UserKey) ?? UserKey;
}
