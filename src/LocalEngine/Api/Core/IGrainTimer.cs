namespace Orleans.Runtime;

/// <summary>A timer that belongs to an activation.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets both times anew; while a callback runs, the change counts from its end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time in milliseconds is below -1 or above 4294967294.</exception>
    void Change(TimeSpan dueTime, TimeSpan period);
}
