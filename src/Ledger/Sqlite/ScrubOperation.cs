using Conclude.Ledger.Upkeep;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>A turn of <see cref="FileScrub"/>, after the commit of its batch.</summary>
internal sealed class ScrubOperation : Operation<ScrubState>
{
    public override bool Unbounded => true;

    /// <summary>What kept it; the batch is none the worse.</summary>
    public Exception? Failure { get; set; }
}
