namespace Conclude.Conformance.Tests.State;

/// <summary>A state as the version before stored it; a record then and now, for Orleans writes classes in another way.</summary>
[GenerateSerializer]
[Alias("conformance.OlderShape")]
public sealed record OlderShape
{
    [Id(0)]
    public string? Name { get; set; }

    [Id(1)]
    public int Gone { get; set; }

    [Id(2)]
    public Mood Mood { get; set; }
}

/// <summary>The same state as it is now: a member is gone, two are new.</summary>
[GenerateSerializer]
[Alias("conformance.NewerShape")]
public sealed record NewerShape
{
    [Id(0)]
    public string? Name { get; init; }

    [Id(3)]
    public required string Required { get; init; }

    [Id(2)]
    public Mood Mood { get; init; }

    [Id(4)]
    public List<string> Added { get; init; } = ["default"];
}

public enum Mood
{
    Rainy,
    Sunny,
}
