using System.Collections.Immutable;

namespace Conclude.Grains.Accounts;

/// <summary>A dashboard account.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.Account")]
public sealed record Account
{
    [Id(0)] public required string Email { get; init; }
    [Id(1)] public string? PasswordHash { get; init; }
    [Id(2)] public required string SecurityStamp { get; init; }
    [Id(3)] public int AccessFailedCount { get; init; }
    [Id(4)] public DateTimeOffset? LockoutEnd { get; init; }
    [Id(5)] public ImmutableArray<string> Workspaces { get; init; } = [];

    /// <summary>Version of what stands here, for optimistic updates.</summary>
    [Id(6)] public string? Etag { get; init; }
}
