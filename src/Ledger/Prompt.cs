namespace Conclude.Ledger;

/// <summary>A prompt as stored: one row, from the grant to the last answer.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.Prompt")]
public sealed record Prompt
{
    [Id(0)] public required Guid Id { get; init; }
    [Id(1)] public required string Event { get; init; }

    /// <summary>The key under which it was granted; a browser's prompts keep the browser's key after it is linked to a person.</summary>
    [Id(2)] public required string UserKey { get; init; }
    [Id(3)] public required bool Test { get; init; }
    [Id(4)] public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>The lease: it must be claimed by <c>seen</c> before this.</summary>
    [Id(5)] public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>It counts as live before this: the lease while unclaimed, ten minutes after <c>seen</c>, the moment it was closed.</summary>
    [Id(6)] public required DateTimeOffset LiveUntil { get; init; }
    [Id(7)] public DateTimeOffset? SeenAt { get; init; }

    /// <summary>The page view that claimed it.</summary>
    [Id(8)] public string? View { get; init; }
    [Id(9)] public Reaction? Reaction { get; init; }
    [Id(10)] public DateTimeOffset? ReactedAt { get; init; }
    [Id(11)] public string? Comment { get; init; }
    [Id(12)] public DateTimeOffset? CommentedAt { get; init; }
    [Id(13)] public DateTimeOffset? DismissedAt { get; init; }
    [Id(14)] public required string Question { get; init; }
    [Id(15)] public string? FollowUp { get; init; }

    /// <summary>Version of the workspace document whose wording was shown.</summary>
    [Id(16)] public required long DefinitionVersion { get; init; }

    /// <summary>Seconds the widget waits before it paints.</summary>
    [Id(17)] public int DelaySeconds { get; init; }

    public bool IsLive(DateTimeOffset now) => now < LiveUntil;
}
