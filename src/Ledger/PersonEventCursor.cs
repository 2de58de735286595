namespace Conclude.Ledger;

/// <summary>A place in the events of a workspace, by receipt.</summary>
public sealed record PersonEventCursor(DateTimeOffset ReceivedAt, Guid Id);
