using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.State;

public interface IFaultyStateGrain : IGrainWithStringKey
{
    Task<string?> WriteAsync(int value);

    /// <summary>The etag, from memory.</summary>
    Task<string?> EtagAsync();
}

internal sealed class FaultyStateGrain([PersistentState("number", TestEngine.Faulty)] IPersistentState<Number> number) : Grain, IFaultyStateGrain
{
    public async Task<string?> WriteAsync(int value)
    {
        number.State.Value = value;
        await number.WriteStateAsync();
        return number.Etag;
    }

    public Task<string?> EtagAsync() => Task.FromResult(number.Etag);
}
