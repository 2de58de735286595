using Conclude.LocalEngine.Storage;
using Conclude.LocalEngine.Streams;
using Orleans;

namespace Conclude.LocalEngine;

/// <summary>What few activations need at a time, kept apart so that idle ones stay small.</summary>
internal sealed class ActivationExtras
{
    internal DeactivationReason Reason { get; set; }

    /// <summary>Stored values to read before OnActivateAsync.</summary>
    internal List<IStoredValue>? Unread { get; set; }

    internal HashSet<GrainTimer>? Timers { get; set; }

    /// <summary>Stream observers of this activation by subscription.</summary>
    internal Dictionary<Guid, IStreamObserver>? Observers { get; set; }
}
