namespace Conclude.Ledger.Adoption;

/// <param name="Table">What is being copied.</param>
/// <param name="Rows">Copied so far, of all tables; those of an earlier, interrupted run included.</param>
/// <param name="OfRows">There are in all.</param>
public sealed record AdoptionProgress(string Table, long Rows, long OfRows);
