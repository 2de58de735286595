namespace Conclude.Grains.Idempotency;

/// <summary>What is known of an idempotency key.</summary>
[GenerateSerializer, Alias("Conclude.IdempotencyStatus")]
public enum IdempotencyStatus : byte
{
    /// <summary>Nothing: the request is to run.</summary>
    Started,

    /// <summary>The same request was answered.</summary>
    Answered,

    /// <summary>The same request runs now.</summary>
    Running,

    /// <summary>Another request came with it.</summary>
    Reused,

    /// <summary>Nothing, and the workspace may have no more of them in 24 hours.</summary>
    Full,
}
