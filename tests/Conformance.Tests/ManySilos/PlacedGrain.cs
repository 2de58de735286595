using Conclude.Conformance.Tests.Calls;
using Conclude.Conformance.Tests.Copies;
using Conclude.Conformance.Tests.Engine;
using Conclude.Conformance.Tests.Streams;
using Orleans.Placement;
using Orleans.Streams;

namespace Conclude.Conformance.Tests.ManySilos;

public interface IPlacedGrain : IGrainWithStringKey
{
    /// <summary>The name of the silo it lives on.</summary>
    Task<string> SiloAsync();

    /// <summary>Lets another grain spoil a parcel of this one, and returns what is left of it.</summary>
    Task<Parcel> LetSpoilAsync(IPlacedGrain other);

    Task SpoilAsync(Parcel parcel);

    Task LetFailAsync(IPlacedGrain other, string message);

    Task FailAsync(string message);

    Task LetWaitAsync(IPlacedGrain other, string gate, CancellationToken cancellationToken);

    Task WaitAsync(string gate, CancellationToken cancellationToken);

    Task ListenAsync(string key);

    Task KeepAsync(int value);

    Task<int> KeptAsync();
}

/// <summary>Begins its life on the silo whose client calls it first.</summary>
[PreferLocalPlacement]
internal sealed class PlacedGrain([PersistentState("number", TestEngine.Storage)] IPersistentState<Number> number, ILocalSiloDetails silo) : Grain, IPlacedGrain
{
    public Task<string> SiloAsync() => Task.FromResult(silo.Name);

    public async Task<Parcel> LetSpoilAsync(IPlacedGrain other)
    {
        var parcel = new Parcel { Weight = 1, Label = new Note { Text = "label" }, Notes = { new Note() } };
        await other.SpoilAsync(parcel);
        return parcel;
    }

    public Task SpoilAsync(Parcel parcel)
    {
        parcel.Weight = -1;
        parcel.Label!.Text = "spoiled";
        parcel.Notes.Clear();
        return Task.CompletedTask;
    }

    public Task LetFailAsync(IPlacedGrain other, string message) => other.FailAsync(message);

    public Task FailAsync(string message) => throw new BadDayException(message);

    public Task LetWaitAsync(IPlacedGrain other, string gate, CancellationToken cancellationToken) => other.WaitAsync(gate, cancellationToken);

    public async Task WaitAsync(string gate, CancellationToken cancellationToken)
    {
        Journal.Write(gate, "waiting");
        try
        {
            await Journal.GateAsync(gate).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Journal.Write(gate, "cancelled");
            throw;
        }
    }

    public Task ListenAsync(string key) => this.GetStreamProvider(TestEngine.Streams).GetStream<Fact>(StreamId.Create("placed", key)).SubscribeAsync((fact, _) =>
    {
        Journal.Write(this.GetPrimaryKeyString(), $"{fact.Number}");
        return Task.CompletedTask;
    });

    public async Task KeepAsync(int value)
    {
        number.State.Value = value;
        await number.WriteStateAsync();
    }

    public Task<int> KeptAsync() => Task.FromResult(number.State.Value);
}
