namespace Conclude.LocalEngine.Calls;

/// <summary>A request whose sender waits, at most for the response timeout.</summary>
internal abstract class AwaitedRequest(PendingCalls pending) : Request
{
    // Links and stripe belong to PendingCalls.
    internal AwaitedRequest? Older { get; set; }

    internal AwaitedRequest? Newer { get; set; }

    internal int Stripe { get; set; } = -1;

    internal long Deadline { get; set; }

    protected PendingCalls Pending { get; } = pending;

    /// <summary>Ends the wait. Does nothing when it has ended already.</summary>
    internal abstract void TryFail(Exception reason);

    internal abstract string Describe();
}
