using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>What a search for a person's events found.</summary>
/// <param name="Next">Where to go on; null when nothing is left. Everything newer was looked at.</param>
/// <param name="IsPartial">The time was over before the page was full.</param>
public sealed record PersonEventPage(ImmutableArray<PersonEvent> Items, PersonEventCursor? Next, bool IsPartial);
