using Orleans.Runtime;
using Orleans.Storage;

namespace Conclude.Api.Tests.Hosting;

/// <summary>Grain storage that keeps nothing and answers nothing.</summary>
internal sealed class FailingStorage : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new IOException("The disk is gone.");

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new IOException("The disk is gone.");

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new IOException("The disk is gone.");
}
