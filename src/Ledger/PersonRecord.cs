using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>What is stored of a person, but for the events.</summary>
/// <param name="Keys">The person's key and those of the browsers linked to them, test ones apart: whose events are theirs.</param>
/// <param name="Person">As stated last.</param>
/// <param name="Prompts">Oldest first.</param>
public sealed record PersonRecord(ImmutableArray<string> Keys, Person Person, ImmutableArray<PersonPrompt> Prompts)
{
    /// <summary>For a browser: the person it was linked to.</summary>
    public string? LinkedTo { get; init; }

    /// <summary>Holds something besides events.</summary>
    public bool IsKnown => !Person.IsEmpty || !Prompts.IsEmpty || Keys.Length > 1 || LinkedTo is not null;
}
