namespace Conclude.Ledger;

/// <summary>Joins a browser's history to a person, once and for good. Bumps both rows.</summary>
/// <param name="Verified">The request proved the person's identity.</param>
public sealed record Link(
    string Workspace, string AnonymousKey, long AnonymousVersion, string PersonKey, long PersonVersion, bool Verified, DateTimeOffset At);
