namespace Conclude.Ledger.Outbox;

/// <summary>A webhook with something pending.</summary>
/// <param name="FirstAt">When the first of it is due.</param>
/// <param name="Due">How many are due, counted up to a bound.</param>
public sealed record WaitingWebhook(string Workspace, string Webhook, DateTimeOffset FirstAt, int Due);
