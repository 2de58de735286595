using System.Collections.Immutable;

namespace Conclude.Grains.Idempotency;

internal sealed class IdempotencyGrain([PersistentState(Storage.Idempotency, Storage.Provider)] IPersistentState<IdempotencyState> stored, TimeProvider time)
    : Grain, IIdempotencyGrain
{
    /// <summary>In a workspace at a time: all of them are one document.</summary>
    internal const int MaxRequests = 500;

    /// <summary>Of kept answers, as they are stored; the last one may pass it.</summary>
    private const int MaxCharacters = 1 << 20;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>A request that runs for longer has gone with its process. What it may have done is done again then: nobody knows.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(1);

    public async Task<IdempotencyStart> Begin(string keyHash, string fingerprint, Guid attempt)
    {
        var now = time.GetUtcNow();
        var kept = Kept(now);
        var start = Decide(kept, keyHash, fingerprint, now);
        if (start.Status == IdempotencyStatus.Started)
        {
            await Write(kept.SetItem(keyHash, new KeptRequest(fingerprint, attempt, now, Answer: null)));
        }

        return start;
    }

    public Task Finish(string keyHash, Guid attempt, KeptAnswer? answer)
    {
        var kept = Kept(time.GetUtcNow());
        return !kept.TryGetValue(keyHash, out var request) || request.Attempt != attempt ? Task.CompletedTask
            : Write(answer is null ? kept.Remove(keyHash) : kept.SetItem(keyHash, request with { Answer = answer }));
    }

    public Task Sweep()
    {
        var kept = Kept(time.GetUtcNow());
        return kept.Count == stored.State.Requests.Count ? Task.CompletedTask : Write(kept);
    }

    private static IdempotencyStart Decide(ImmutableSortedDictionary<string, KeptRequest> kept, string keyHash, string fingerprint, DateTimeOffset now) =>
        !kept.TryGetValue(keyHash, out var earlier)
            ? new(kept.Count >= MaxRequests || kept.Values.Sum(static r => r.Answer?.Body?.Length ?? 0) >= MaxCharacters ? IdempotencyStatus.Full : IdempotencyStatus.Started)
        : earlier.Fingerprint != fingerprint ? new(IdempotencyStatus.Reused)
        : earlier.Answer is { } answer ? new(IdempotencyStatus.Answered, answer)
        : new(now - earlier.StartedAt < AbandonedAfter ? IdempotencyStatus.Running : IdempotencyStatus.Started);

    private ImmutableSortedDictionary<string, KeptRequest> Kept(DateTimeOffset now) =>
        stored.State.Requests.RemoveRange(stored.State.Requests.Where(r => now - r.Value.StartedAt >= KeptFor).Select(static r => r.Key));

    private async Task Write(ImmutableSortedDictionary<string, KeptRequest> requests)
    {
        stored.State.Requests = requests;
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception)
        {
            // What the store now holds is unknown: the next activation reads it.
            DeactivateOnIdle();
            throw;
        }
    }
}
