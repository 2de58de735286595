using Conclude.Bench.Service;

namespace Conclude.Bench.GroupCommit;

/// <summary>A request that waits for its commit; completes with the number of its events that were new.</summary>
public sealed class Pending(EventsRequest request, long receivedAt) : TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public EventJson[] Events { get; } = request.Events!;

    public string UserKey { get; } = request.UserKey;

    /// <summary>Milliseconds, UTC.</summary>
    public long ReceivedAt { get; } = receivedAt;

    /// <summary>Set by the store; told after the commit.</summary>
    public int Accepted { get; set; }
}
