using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>What the app told about a person. Untrusted unless <paramref name="Verified"/>.</summary>
/// <param name="Traits">Values as text; numbers in invariant form.</param>
[GenerateSerializer, Immutable, Alias("Conclude.Person")]
public sealed record Person(
    [property: Id(0)] string? ExternalId,
    [property: Id(1)] string? Email,
    [property: Id(2)] string? Name,
    [property: Id(3)] ImmutableArray<Company> Companies,
    [property: Id(4)] ImmutableSortedDictionary<string, string> Traits,
    [property: Id(5)] bool Verified)
{
    /// <summary>Facts that requests add to are kept up to this many traits; what one request states always fits.</summary>
    public const int MaxTraits = 100;

    public static Person Nobody { get; } = new(null, null, null, [], ImmutableSortedDictionary<string, string>.Empty, Verified: false);

    /// <summary>Holds nothing that would be worth storing.</summary>
    public bool IsEmpty => ExternalId is null && Email is null && Name is null && Companies.IsEmpty && Traits.IsEmpty;

    /// <summary>These facts with those a later request states laid over them; what the request leaves out stays.</summary>
    public Person Overlay(Person later) => new(
        later.ExternalId ?? ExternalId,
        later.Email ?? Email,
        later.Name ?? Name,
        later.Companies.IsEmpty ? Companies : later.Companies,
        later.Traits.IsEmpty ? Traits : Merged(later.Traits),
        Verified || later.Verified);

    private ImmutableSortedDictionary<string, string> Merged(ImmutableSortedDictionary<string, string> later)
    {
        var merged = Traits.SetItems(later);
        return merged.Count <= MaxTraits
            ? merged
            : merged.RemoveRange(Traits.Keys.Where(trait => !later.ContainsKey(trait)).Take(merged.Count - MaxTraits).ToArray());
    }

    public bool Equals(Person? other) =>
        other is not null
        && (ExternalId, Email, Name, Verified) == (other.ExternalId, other.Email, other.Name, other.Verified)
        && Companies.AsSpan().SequenceEqual(other.Companies.AsSpan())
        && Traits.SequenceEqual(other.Traits);

    public override int GetHashCode() => HashCode.Combine(ExternalId, Email, Name, Companies.Length, Traits.Count, Verified);
}
