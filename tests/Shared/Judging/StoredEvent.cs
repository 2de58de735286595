namespace Conclude.Testing.Judging;

/// <summary>A row of <c>events</c>.</summary>
internal sealed record StoredEvent(Guid Id, string Name, string UserKey, string Verdict, Guid? Prompt);
