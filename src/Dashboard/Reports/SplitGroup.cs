namespace Conclude.Dashboard.Reports;

/// <summary>Answers that have something in common.</summary>
/// <param name="Key">What they have in common, as it is filtered by; null for the rest and for the unknown.</param>
public sealed record SplitGroup(string? Key, string Label, ReactionCounts Counts);
