namespace Conclude.Ledger;

/// <summary>How many answers match.</summary>
/// <param name="IsAll">False when there may be more: the bound was reached, or the time was over.</param>
public readonly record struct ResponseCount(int Count, bool IsAll);
