using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Conclude.Dashboard.Live;

/// <summary>Does nothing for a browser that is out of reach, or whose member was removed, and shows one that comes back the state of now.</summary>
internal sealed class FeedCircuitHandler(WorkspaceFeed feed) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        context => feed.Ended ? Task.CompletedTask : next(context);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        feed.Suspend();
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // Not waited for: while the store is away it takes as long, and the page says so.
        _ = feed.Resume();
        return Task.CompletedTask;
    }
}
