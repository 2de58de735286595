using Conclude.LocalEngine.Storage;
using Orleans.Storage;

namespace Conclude.Testing;

/// <summary>Grain state in the local engine's own format, which an installation keeps when it moves to a cluster.</summary>
internal sealed class StateJsonSerializer(IGrainFactory factory) : IGrainStorageSerializer
{
    private readonly StateJson _json = new(factory);

    public BinaryData Serialize<T>(T? input) => new(_json.Write(input));

    public T Deserialize<T>(BinaryData input) => _json.Read<T>(input.ToMemory().Span)!;
}
