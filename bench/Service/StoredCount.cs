namespace Conclude.Bench.Service;

/// <summary>What a store holds, so that the bench can tell whether it kept what it acknowledged.</summary>
/// <param name="Events">Rows of events.</param>
/// <param name="Totals">Sum of the hourly counters.</param>
public sealed record StoredCount(long Events, long Totals);
