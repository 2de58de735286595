using Orleans.Storage;

namespace Conclude.Testing;

/// <summary>One silo's door to <see cref="KeptRecords"/>: written with the silo's storage serializer, fenced by etag.</summary>
internal sealed class KeptGrainStorage(KeptRecords records, IGrainStorageSerializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = records.All.GetValueOrDefault((grainId, stateName));
        grainState.State = stored is null ? Activator.CreateInstance<T>() : serializer.Deserialize<T>(stored.Payload);
        grainState.ETag = stored?.Etag;
        grainState.RecordExists = stored is not null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var next = new KeptRecords.Record(serializer.Serialize(grainState.State), Guid.NewGuid().ToString("N"));
        var stored = records.All.GetValueOrDefault((grainId, stateName));
        var isWritten = stored?.Etag == grainState.ETag
            && (stored is null ? records.All.TryAdd((grainId, stateName), next) : records.All.TryUpdate((grainId, stateName), next, stored));
        if (!isWritten)
        {
            throw Conflict(stored, grainState.ETag);
        }

        grainState.ETag = next.Etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = records.All.GetValueOrDefault((grainId, stateName));
        if (stored?.Etag != grainState.ETag || (stored is not null && !records.All.TryRemove(KeyValuePair.Create((grainId, stateName), stored))))
        {
            throw Conflict(stored, grainState.ETag);
        }

        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static InconsistentStateException Conflict(KeptRecords.Record? stored, string? expected) =>
        new("The state was changed by another activation.", stored?.Etag ?? "", expected ?? "");
}
