namespace Conclude.Testing.Load;

/// <summary>Who sits before a browser. Two tabs of it share one; a sign-out makes a new one.</summary>
internal sealed class Visitor(bool isPerson)
{
    public string AnonymousId { get; } = Guid.NewGuid().ToString("N");

    public string? ExternalId { get; } = isPerson ? "user_" + Guid.NewGuid().ToString("N") : null;

    /// <summary>By whom the journal knows them.</summary>
    public string Key => ExternalId ?? AnonymousId;

    public Visitor Next() => new(isPerson);
}
