using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Conclude.Grains.Accounts;

/// <summary>Sessions: what a cookie says holds for as long as its session is in this list.</summary>
internal sealed partial class AccountGrain
{
    private const int MaxSessions = 50;
    private const int SessionIdBytes = 16;
    private const int MaxDevice = 60;

    /// <summary>The cookie's own life without a visit.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(14);

    /// <summary>How often a session's sight is written down: being looked at must not cost a write each time.</summary>
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    public async Task<string?> StartSession(string device)
    {
        if (stored.State.Account is null)
        {
            LetGoOfGuesses();
            return null;
        }

        var now = time.GetUtcNow();
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SessionIdBytes));
        var others = Live(now).OrderByDescending(static s => s.SeenAt).Take(MaxSessions - 1);
        stored.State.Sessions = [.. others, new AccountSession(id, device.Length > MaxDevice ? device[..MaxDevice] : device, now, now)];
        await Write();
        return id;
    }

    public async Task<bool> CheckSession(string id, string stamp, string workspace)
    {
        LetGoOfGuesses();
        var now = time.GetUtcNow();
        if (stored.State.Account is not { } account || account.SecurityStamp != stamp || Live(now).FirstOrDefault(s => s.Id == id) is not { } session)
        {
            return false;
        }

        var seenIn = stored.State.SeenIn.GetValueOrDefault(workspace);
        var isNewHere = account.Workspaces.Contains(workspace) && now - seenIn >= SeenEvery;
        if (isNewHere || now - session.SeenAt >= SeenEvery)
        {
            stored.State.SeenIn = isNewHere ? stored.State.SeenIn.SetItem(workspace, now) : stored.State.SeenIn;
            stored.State.Sessions = stored.State.Sessions.Replace(session, session with { SeenAt = now });
            await Write();
        }

        return true;
    }

    public Task<ImmutableArray<AccountSession>> Sessions() =>
        Task.FromResult<ImmutableArray<AccountSession>>([.. Live(time.GetUtcNow()).OrderByDescending(static s => s.SeenAt)]);

    public async Task<bool> EndSession(string id)
    {
        if (stored.State.Sessions.FirstOrDefault(s => s.Id == id) is not { } session)
        {
            return false;
        }

        stored.State.Sessions = stored.State.Sessions.Remove(session);
        await Write();
        return true;
    }

    public async Task EndSessions()
    {
        if (Current() is { } account)
        {
            stored.State.Sessions = [];
            await Keep(account with { SecurityStamp = Guid.NewGuid().ToString("N") });
        }
    }

    public Task<DateTimeOffset?> LastSeen(string workspace)
    {
        LetGoOfGuesses();
        return Task.FromResult<DateTimeOffset?>(stored.State.SeenIn.TryGetValue(workspace, out var at) ? at : null);
    }

    private ImmutableArray<AccountSession> Live(DateTimeOffset now) => stored.State.Sessions.RemoveAll(s => now - s.SeenAt >= Forgotten);
}
