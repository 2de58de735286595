using System.Collections.Immutable;

namespace Conclude.Grains.Tenants;

/// <summary>The outcome of saving a moment.</summary>
/// <param name="Moment">As stored now; null when there is none.</param>
/// <param name="Errors">By field (its JSON name), when invalid.</param>
[GenerateSerializer, Immutable, Alias("Conclude.MomentSaved")]
public sealed record MomentSaved(
    [property: Id(0)] SaveStatus Status,
    [property: Id(1)] MomentDefinition? Moment,
    [property: Id(2)] ImmutableSortedDictionary<string, string> Errors);
