using Conclude.Ledger.Upkeep;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>A turn of <see cref="FileScrub"/>, after the commit of its batch.</summary>
/// <param name="until">See <see cref="FileScrub.Run"/>.</param>
internal sealed class ScrubOperation(long until) : Operation<ScrubState>
{
    public long Until => until;

    public override bool Unbounded => true;

    /// <summary>What kept it; the batch is none the worse.</summary>
    public Exception? Failure { get; set; }
}
