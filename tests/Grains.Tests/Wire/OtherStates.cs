using System.Collections.Immutable;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;

namespace Conclude.Grains.Tests.Wire;

/// <summary>
/// A workspace's state as a version stores it that lacks some members and has others of its own. Each is of the kind of what it stands
/// for: Orleans writes a class, a record's own members and those of its constructor in different ways.
/// </summary>
[GenerateSerializer, Alias("tests.OtherTenantState")]
public sealed class OtherTenantState
{
    [Id(0)] public required OtherWorkspace Document { get; init; }
    [Id(9)] public required string Checksum { get; init; }
}

[GenerateSerializer, Alias("tests.OtherWorkspace")]
public sealed record OtherWorkspace(
    [property: Id(0)] string Workspace,
    [property: Id(1)] string Name,
    [property: Id(2)] long Version,
    [property: Id(3)] ImmutableSortedDictionary<string, OtherMoment> Moments,
    [property: Id(4)] OtherSettings Settings,
    [property: Id(5)] OtherPlan Plan,
    [property: Id(6)] ImmutableArray<ApiKey> Keys,
    [property: Id(7)] ImmutableArray<Member> Members);

[GenerateSerializer, Alias("tests.OtherMoment")]
public sealed record OtherMoment
{
    [Id(0)] public required string Event { get; init; }
    [Id(3)] public required string Question { get; init; }
    [Id(5)] public required decimal SamplingRate { get; init; }
    [Id(6)] public required SamplingMode SamplingMode { get; init; }
    [Id(12)] public required ImmutableArray<AudienceRule> Audience { get; init; }
    [Id(30)] public required string Mood { get; init; }
}

[GenerateSerializer, Alias("tests.OtherSettings")]
public sealed record OtherSettings(
    [property: Id(0)] ImmutableArray<string> AllowedOrigins,
    [property: Id(2)] decimal QuietPeriodHours,
    [property: Id(3)] Theme Theme,
    [property: Id(20)] ImmutableArray<Theme> Beta);

[GenerateSerializer, Alias("tests.OtherPlan")]
public sealed record OtherPlan([property: Id(0)] string Name, [property: Id(1)] long EventsPerMonth);

[GenerateSerializer, Alias("tests.OtherAccountState")]
public sealed class OtherAccountState
{
    [Id(0)] public required OtherAccount Account { get; init; }
    [Id(8)] public required int Nonce { get; init; }
}

[GenerateSerializer, Alias("tests.OtherAccount")]
public sealed record OtherAccount
{
    [Id(0)] public required string Email { get; init; }
    [Id(2)] public required string SecurityStamp { get; init; }
    [Id(11)] public required string Locale { get; init; }
}

[GenerateSerializer, Alias("tests.OtherKeyState")]
public sealed class OtherKeyState
{
    [Id(0)] public required OtherKeyOwner Owner { get; init; }
}

[GenerateSerializer, Alias("tests.OtherKeyOwner")]
public sealed record OtherKeyOwner([property: Id(0)] string Workspace, [property: Id(1)] string KeyId, [property: Id(2)] KeyKind Kind, [property: Id(3)] string Issuer);
