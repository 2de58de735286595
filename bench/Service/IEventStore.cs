namespace Conclude.Bench.Service;

/// <summary>Keeps events; answers only what is on disk.</summary>
public interface IEventStore : IAsyncDisposable
{
    /// <returns>How many of the events were new.</returns>
    ValueTask<int> Append(EventsRequest request);

    Task<StoredCount> Count();
}
