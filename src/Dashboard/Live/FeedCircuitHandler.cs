using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Conclude.Dashboard.Live;

/// <summary>A browser that comes back after a lost connection sees the state of now.</summary>
internal sealed class FeedCircuitHandler(WorkspaceFeed feed) : CircuitHandler
{
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => feed.ReadAgain();
}
