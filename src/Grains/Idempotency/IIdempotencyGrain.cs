namespace Conclude.Grains.Idempotency;

/// <summary>
/// What a workspace's programs asked for under idempotency keys in the last 24 hours, and what they were answered: in the store, so that
/// it holds through restarts and whichever silo is asked.
/// </summary>
[Alias("Conclude.IIdempotencyGrain")]
public interface IIdempotencyGrain : IGrainWithStringKey
{
    /// <summary>Asks whether a request may run; it may when the answer is <see cref="IdempotencyStatus.Started"/>, and then must be finished.</summary>
    /// <param name="keyHash">SHA-256 of the idempotency key, lower-case hex: the key itself opens the kept answer.</param>
    /// <param name="fingerprint">Of the whole request.</param>
    /// <param name="attempt">A new one for each call.</param>
    [Alias("Begin")]
    Task<IdempotencyStart> Begin(string keyHash, string fingerprint, Guid attempt);

    /// <summary>Keeps what a request was answered. Nothing happens when another attempt has taken its place.</summary>
    /// <param name="answer">Null keeps nothing: the same request may run again.</param>
    [Alias("Finish")]
    Task Finish(string keyHash, Guid attempt, KeptAnswer? answer);

    /// <summary>Lets go of what is older than 24 hours; every <see cref="Begin"/> does so too.</summary>
    [Alias("Sweep")]
    Task Sweep();
}
