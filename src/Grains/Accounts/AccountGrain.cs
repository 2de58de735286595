using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Conclude.Grains.Accounts;

internal sealed partial class AccountGrain(
    [PersistentState(Storage.Account, Storage.Provider)] IPersistentState<AccountState> stored, TimeProvider time) : Grain, IAccountGrain
{
    /// <summary>Links on offer at a time.</summary>
    private const int MaxLinks = 8;

    public Task<Account?> Find()
    {
        LetGoOfGuesses();
        return Task.FromResult(Current());
    }

    public async Task<Account?> Save(Account account)
    {
        if (account.Email != this.GetPrimaryKeyString())
        {
            throw new ArgumentException("The account has another e-mail.", nameof(account));
        }

        if (account.Etag != Current()?.Etag)
        {
            return null;
        }

        if (account.SecurityStamp != Current()?.SecurityStamp)
        {
            stored.State.Sessions = [];
        }

        await Keep(account);
        return Current();
    }

    public async Task Join(string workspace)
    {
        var account = Current() ?? new Account { Email = this.GetPrimaryKeyString(), SecurityStamp = Guid.NewGuid().ToString("N") };
        if (!account.Workspaces.Contains(workspace))
        {
            await Keep(account with { Workspaces = account.Workspaces.Add(workspace) });
        }
    }

    public async Task Leave(string workspace)
    {
        if (Current() is { } account && account.Workspaces.Contains(workspace))
        {
            stored.State.SeenIn = stored.State.SeenIn.Remove(workspace);
            await Keep(account with { Workspaces = account.Workspaces.Remove(workspace) });
        }
    }

    public async Task OfferLink(string tokenHash, DateTimeOffset expires)
    {
        if (Current() is null)
        {
            throw new InvalidOperationException("There is no such account.");
        }

        var now = time.GetUtcNow();
        stored.State.Links = [.. stored.State.Links.Where(l => l.Expires > now).Append(new OfferedLink(tokenHash, expires)).TakeLast(MaxLinks)];
        await Write();
    }

    public async Task<bool> RedeemLink(string tokenHash)
    {
        LetGoOfGuesses();
        var (token, now) = (Encoding.ASCII.GetBytes(tokenHash), time.GetUtcNow());
        if (!stored.State.Links.Any(l => now < l.Expires && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(l.Hash), token)))
        {
            return false;
        }

        // Used up on disk before it opens anything: a crash in between costs the links, never lends one twice.
        stored.State.Links = [];
        await Write();
        return true;
    }

    private Account? Current() => stored.State.Account is { } account ? account with { Etag = stored.State.Revision.ToString(CultureInfo.InvariantCulture) } : null;

    private Task Keep(Account account)
    {
        stored.State.Account = account with { Etag = null };
        stored.State.Revision++;
        return Write();
    }

    /// <summary>An address without an account is somebody's guess: it holds no memory.</summary>
    private void LetGoOfGuesses()
    {
        if (stored.State.Account is null)
        {
            DeactivateOnIdle();
        }
    }

    private async Task Write()
    {
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception)
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
