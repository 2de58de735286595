namespace Conclude.Api.ObservedEvents;

/// <summary>Names whose events are refused, in order.</summary>
internal sealed record BlockedNamesJson(IReadOnlyList<string> Items);
