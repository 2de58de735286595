using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>How a user is named in the live feed.</summary>
public static class UserLabels
{
    private const int ShortId = 8;
    private const string Anonymous = "anonymous ";

    /// <summary>The e-mail, else the external id, else "anonymous" with the first characters of the browser's id.</summary>
    public static string For(Person person, string userKey)
    {
        var id = userKey[(userKey.LastIndexOf(':') + 1)..];
        return person.Email ?? person.ExternalId ?? Anonymous + id[..Math.Min(ShortId, id.Length)];
    }

    /// <summary>Whether a label names somebody, rather than a browser that nobody signed in on.</summary>
    public static bool IsKnown(string? label) => label is not null && !label.StartsWith(Anonymous, StringComparison.Ordinal);
}
