using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>What apps have told about some people and pages: a sample, for suggestions.</summary>
/// <param name="Pages">Of the newest prompts, newest first.</param>
public sealed record KnownFacts(ImmutableArray<Person> People, ImmutableArray<PageContext> Pages)
{
    public static KnownFacts None { get; } = new([], []);
}
