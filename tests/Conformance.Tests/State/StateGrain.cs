using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.State;

public interface IStateGrain : IGrainWithStringKey
{
    /// <summary>What the state was when the activation began.</summary>
    Task<Seen> AtActivationAsync();

    Task<Seen> WriteAsync(int value);

    /// <summary>Changes the value in memory after the write was begun and before it ended.</summary>
    Task WriteThenChangeAsync(int written, int changed);

    Task<Seen> ClearAsync();

    Task<Seen> ReadAsync();

    Task EndAsync();

    Task WriteFriendAsync(IStateGrain friend);

    Task<IStateGrain?> FriendAsync();

    Task<int> ActivationAsync();

    /// <summary>Lets <paramref name="other"/> write and returns what came of it, failure included.</summary>
    Task LetWriteAsync(IStateGrain other, int value);
}

[GenerateSerializer]
[Alias("conformance.Seen")]
public sealed record Seen([property: Id(0)] int Value, [property: Id(1)] bool Exists, [property: Id(2)] string? Etag);

[GenerateSerializer]
[Alias("conformance.Friend")]
public sealed class Friend
{
    [Id(0)]
    public IStateGrain? Grain { get; set; }
}

internal sealed class StateGrain(
    [PersistentState("number", TestEngine.Storage)] IPersistentState<Number> number,
    [PersistentState("friend", TestEngine.Storage)] IPersistentState<Friend> friend) : Grain, IStateGrain
{
    private static int _count;
    private readonly int _activation = Interlocked.Increment(ref _count);
    private Seen? _atActivation;

    private Seen Now => new(number.State.Value, number.RecordExists, number.Etag);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atActivation = Now;
        return Task.CompletedTask;
    }

    public Task<Seen> AtActivationAsync() => Task.FromResult(_atActivation!);

    public async Task<Seen> WriteAsync(int value)
    {
        number.State.Value = value;
        await number.WriteStateAsync();
        return Now;
    }

    public async Task WriteThenChangeAsync(int written, int changed)
    {
        await WriteAsync(written);
        number.State.Value = changed;
    }

    public async Task<Seen> ClearAsync()
    {
        await number.ClearStateAsync();
        return Now;
    }

    public async Task<Seen> ReadAsync()
    {
        await number.ReadStateAsync();
        return Now;
    }

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task WriteFriendAsync(IStateGrain friendToKeep)
    {
        friend.State.Grain = friendToKeep;
        return friend.WriteStateAsync();
    }

    public Task<IStateGrain?> FriendAsync() => Task.FromResult(friend.State.Grain);

    public Task<int> ActivationAsync() => Task.FromResult(_activation);

    public Task LetWriteAsync(IStateGrain other, int value) => other.WriteAsync(value);
}
