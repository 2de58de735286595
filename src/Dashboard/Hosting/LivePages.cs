using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;

namespace Conclude.Dashboard.Hosting;

/// <summary>Gives each connection of a live page its place for as long as it lasts, whatever it is carried by; without one it is closed.</summary>
internal sealed class LivePages(PageLimits limits) : IHubFilter
{
    private const string Item = "conclude:place";

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var http = context.Context.GetHttpContext();
        if (limits.Enter(context.Context.User?.FindFirstValue(ClaimTypes.Email) ?? "", http?.Connection.RemoteIpAddress) is not { } place)
        {
            context.Context.Abort();
            return;
        }

        context.Context.Items[Item] = place;
        await next(context);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        try
        {
            await next(context, exception);
        }
        finally
        {
            (context.Context.Items[Item] as IDisposable)?.Dispose();
        }
    }
}
