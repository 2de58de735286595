namespace Conclude.Grains.Webhooks;

/// <summary>
/// When to try again: exponential backoff with full jitter (AWS Architecture Blog, "Exponential Backoff and Jitter"), for 24 h, the last
/// attempt at their end. What a receiver asks for by <c>Retry-After</c> is granted within them.
/// </summary>
public static class RetrySchedule
{
    public static readonly TimeSpan For = TimeSpan.FromHours(24);

    /// <summary>The longest wait after each attempt; after the last of them its own.</summary>
    private static readonly TimeSpan[] Longest =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6),
    ];

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <param name="tries">Attempts so far, all failed; at least 1.</param>
    /// <param name="since">When they began to count.</param>
    /// <param name="chance">0 ≤ chance &lt; 1.</param>
    /// <returns>Null when it is given up.</returns>
    public static DateTimeOffset? Next(int tries, DateTimeOffset since, DateTimeOffset now, TimeSpan? retryAfter, double chance)
    {
        var end = since + For;
        if (now >= end)
        {
            return null;
        }

        var wait = Longest[Math.Min(tries, Longest.Length) - 1] * chance;
        wait = wait < Shortest ? Shortest : wait;
        var next = now + (retryAfter > wait ? retryAfter.Value : wait);
        return next < end ? next : end;
    }
}
