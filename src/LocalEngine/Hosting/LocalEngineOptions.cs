namespace Conclude.LocalEngine;

/// <summary>What only the local engine has settings for.</summary>
public sealed class LocalEngineOptions
{
    /// <summary>How long a stop waits for running calls before it ends activations, in real time; 5 seconds.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Events that wait for one stream subscriber; past it the oldest are dropped and the subscriber's OnErrorAsync is called. 1 or more; 10,000.</summary>
    public int StreamQueueLength { get; set; } = 10_000;
}
