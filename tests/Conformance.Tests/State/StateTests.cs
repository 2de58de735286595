using Conclude.Conformance.Tests.Engine;
using Orleans.Storage;

namespace Conclude.Conformance.Tests.State;

/// <summary>Proves that state is there when a grain begins, is written once and whole, and that conflicts and faults are noticed.</summary>
public sealed class StateTests
{
    [Fact]
    public async Task A_new_grain_has_an_empty_state_and_no_record()
    {
        await using var engine = await TestEngine.StartAsync();
        Assert.Equal(new Seen(0, false, null), await engine.Grain<IStateGrain>(Journal.NewKey()).AtActivationAsync());
    }

    [Fact]
    public async Task State_is_read_before_activation_and_the_etag_grows_with_each_write()
    {
        await using var engine = await TestEngine.StartAsync();
        var grain = engine.Grain<IStateGrain>(Journal.NewKey());
        var first = await grain.WriteAsync(1);
        var second = await grain.WriteAsync(2);
        Assert.True(first.Exists);
        Assert.NotNull(first.Etag);
        Assert.NotEqual(first.Etag, second.Etag);
        await grain.EndAsync();
        Assert.Equal(second, await grain.AtActivationAsync());
    }

    [Fact]
    public async Task What_was_not_written_is_not_stored()
    {
        await using var engine = await TestEngine.StartAsync();
        var grain = engine.Grain<IStateGrain>(Journal.NewKey());
        await grain.WriteThenChangeAsync(written: 1, changed: 2);
        Assert.Equal(1, (await grain.ReadAsync()).Value);
    }

    [Fact]
    public async Task Clearing_removes_the_record_and_resets_the_value()
    {
        await using var engine = await TestEngine.StartAsync();
        var grain = engine.Grain<IStateGrain>(Journal.NewKey());
        await grain.WriteAsync(1);
        var cleared = await grain.ClearAsync();
        Assert.False(cleared.Exists);
        Assert.Equal(0, cleared.Value);
        await grain.EndAsync();
        Assert.False((await grain.AtActivationAsync()).Exists);
        Assert.True((await grain.WriteAsync(3)).Exists);
    }

    [Fact]
    public async Task A_failed_write_throws_and_leaves_the_etag()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var grain = engine.Grain<IFaultyStateGrain>(key);
        var etag = await grain.WriteAsync(1);
        FaultyStorage.FailNext(key, new IOException("Disk full."));
        var failure = await Assert.ThrowsAsync<OrleansException>(() => grain.WriteAsync(2));
        Assert.Contains("Disk full.", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(etag, await grain.EtagAsync());
        Assert.NotEqual(etag, await grain.WriteAsync(3));
    }

    [Fact]
    public async Task A_state_that_can_not_be_read_fails_the_activation()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        FaultyStorage.FailNext(key, new IOException("Disk gone."));
        var failure = await Assert.ThrowsAsync<OrleansException>(() => engine.Grain<IFaultyStateGrain>(key).EtagAsync());
        Assert.Contains("Disk gone.", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_over_a_newer_record_throws_and_ends_the_activation()
    {
        await using var engine = await TestEngine.StartAsync();
        var grain = engine.Grain<IStateGrain>(Journal.NewKey());
        await grain.WriteAsync(1);
        var activation = await grain.ActivationAsync();
        await WriteBehindItsBackAsync(engine, grain, 7);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => grain.WriteAsync(2));
        Assert.Equal(7, (await grain.AtActivationAsync()).Value);
        Assert.NotEqual(activation, await grain.ActivationAsync());
        Assert.Equal(2, (await grain.WriteAsync(2)).Value);
    }

    [Fact]
    public async Task A_conflict_ends_the_activation_it_came_from_and_not_its_caller()
    {
        await using var engine = await TestEngine.StartAsync();
        var (caller, callee) = (engine.Grain<IStateGrain>(Journal.NewKey()), engine.Grain<IStateGrain>(Journal.NewKey()));
        await callee.WriteAsync(1);
        var (callerActivation, calleeActivation) = (await caller.ActivationAsync(), await callee.ActivationAsync());
        await WriteBehindItsBackAsync(engine, callee, 7);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => caller.LetWriteAsync(callee, 2));
        Assert.Equal(callerActivation, await caller.ActivationAsync());
        Assert.NotEqual(calleeActivation, await callee.ActivationAsync());
    }

    [Fact]
    public async Task References_are_kept_in_state()
    {
        await using var engine = await TestEngine.StartAsync();
        var (grain, friend) = (engine.Grain<IStateGrain>(Journal.NewKey()), engine.Grain<IStateGrain>(Journal.NewKey()));
        await grain.WriteFriendAsync(friend);
        await grain.EndAsync();
        var kept = await grain.FriendAsync();
        Assert.Equal(friend, kept);
        Assert.Equal(5, (await kept!.WriteAsync(5)).Value);
    }

    [Fact]
    public async Task State_outlives_the_engine()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var written = await engine.Grain<IStateGrain>(key).WriteAsync(4);
        await engine.RestartAsync();
        Assert.Equal(written, await engine.Grain<IStateGrain>(key).AtActivationAsync());
    }

    private static async Task WriteBehindItsBackAsync(TestEngine engine, IStateGrain grain, int value)
    {
        var storage = engine.GetStorage(TestEngine.Storage);
        var stored = new GrainState<Number>(new Number());
        await storage.ReadStateAsync("number", grain.GetGrainId(), stored);
        stored.State!.Value = value;
        await storage.WriteStateAsync("number", grain.GetGrainId(), stored);
    }
}
