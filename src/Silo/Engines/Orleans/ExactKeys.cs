using Orleans.Storage;

namespace Conclude.Silo.Engines.Orleans;

/// <summary>
/// Orleans' relational storage takes a key that reads as a number for the number: <c>cafe</c> and <c>00cafe</c> would be one grain's state,
/// and two workspaces or accounts would share it. A mark ahead of each key keeps every one of them text.
/// </summary>
internal sealed class ExactKeys(IGrainStorage rows) : IGrainStorage
{
    private const char Mark = '=';

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rows.ReadStateAsync(stateName, Exact(grainId), grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rows.WriteStateAsync(stateName, Exact(grainId), grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rows.ClearStateAsync(stateName, Exact(grainId), grainState);

    private static GrainId Exact(GrainId id) => GrainId.Create(id.Type, Mark + id.Key.ToString());
}
