using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>Answers, newest first.</summary>
/// <param name="IsCut">There are older ones in the range, which were not read.</param>
public sealed record AnswerSample(ImmutableArray<AnswerFacts> Answers, bool IsCut);
