namespace Conclude.Ledger.Writing;

internal sealed class JoinOperation(Link link) : Operation<bool>
{
    public Link Link { get; } = link;
}
