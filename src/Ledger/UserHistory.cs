using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>All that rules need to know of one user: the user's own prompts and those of every browser linked to them.</summary>
/// <param name="Version">Of the user's row; when there is none, 0, or what the last erasure raised that to.</param>
/// <param name="LinkedTo">For a browser: the person it was linked to. Its facts and prompts are then the person's business.</param>
/// <param name="Browsers">For a person: the browsers linked to them.</param>
/// <param name="Prompts">Oldest first.</param>
[GenerateSerializer, Immutable, Alias("Conclude.UserHistory")]
public sealed record UserHistory(
    [property: Id(0)] long Version,
    [property: Id(1)] Person Person,
    [property: Id(2)] LinkedKey? LinkedTo,
    [property: Id(3)] ImmutableArray<LinkedKey> Browsers,
    [property: Id(4)] ImmutableArray<Prompt> Prompts)
{
    public static UserHistory Empty { get; } = new(0, Person.Nobody, null, [], []);
}
