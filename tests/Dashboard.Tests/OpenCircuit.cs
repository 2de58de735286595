using System.Security.Claims;
using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Live;
using Conclude.Grains;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Dashboard.Tests;

/// <summary>The services of one open page, without its browser.</summary>
internal sealed class OpenCircuit(AsyncServiceScope scope) : IAsyncDisposable
{
    public WorkspaceFeed Feed => scope.ServiceProvider.GetRequiredService<WorkspaceFeed>();

    /// <summary>The session that <see cref="SignIn"/> began.</summary>
    public string Session { get; private set; } = "";

    public T Get<T>()
        where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public async Task<WorkspaceFeed> Open(string email)
    {
        await Feed.Start(new DashboardUser(email, "acme"));
        return Feed;
    }

    /// <summary>Opens the page as somebody who has signed in, so that it can change things in their name.</summary>
    public async Task<WorkspaceFeed> SignIn(string email)
    {
        var account = Get<IGrainFactory>().Account(email);
        Session = (await account.StartSession("A test"))!;
        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.Email, email), new(DashboardUser.WorkspaceClaim, "acme"), new(DashboardUser.SessionClaim, Session),
                new("conclude:stamp", (await account.Find())!.SecurityStamp),
            ],
            "test");
        ((IHostEnvironmentAuthenticationStateProvider)Get<AuthenticationStateProvider>()).SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(identity))));
        return await Open(email);
    }

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
