using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>How a grain timer runs. Times are from -1 ms (<see cref="Timeout.InfiniteTimeSpan"/>: never) to about 49.7 days.</summary>
public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Time to the first callback.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from the end of one callback to the start of the next.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Lets callbacks run between the awaits of calls. Default false.</summary>
    public bool Interleave { get; init; }

    /// <summary>Lets callbacks keep the activation from idle collection. Default false.</summary>
    public bool KeepAlive { get; init; }
}
