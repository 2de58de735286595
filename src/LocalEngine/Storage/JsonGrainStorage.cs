using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Conclude.LocalEngine.Storage;

/// <summary>
/// What grain storages of JSON records share: the value is written out in the grain's own turn, before anything waits, and the
/// etag changes only after the store has taken it.
/// </summary>
internal abstract class JsonGrainStorage(StateJson json) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var stored = await LoadAsync(stateName, grainId, cancellationToken);
        grainState.State = stored is null ? StateActivator<T>.Create() : json.Read<T>(stored.Payload);
        grainState.ETag = stored?.Etag;
        grainState.RecordExists = stored is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var next = new StoredRecord(json.Write(grainState.State), Guid.NewGuid().ToString("N"));
        await SaveAsync(stateName, grainId, next, grainState.ETag, cancellationToken);
        grainState.ETag = next.Etag;
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        await DeleteAsync(stateName, grainId, grainState.ETag, cancellationToken);
        grainState.State = StateActivator<T>.Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    protected abstract Task<StoredRecord?> LoadAsync(string stateName, GrainId grainId, CancellationToken cancellationToken);

    /// <summary>Inserts when <paramref name="expectedEtag"/> is null, else replaces exactly that version.</summary>
    protected abstract Task SaveAsync(string stateName, GrainId grainId, StoredRecord next, string? expectedEtag, CancellationToken cancellationToken);

    protected abstract Task DeleteAsync(string stateName, GrainId grainId, string? expectedEtag, CancellationToken cancellationToken);

    protected static InconsistentStateException Conflict(string stateName, GrainId grainId, string? stored, string? expected) =>
        new($"State {stateName} of {grainId.ForLog()} was changed by another activation.", stored, expected);
}
