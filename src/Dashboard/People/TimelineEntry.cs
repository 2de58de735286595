using Conclude.Ledger;

namespace Conclude.Dashboard.People;

/// <summary>Something of a person's past: either a prompt with what came of it, or an event that did not ask.</summary>
public sealed record TimelineEntry(DateTimeOffset At, Guid Id, PersonPrompt? Prompt, PersonEvent? Fire);
