using Conclude.Ledger.Reading;

namespace Conclude.Ledger.Upkeep;

/// <summary>One store's way to change stored facts beside the daily work.</summary>
internal interface IUpkeepStore : IDisposable
{
    /// <summary>Runs the work, with the statements of <c>upkeep.sql</c>, in one transaction; it may run twice, the first time undone.</summary>
    /// <param name="weight">Rows that it is about to touch, roughly.</param>
    /// <param name="movesSums">It changes totals, which the writer may remember.</param>
    Task<T> Write<T>(int weight, Func<IQueries, T> work, bool movesSums = false);

    /// <summary>Runs the reading with the statements of <c>upkeep.sql</c>, away from the writer and without a limit of time.</summary>
    Task<T> Read<T>(Func<IQueries, T> reading, CancellationToken cancellation);

    /// <summary>One process has the turn at a time, until it disposes it or ends.</summary>
    /// <returns>Null while another process has it.</returns>
    Task<IDisposable?> TryTake(UpkeepTurn turn, CancellationToken cancellation);

    /// <summary>How often <c>owe_scrub</c> has been run, ever; 0 when nothing of it is open.</summary>
    Task<long> ReadOwed(CancellationToken cancellation);

    /// <summary>Overwrites what nothing refers to any more in the store's files: a part of them, then it is somebody else's turn.</summary>
    /// <param name="until">Done when all of the files has been gone through since so much was owed. The same files for all who ask.</param>
    Task<ScrubState> Scrub(long until);
}
