using System.Collections.Immutable;

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

    /// <summary>Takes a workspace off the account.</summary>
    [Alias("Leave")]
    Task Leave(string workspace);

    /// <summary>Begins a session; beyond fifty, the one not seen for longest ends.</summary>
    /// <param name="device">In short, for people.</param>
    /// <returns>Its id; null when there is no such account.</returns>
    [Alias("StartSession")]
    Task<string?> StartSession(string device);

    /// <summary>Whether a session goes on: it was not ended, and the account's stamp is still the one it began with.</summary>
    /// <param name="workspace">Where it is seen now.</param>
    [Alias("CheckSession")]
    Task<bool> CheckSession(string id, string stamp, string workspace);

    /// <summary>Sessions that go on, the one last seen first.</summary>
    [Alias("Sessions")]
    Task<ImmutableArray<AccountSession>> Sessions();

    /// <returns>False when there is no such session.</returns>
    [Alias("EndSession")]
    Task<bool> EndSession(string id);

    /// <summary>Ends every session and changes the stamp.</summary>
    [Alias("EndSessions")]
    Task EndSessions();

    /// <summary>When the account was last seen in a workspace, up to five minutes behind; null when it never was.</summary>
    [Alias("LastSeen")]
    Task<DateTimeOffset?> LastSeen(string workspace);
}
