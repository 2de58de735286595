namespace Conclude.Ledger.Reading;

/// <summary>One store's connections for reading.</summary>
internal interface IReaders : IDisposable
{
    /// <summary>Runs a short, indexed query.</summary>
    /// <exception cref="LedgerUnavailableException">The store does not answer.</exception>
    Task<T> Read<T>(Func<IQueries, T> query, CancellationToken cancellation);

    /// <summary>Runs one short, indexed statement, without a transaction around it.</summary>
    /// <exception cref="LedgerUnavailableException">The store does not answer.</exception>
    Task<T> ReadOne<T>(Func<IQueries, T> statement, CancellationToken cancellation);

    /// <summary>Runs a query over everything, without a limit of time, on a connection of its own.</summary>
    /// <exception cref="LedgerUnavailableException">The store does not answer.</exception>
    Task<T> Recount<T>(Func<IQueries, T> query, CancellationToken cancellation);

    /// <summary>Runs a query that may take long, away from the calling thread.</summary>
    /// <exception cref="LedgerUnavailableException">The store does not answer.</exception>
    Task<T> Scan<T>(Func<IQueries, T> query, CancellationToken cancellation);
}
