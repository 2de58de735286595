namespace Conclude.LocalEngine.Calls;

/// <summary>Work that takes a turn on an activation or an observer: a call, a stream delivery, a timer tick.</summary>
internal abstract class Request
{
    /// <summary>The next request in the queue this one waits in.</summary>
    internal Request? Next { get; set; }

    /// <summary>How often it was handed on by an activation that ended before it ran anything.</summary>
    internal int Forwards { get; set; }

    /// <summary>May run between the awaits of other requests.</summary>
    internal virtual bool Interleaves => false;

    /// <summary>Counts as use of the activation.</summary>
    internal virtual bool KeepsAlive => true;

    /// <summary>Belongs to one activation and dies with it; other requests are handed to the next one.</summary>
    internal virtual bool DiesWithActivation => false;

    /// <summary>Nobody waits for the outcome any more (timeout, cancellation): not worth starting.</summary>
    internal virtual bool IsAbandoned => false;

    /// <summary>Why the request failed, once it has run.</summary>
    internal Exception? Error { get; set; }

    /// <summary>Runs and keeps the outcome. Never throws.</summary>
    internal abstract ValueTask RunAsync(object target);

    /// <summary>Tells the caller the outcome, after the turn was ended.</summary>
    internal abstract void Respond();

    /// <summary>Ends a request that is not going to run.</summary>
    internal void Fail(Exception reason)
    {
        Error = reason;
        Respond();
    }
}
