using System.Collections.Immutable;
using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.Copies;

/// <summary>Proves that caller and callee never hold the same changeable object.</summary>
public sealed class CopyTests
{
    [Fact]
    public async Task A_callee_can_not_change_its_callers_objects()
    {
        await using var engine = await TestEngine.StartAsync();
        var parcel = new Parcel { Weight = 3, Label = new Note { Text = "label" }, Notes = { new Note { Text = "note" } } };
        var (numbers, more) = (new List<int> { 1 }, new[] { 1 });
        var notes = new Dictionary<string, Note>(StringComparer.Ordinal) { ["a"] = new() { Text = "a" }, ["b"] = new() };
        await Grain(engine).SpoilAsync(parcel, numbers, more, notes);
        Assert.Equal(3, parcel.Weight);
        Assert.Equal("label", parcel.Label.Text);
        Assert.Single(parcel.Notes);
        Assert.Equal([1], numbers);
        Assert.Equal([1], more);
        Assert.Equal("a", notes["a"].Text);
        Assert.Equal(2, notes.Count);
        Assert.Equal(7, await Grain(engine).SendToAsync(Grain(engine)));
    }

    [Fact]
    public async Task A_caller_can_not_change_what_the_callee_kept_or_returned()
    {
        await using var engine = await TestEngine.StartAsync();
        var grain = Grain(engine);
        var sent = new Parcel { Weight = 1 };
        var returned = await grain.KeepAsync(sent);
        sent.Weight = 2;
        returned.Weight = 3;
        Assert.Equal(1, await grain.KeptWeightAsync());
    }

    [Fact]
    public async Task Objects_arrive_as_what_they_are()
    {
        await using var engine = await TestEngine.StartAsync();
        var grain = Grain(engine);
        var letter = Assert.IsType<Letter>(await grain.KeepAsync(new Letter { Weight = 1, Stamp = "1 p", Notes = { new Note { Text = "x" } } }));
        Assert.Equal("1 p", letter.Stamp);
        Assert.Equal("x", Assert.Single(letter.Notes).Text);
        Assert.Equal("text", await grain.EchoAsync("text"));
        Assert.Equal(5, await grain.EchoAsync(5));
        Assert.Equal(new Point(1, "p"), await grain.EchoAsync(new Point(1, "p")));
        Assert.Equal("n", Assert.IsType<Note>(await grain.EchoAsync(new Note { Text = "n" })).Text);
        Assert.Null(await grain.EchoAsync(null!));
    }

    [Fact]
    public async Task Collections_arrive_whole()
    {
        await using var engine = await TestEngine.StartAsync();
        var id = Guid.NewGuid();
        var sent = new Collections
        {
            Set = new(StringComparer.OrdinalIgnoreCase) { "A" },
            Map = new() { [id] = new Note { Text = "map" } },
            Array = ["x", "y"],
            Immutable = ImmutableDictionary<string, int>.Empty.Add("k", 1),
            Polymorphic = new List<Note> { new() { Text = "list" } },
            Points = [new(1, null), null],
            Pair = (1, "one"),
            Parcel = new Letter { Stamp = "s" },
            Day = DayOfWeek.Friday,
            Queue = new([1, 2]),
        };
        var got = await Grain(engine).EchoCollectionsAsync(sent);
        Assert.Contains("a", got.Set);
        Assert.Equal("map", got.Map[id].Text);
        Assert.NotSame(sent.Map[id], got.Map[id]);
        Assert.Equal(["x", "y"], got.Array);
        Assert.Equal(1, got.Immutable["k"]);
        Assert.Equal("list", Assert.Single(got.Polymorphic).Text);
        Assert.NotSame(sent.Polymorphic[0], got.Polymorphic[0]);
        Assert.Equal([new(1, null), null], got.Points);
        Assert.Equal((1, "one"), got.Pair);
        Assert.Equal("s", Assert.IsType<Letter>(got.Parcel).Stamp);
        Assert.Equal(DayOfWeek.Friday, got.Day);
        Assert.Equal([1, 2], got.Queue!);
    }

    [Fact]
    public async Task Cycles_and_shared_objects_keep_their_shape()
    {
        await using var engine = await TestEngine.StartAsync();
        var ring = new Ring { Number = 1, Next = new Ring { Number = 2 } };
        ring.Next.Next = ring;
        var got = await Grain(engine).EchoRingAsync(ring);
        Assert.NotSame(ring, got);
        Assert.Equal(2, got.Next!.Number);
        Assert.Same(got, got.Next.Next);
    }

    [Fact]
    public async Task A_type_without_attributes_is_refused()
    {
        await using var engine = await TestEngine.StartAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => Grain(engine).EchoAsync(new Unmarked()));
    }

    private static ICopyGrain Grain(TestEngine engine) => engine.Grain<ICopyGrain>(Journal.NewKey());
}
