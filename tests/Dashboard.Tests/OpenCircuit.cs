using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Dashboard.Tests;

/// <summary>The services of one open page, without its browser.</summary>
internal sealed class OpenCircuit(AsyncServiceScope scope) : IAsyncDisposable
{
    public WorkspaceFeed Feed => scope.ServiceProvider.GetRequiredService<WorkspaceFeed>();

    public async Task<WorkspaceFeed> Open(string email)
    {
        await Feed.Start(new DashboardUser(email, "acme"));
        return Feed;
    }

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
