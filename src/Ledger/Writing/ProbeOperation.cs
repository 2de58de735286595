namespace Conclude.Ledger.Writing;

/// <summary>Writes something that means nothing, to learn whether writes work.</summary>
internal sealed class ProbeOperation : Operation<bool>
{
    public override bool Unbounded => true;
}
