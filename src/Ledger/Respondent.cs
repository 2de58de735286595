using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>Somebody who answered.</summary>
/// <param name="UserKey">The person's when they are known, else their browser's.</param>
/// <param name="Person">As they were at their last answer in the range.</param>
/// <param name="At">When that was.</param>
/// <param name="Reactions">To whatever they were asked about, on any of their browsers; newest first.</param>
public sealed record Respondent(string UserKey, Person Person, DateTimeOffset At, ImmutableArray<PastReaction> Reactions);
