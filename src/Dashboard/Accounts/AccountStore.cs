using Conclude.Grains;
using Conclude.Grains.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Conclude.Dashboard.Accounts;

/// <summary>ASP.NET Core Identity's user store on <c>IAccountGrain</c>; an account's id, user name and e-mail are one and the same.</summary>
internal sealed class AccountStore(IGrainFactory grains, IdentityErrorDescriber errors) :
    IUserPasswordStore<DashboardAccount>, IUserSecurityStampStore<DashboardAccount>, IUserLockoutStore<DashboardAccount>, IUserEmailStore<DashboardAccount>
{
    public Task<IdentityResult> CreateAsync(DashboardAccount user, CancellationToken cancellationToken) => Save(user);

    public Task<IdentityResult> UpdateAsync(DashboardAccount user, CancellationToken cancellationToken) => Save(user);

    public Task<IdentityResult> DeleteAsync(DashboardAccount user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts leave a workspace; they are not deleted.");

    public async Task<DashboardAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        EmailAddress.CanBeStored(userId) && await grains.Account(userId).Find() is { } stored ? new DashboardAccount(stored) : null;

    public Task<DashboardAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByIdAsync(normalizedUserName, cancellationToken);

    public Task<DashboardAccount?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) => FindByIdAsync(normalizedEmail, cancellationToken);

    public Task<string> GetUserIdAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Stored.Email);

    public Task<string?> GetUserNameAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stored.Email);

    public Task SetUserNameAsync(DashboardAccount user, string? userName, CancellationToken cancellationToken) => throw EmailIsTheKey();

    public Task<string?> GetNormalizedUserNameAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stored.Email);

    // Identity hands back the name in its own normal form before each save; the grain's key is the only form we keep.
    public Task SetNormalizedUserNameAsync(DashboardAccount user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetEmailAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stored.Email);

    public Task SetEmailAsync(DashboardAccount user, string? email, CancellationToken cancellationToken) => throw EmailIsTheKey();

    // An address is known to be good when the server's own operator put it there.
    public Task<bool> GetEmailConfirmedAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(DashboardAccount user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedEmailAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stored.Email);

    public Task SetNormalizedEmailAsync(DashboardAccount user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetPasswordHashAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Stored.PasswordHash);

    public Task<bool> HasPasswordAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Stored.PasswordHash is not null);

    public Task SetPasswordHashAsync(DashboardAccount user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.Stored = user.Stored with { PasswordHash = passwordHash };
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stored.SecurityStamp);

    public Task SetSecurityStampAsync(DashboardAccount user, string stamp, CancellationToken cancellationToken)
    {
        user.Stored = user.Stored with { SecurityStamp = stamp };
        return Task.CompletedTask;
    }

    public Task<bool> GetLockoutEnabledAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(DashboardAccount user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Stored.LockoutEnd);

    public Task SetLockoutEndDateAsync(DashboardAccount user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.Stored = user.Stored with { LockoutEnd = lockoutEnd };
        return Task.CompletedTask;
    }

    public Task<int> GetAccessFailedCountAsync(DashboardAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Stored.AccessFailedCount);

    public Task<int> IncrementAccessFailedCountAsync(DashboardAccount user, CancellationToken cancellationToken)
    {
        user.Stored = user.Stored with { AccessFailedCount = user.Stored.AccessFailedCount + 1 };
        return Task.FromResult(user.Stored.AccessFailedCount);
    }

    public Task ResetAccessFailedCountAsync(DashboardAccount user, CancellationToken cancellationToken)
    {
        user.Stored = user.Stored with { AccessFailedCount = 0 };
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // Holds nothing: grains are reached by key.
    }

    private static NotSupportedException EmailIsTheKey() => new("An account's e-mail is its key and does not change.");

    private async Task<IdentityResult> Save(DashboardAccount user)
    {
        if (await grains.Account(user.Stored.Email).Save(user.Stored) is not { } saved)
        {
            return IdentityResult.Failed(errors.ConcurrencyFailure());
        }

        user.Stored = saved;
        return IdentityResult.Success;
    }
}
