using System.Collections.Concurrent;

namespace Conclude.Api.RateLimiting;

/// <summary>
/// Token buckets by key, as a virtual schedule (the generic cell rate algorithm of ITU-T I.371): a bucket is one number, the time at
/// which it will be full again, so taking is one compare-and-swap and a full bucket can be forgotten.
/// </summary>
/// <param name="capacity">Keys kept; beyond it new keys share one bucket until old ones are full again.</param>
internal sealed class TokenBuckets<TKey>(TimeProvider time, int capacity = 100_000)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Bucket> _buckets = new();
    private readonly Bucket _overflow = new();
    private int _count;
    private long _sweptAt = time.GetTimestamp();

    public int Count => Volatile.Read(ref _count);

    /// <param name="policy">The same for a key at all times, or nearly so: another one counts what was taken by its own measure.</param>
    public Taken Take(TKey key, RatePolicy policy)
    {
        var now = time.GetTimestamp();
        var bucket = _buckets.TryGetValue(key, out var known) ? known : Add(key, now);
        while (true)
        {
            var full = Interlocked.Read(ref bucket.FullAt);
            var start = Math.Max(full, now);
            var spare = policy.Tolerance - (start - now);
            if (spare < 0)
            {
                return new((int)Math.Clamp(Math.Ceiling(-spare / (double)time.TimestampFrequency), 1, int.MaxValue), Remaining: 0);
            }

            if (Interlocked.CompareExchange(ref bucket.FullAt, start + policy.Interval, full) == full)
            {
                return new(Wait: 0, (int)(spare / policy.Interval));
            }
        }
    }

    private Bucket Add(TKey key, long now)
    {
        if (Count >= capacity && !Sweep(now))
        {
            return _overflow;
        }

        var mine = new Bucket();
        var kept = _buckets.GetOrAdd(key, mine);
        if (ReferenceEquals(kept, mine))
        {
            Interlocked.Increment(ref _count);
        }

        return kept;
    }

    /// <summary>Forgets full buckets, at most once a second.</summary>
    /// <returns>Whether there is room again.</returns>
    private bool Sweep(long now)
    {
        var swept = Interlocked.Read(ref _sweptAt);
        if (now - swept >= time.TimestampFrequency && Interlocked.CompareExchange(ref _sweptAt, now, swept) == swept)
        {
            foreach (var (key, bucket) in _buckets)
            {
                if (Interlocked.Read(ref bucket.FullAt) <= now && _buckets.TryRemove(key, out _))
                {
                    Interlocked.Decrement(ref _count);
                }
            }
        }

        return Count < capacity;
    }

    private sealed class Bucket
    {
        /// <summary>Timestamp at which the bucket is full; in the past when it is.</summary>
        public long FullAt;
    }
}
