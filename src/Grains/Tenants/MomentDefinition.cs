using System.Collections.Immutable;

namespace Conclude.Grains.Tenants;

/// <summary>A moment as an admin configured it. Bounds are checked by <see cref="MomentValidation"/>.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.MomentDefinition")]
public sealed record MomentDefinition
{
    [Id(0)] public required string Event { get; init; }
    [Id(1)] public bool Enabled { get; init; } = true;
    [Id(2)] public bool OncePerUser { get; init; }
    [Id(3)] public required string Question { get; init; }
    [Id(4)] public string? FollowUp { get; init; }

    /// <summary>Percent, 0–100.</summary>
    [Id(5)] public decimal SamplingRate { get; init; } = 100;
    [Id(6)] public SamplingMode SamplingMode { get; init; }

    /// <summary>Hours from <c>seen</c> until the same person may be asked about this moment again.</summary>
    [Id(7)] public decimal CooldownHours { get; init; } = 24;

    /// <summary>Seconds that the widget waits before it paints.</summary>
    [Id(8)] public int DelaySeconds { get; init; }
    [Id(9)] public DateTimeOffset? StartsAt { get; init; }
    [Id(10)] public DateTimeOffset? EndsAt { get; init; }

    /// <summary>No more prompts once answers and live prompts reach this.</summary>
    [Id(11)] public int? ResponseCap { get; init; }

    /// <summary>All must hold.</summary>
    [Id(12)] public ImmutableArray<AudienceRule> Audience { get; init; } = [];

    /// <summary>Wording by language tag.</summary>
    [Id(13)] public ImmutableSortedDictionary<string, Wording> Translations { get; init; } = ImmutableSortedDictionary<string, Wording>.Empty;

    /// <summary>Version of the workspace document in which this definition last changed; set by the tenant.</summary>
    [Id(14)] public long Version { get; init; }

    /// <summary>When it was made; set by the tenant. Null: before this was kept.</summary>
    [Id(15)] public DateTimeOffset? CreatedAt { get; init; }
}
