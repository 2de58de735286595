using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>What a verification found, one line for each difference.</summary>
/// <param name="WrongSums">Stored sums that the rows contradict; a repair mends them.</param>
/// <param name="WrongRows">Events and prompts that contradict one another, and prompts granted while another of the same user was live: nothing can mend them.</param>
/// <param name="Rows">Events and prompts that were looked at.</param>
public sealed record VerifyResult(ImmutableArray<string> WrongSums, ImmutableArray<string> WrongRows, long Rows)
{
    public bool Agrees => WrongSums.IsEmpty && WrongRows.IsEmpty;
}
