using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Conclude.LocalEngine.Storage;

/// <summary>Keeps state for as long as the process lives; in all else like the SQLite storage.</summary>
internal sealed class MemoryGrainStorage(StateJson json) : JsonGrainStorage(json)
{
    private readonly ConcurrentDictionary<(GrainId Grain, string State), StoredRecord> _records = new();

    protected override Task<StoredRecord?> LoadAsync(string stateName, GrainId grainId, CancellationToken cancellationToken) =>
        Task.FromResult(_records.GetValueOrDefault((grainId, stateName)));

    protected override Task SaveAsync(string stateName, GrainId grainId, StoredRecord next, string? expectedEtag, CancellationToken cancellationToken)
    {
        var key = (grainId, stateName);
        var stored = _records.GetValueOrDefault(key);
        var saved = stored?.Etag == expectedEtag && (stored is null ? _records.TryAdd(key, next) : _records.TryUpdate(key, next, stored));
        return saved ? Task.CompletedTask : Task.FromException(Conflict(stateName, grainId, stored?.Etag, expectedEtag));
    }

    protected override Task DeleteAsync(string stateName, GrainId grainId, string? expectedEtag, CancellationToken cancellationToken)
    {
        var key = (grainId, stateName);
        var stored = _records.GetValueOrDefault(key);
        var deleted = stored?.Etag == expectedEtag && (stored is null || _records.TryRemove(KeyValuePair.Create(key, stored)));
        return deleted ? Task.CompletedTask : Task.FromException(Conflict(stateName, grainId, stored?.Etag, expectedEtag));
    }
}
