namespace Conclude.Ledger.Upkeep;

/// <summary>A key that is to become another in all that was stored up to two bounds.</summary>
/// <param name="EventsUntil">Receipt of the newest event, ms.</param>
/// <param name="PromptsUntil">The newest prompt's place in the order of grants.</param>
internal sealed record ErasureNote(long WorkspaceId, string Workspace, string UserKey, string FreshKey, long EventsUntil, long PromptsUntil);
