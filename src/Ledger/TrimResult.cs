namespace Conclude.Ledger;

/// <summary>What one small batch of retention did.</summary>
/// <param name="Events">Events deleted.</param>
/// <param name="Prompts">Prompts whose comment, person and page were blanked.</param>
/// <param name="TestFacts">Test events and prompts deleted.</param>
/// <param name="IsDone">Nothing is left to do.</param>
public sealed record TrimResult(int Events, int Prompts, int TestFacts, bool IsDone);
