namespace Conclude.Grains.Accounts;

/// <summary>A dashboard account by its normalised e-mail; the user store of ASP.NET Core Identity sits on it.</summary>
[Alias("Conclude.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Null when there is no such account.</summary>
    [Alias("Find")]
    Task<Account?> Find();

    /// <summary>Stores the account.</summary>
    /// <returns>The stored account with its new etag; null when <see cref="Account.Etag"/> is not the stored one (null: must not exist yet).</returns>
    [Alias("Save")]
    Task<Account?> Save(Account account);

    /// <summary>Adds a workspace to the account, making the account if there is none.</summary>
    [Alias("Join")]
    Task Join(string workspace);

    /// <summary>
    /// Keeps the hash of a sign-in link's token. Silos that start at once each offer one, and whichever is read must work: up to eight are
    /// on offer, then the oldest ends.
    /// </summary>
    /// <param name="tokenHash">SHA-256 of the token, lower-case hex.</param>
    [Alias("OfferLink")]
    Task OfferLink(string tokenHash, DateTimeOffset expires);

    /// <summary>Uses up a sign-in link, and with it every other on offer.</summary>
    /// <returns>False when the token is not one on offer, was used, or has expired.</returns>
    [Alias("RedeemLink")]
    Task<bool> RedeemLink(string tokenHash);
}
