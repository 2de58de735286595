namespace Orleans.Runtime;

/// <summary>An identity made of a <see cref="System.Guid"/>.</summary>
[Immutable]
public sealed class GuidId : IEquatable<GuidId>
{
    private GuidId(Guid guid) => Guid = guid;

    public Guid Guid { get; }

    public static GuidId GetGuidId(Guid guid) => new(guid);

    public bool Equals(GuidId? other) => other is not null && Guid == other.Guid;

    public override bool Equals(object? obj) => Equals(obj as GuidId);

    public override int GetHashCode() => Guid.GetHashCode();

    public override string ToString() => Guid.ToString();
}
