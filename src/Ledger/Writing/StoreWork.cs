using Conclude.Ledger.Reading;

namespace Conclude.Ledger.Writing;

/// <param name="weight">Rows that it is about to touch, roughly.</param>
internal sealed class StoreWork<T>(int weight, Func<IQueries, T> work, bool movesSums) : Operation<T>, IStoreWork
{
    public override int Weight => weight;

    public override bool Unbounded => true;

    public bool MovesSums => movesSums;

    public void Run(IQueries queries) => Result = work(queries);
}
