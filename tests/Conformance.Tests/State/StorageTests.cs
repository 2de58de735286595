using Conclude.Conformance.Tests.Engine;
using Orleans.Storage;

namespace Conclude.Conformance.Tests.State;

/// <summary>Proves that the grain storage fences by etag and reads what an older program wrote.</summary>
public sealed class StorageTests
{
    private static readonly GrainId Id = GrainId.Create("anything", "key");

    [Theory]
    [InlineData(TestEngine.Storage)]
    [InlineData(TestEngine.Memory)]
    [InlineData(TestEngine.Postgres)]
    public async Task A_second_first_write_is_refused(string name)
    {
        await using var engine = await StartAsync(name);
        var storage = engine.GetStorage(name);
        var (winner, loser) = (State(1), State(2));
        await storage.WriteStateAsync("s", Id, winner);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => storage.WriteStateAsync("s", Id, loser));
        Assert.Null(loser.ETag);
        Assert.False(loser.RecordExists);
        Assert.Equal(1, (await ReadAsync(storage)).State!.Value);
    }

    [Theory]
    [InlineData(TestEngine.Storage)]
    [InlineData(TestEngine.Memory)]
    [InlineData(TestEngine.Postgres)]
    public async Task A_stale_write_or_clear_is_refused_and_its_etag_stays(string name)
    {
        await using var engine = await StartAsync(name);
        var storage = engine.GetStorage(name);
        await storage.WriteStateAsync("s", Id, State(1));
        var (fresh, stale) = (await ReadAsync(storage), await ReadAsync(storage));
        var etag = stale.ETag;
        fresh.State!.Value = 2;
        await storage.WriteStateAsync("s", Id, fresh);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => storage.WriteStateAsync("s", Id, stale));
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => storage.ClearStateAsync("s", Id, stale));
        Assert.Equal(etag, stale.ETag);
        Assert.Equal(2, (await ReadAsync(storage)).State!.Value);
    }

    [Theory]
    [InlineData(TestEngine.Storage)]
    [InlineData(TestEngine.Memory)]
    [InlineData(TestEngine.Postgres)]
    public async Task An_etag_from_before_a_clear_never_fits_again(string name)
    {
        await using var engine = await StartAsync(name);
        var storage = engine.GetStorage(name);
        await storage.WriteStateAsync("s", Id, State(1));
        var (old, current) = (await ReadAsync(storage), await ReadAsync(storage));
        await storage.ClearStateAsync("s", Id, current);
        await storage.WriteStateAsync("s", Id, State(2));
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => storage.WriteStateAsync("s", Id, old));
    }

    [Theory]
    [InlineData(TestEngine.Storage)]
    [InlineData(TestEngine.Memory)]
    [InlineData(TestEngine.Postgres)]
    public async Task Names_and_grains_do_not_share_records(string name)
    {
        await using var engine = await StartAsync(name);
        var storage = engine.GetStorage(name);
        await storage.WriteStateAsync("s", Id, State(1));
        await storage.WriteStateAsync("t", Id, State(2));
        await storage.WriteStateAsync("s", GrainId.Create("anything", "other"), State(3));
        Assert.Equal(1, (await ReadAsync(storage)).State!.Value);
    }

    [Theory]
    [InlineData(TestEngine.Storage)]
    [InlineData(TestEngine.Memory)]
    [InlineData(TestEngine.Postgres)]
    public async Task A_state_of_an_older_shape_is_readable(string name)
    {
        await using var engine = await StartAsync(name);
        var storage = engine.GetStorage(name);
        await storage.WriteStateAsync("s", Id, new GrainState<OlderShape>(new OlderShape { Name = "Ada", Gone = 3, Mood = Mood.Sunny }));
        var read = new GrainState<NewerShape>();
        await storage.ReadStateAsync("s", Id, read);
        Assert.Equal("Ada", read.State!.Name);
        Assert.Equal(Mood.Sunny, read.State.Mood);
        Assert.Null(read.State.Required);
        Assert.Equal(["default"], read.State.Added);
    }

    private static Task<TestEngine> StartAsync(string storage) => TestEngine.StartAsync(new() { Postgres = storage == TestEngine.Postgres });

    private static GrainState<Number> State(int value) => new(new Number { Value = value });

    private static async Task<GrainState<Number>> ReadAsync(IGrainStorage storage)
    {
        var state = new GrainState<Number>(new Number());
        await storage.ReadStateAsync("s", Id, state);
        return state;
    }
}
