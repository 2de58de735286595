namespace Conclude.Ledger.Outbox;

/// <summary>What came of one attempt.</summary>
/// <param name="At">Its end.</param>
/// <param name="Status">HTTP status; null when there was none.</param>
/// <param name="Error">Null when it was delivered.</param>
/// <param name="NextAt">When to try again; null when delivered or given up.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, int? Status, TimeSpan Duration, string? Error, DateTimeOffset? NextAt);
