using System.Collections.Concurrent;
using Orleans.Storage;

namespace Conclude.Conformance.Tests.Engine;

/// <summary>A grain storage of the test's own that fails when told to. Keeps numbers only.</summary>
internal sealed class FaultyStorage : IGrainStorage
{
    private static readonly ConcurrentDictionary<string, (int Value, int Version)> Records = new();
    private static readonly ConcurrentDictionary<string, Exception> Faults = new();

    /// <summary>The next operation on the grain's state fails.</summary>
    public static void FailNext(string grainKey, Exception fault) => Faults[grainKey] = fault;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfFaulty(grainId);
        if (Records.TryGetValue(grainId.ToString(), out var record))
        {
            grainState.State = (T)(object)new Number { Value = record.Value };
            grainState.ETag = $"{record.Version}";
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfFaulty(grainId);
        var version = int.Parse(grainState.ETag ?? "0", System.Globalization.CultureInfo.InvariantCulture) + 1;
        Records[grainId.ToString()] = (((Number)(object)grainState.State!).Value, version);
        grainState.ETag = $"{version}";
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfFaulty(grainId);
        Records.TryRemove(grainId.ToString(), out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static void ThrowIfFaulty(GrainId grainId)
    {
        if (Faults.TryRemove(grainId.Key.ToString()!, out var fault))
        {
            throw fault;
        }
    }
}
