using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Wire.OnOrleans;

/// <summary>An answer of a version that knew less of it.</summary>
[GenerateSerializer, Alias("tests.OlderPromptAnswer")]
public sealed record OlderPromptAnswer([property: Id(0)] Guid PromptId, [property: Id(1)] PromptStep Step);

/// <summary>A moment of a version that knew less of it.</summary>
[GenerateSerializer, Alias("tests.OlderMoment")]
public sealed record OlderMoment
{
    [Id(0)] public required string Event { get; init; }
    [Id(1)] public bool Enabled { get; init; } = true;
    [Id(3)] public required string Question { get; init; }
}

/// <summary>What a later version answers: a list, a member and a nested type more than this one knows.</summary>
[GenerateSerializer, Alias("tests.NewerBatchAnswer")]
public sealed record NewerBatchAnswer(
    [property: Id(0)] ImmutableArray<NewerFireAnswer> Answers, [property: Id(1)] string? MovedTo, [property: Id(2)] List<int> Counts);

[GenerateSerializer, Alias("tests.NewerFireAnswer")]
public sealed record NewerFireAnswer(
    [property: Id(0)] Guid Id, [property: Id(1)] FireStatus Status, [property: Id(2)] Verdict Verdict, [property: Id(3)] DateTimeOffset? Until,
    [property: Id(4)] Prompt? Prompt, [property: Id(5)] NewerReason Reason);

[GenerateSerializer, Alias("tests.NewerReason")]
public sealed record NewerReason([property: Id(0)] string Text, [property: Id(1)] ImmutableArray<NewerReason> Because);
