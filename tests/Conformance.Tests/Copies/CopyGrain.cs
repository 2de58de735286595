using System.Collections.Immutable;

namespace Conclude.Conformance.Tests.Copies;

public interface ICopyGrain : IGrainWithStringKey
{
    /// <summary>Changes everything it was given.</summary>
    Task SpoilAsync(Parcel parcel, List<int> numbers, int[] more, Dictionary<string, Note> notes);

    /// <summary>Keeps what it was given, and returns the kept object itself.</summary>
    Task<Parcel> KeepAsync(Parcel parcel);

    Task<int> KeptWeightAsync();

    Task<object> EchoAsync(object value);

    Task<Collections> EchoCollectionsAsync(Collections collections);

    Task<Ring> EchoRingAsync(Ring ring);

    /// <summary>Lets another grain spoil this one's objects.</summary>
    Task<int> SendToAsync(ICopyGrain other);
}

[GenerateSerializer]
[Alias("conformance.Parcel")]
public class Parcel
{
    [Id(0)]
    public int Weight { get; set; }

    [Id(1)]
    public Note? Label { get; set; }

    [Id(2)]
    public List<Note> Notes { get; init; } = [];
}

[GenerateSerializer]
[Alias("conformance.Letter")]
public sealed class Letter : Parcel
{
    [Id(0)]
    public string? Stamp { get; set; }
}

[GenerateSerializer]
[Alias("conformance.Note")]
public sealed class Note
{
    [Id(0)]
    public string? Text { get; set; }
}

[GenerateSerializer]
[Alias("conformance.Ring")]
public sealed class Ring
{
    [Id(0)]
    public Ring? Next { get; set; }

    [Id(1)]
    public int Number { get; set; }
}

[GenerateSerializer]
[Alias("conformance.Point")]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] string? Name);

[GenerateSerializer]
[Alias("conformance.Collections")]
public sealed record Collections
{
    [Id(0)]
    public required HashSet<string> Set { get; init; }

    [Id(1)]
    public required Dictionary<Guid, Note> Map { get; init; }

    [Id(2)]
    public required ImmutableArray<string> Array { get; init; }

    [Id(3)]
    public required ImmutableDictionary<string, int> Immutable { get; init; }

    [Id(4)]
    public required IReadOnlyList<Note> Polymorphic { get; init; }

    [Id(5)]
    public required Point?[] Points { get; init; }

    [Id(6)]
    public (int, string) Pair { get; init; }

    [Id(7)]
    public Parcel? Parcel { get; init; }

    [Id(8)]
    public DayOfWeek? Day { get; init; }

    [Id(9)]
    public Queue<int>? Queue { get; init; }
}

/// <summary>Has no serialization attributes.</summary>
public sealed class Unmarked
{
    public int Number { get; set; }
}

internal sealed class CopyGrain : Grain, ICopyGrain
{
    private Parcel? _kept;

    public Task SpoilAsync(Parcel parcel, List<int> numbers, int[] more, Dictionary<string, Note> notes)
    {
        parcel.Weight = -1;
        parcel.Label!.Text = "spoiled";
        parcel.Notes.Clear();
        numbers.Add(-1);
        more[0] = -1;
        notes["a"].Text = "spoiled";
        notes.Remove("b");
        return Task.CompletedTask;
    }

    public Task<Parcel> KeepAsync(Parcel parcel)
    {
        _kept = parcel;
        return Task.FromResult(_kept);
    }

    public Task<int> KeptWeightAsync() => Task.FromResult(_kept!.Weight);

    public Task<object> EchoAsync(object value) => Task.FromResult(value);

    public Task<Collections> EchoCollectionsAsync(Collections collections) => Task.FromResult(collections);

    public Task<Ring> EchoRingAsync(Ring ring) => Task.FromResult(ring);

    public async Task<int> SendToAsync(ICopyGrain other)
    {
        var parcel = new Parcel { Weight = 1, Label = new Note { Text = "label" }, Notes = { new Note() } };
        await other.SpoilAsync(parcel, [1], [1], new() { ["a"] = new(), ["b"] = new() });
        return parcel.Weight + parcel.Notes.Count + parcel.Label.Text.Length;
    }
}
