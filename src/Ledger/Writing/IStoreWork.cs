using Conclude.Ledger.Reading;

namespace Conclude.Ledger.Writing;

/// <summary>Work on stored facts that takes its turn in the writer's queue.</summary>
internal interface IStoreWork
{
    /// <summary>It changes totals, which the writer may remember.</summary>
    bool MovesSums { get; }

    void Run(IQueries queries);
}
