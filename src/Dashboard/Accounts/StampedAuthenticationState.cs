using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Conclude.Dashboard.Accounts;

/// <summary>Ends an open page when the account's password changed since it signed in, as the cookie's own check does for requests.</summary>
internal sealed class StampedAuthenticationState(
    ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<SecurityStampValidatorOptions> stamp)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => stamp.Value.ValidationInterval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var cookies = scope.ServiceProvider.GetRequiredService<SignInManager<DashboardAccount>>();
        return await cookies.ValidateSecurityStampAsync(authenticationState.User) is not null;
    }
}
