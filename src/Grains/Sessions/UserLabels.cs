using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>How a user is named in the live feed.</summary>
public static class UserLabels
{
    private const int ShortId = 8;

    /// <summary>The e-mail, else the external id, else "anonymous" with the first characters of the browser's id.</summary>
    public static string For(Person person, string userKey)
    {
        var id = userKey[(userKey.LastIndexOf(':') + 1)..];
        return person.Email ?? person.ExternalId ?? $"anonymous {id[..Math.Min(ShortId, id.Length)]}";
    }
}
