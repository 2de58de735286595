namespace Conclude.Grains.Webhooks;

/// <summary>Where a workspace wants to hear of what happens.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.Webhook")]
public sealed record Webhook
{
    /// <summary>In a workspace.</summary>
    public const int MaxOfAWorkspace = 20;
    public const int MaxUrl = 2_000;
    public const int MaxDescription = 200;

    /// <summary>How long the secret before the last rotation goes on to sign.</summary>
    public static readonly TimeSpan OldSecretFor = TimeSpan.FromHours(24);

    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Url { get; init; }
    [Id(2)] public required WebhookEvents Events { get; init; }
    [Id(3)] public bool Enabled { get; init; } = true;
    [Id(4)] public string? Description { get; init; }

    /// <summary>As <see cref="WebhookSecrets.Generate"/> makes it; shown once.</summary>
    [Id(5)] public required string Secret { get; init; }
    [Id(6)] public string? OldSecret { get; init; }
    [Id(7)] public DateTimeOffset? OldSecretUntil { get; init; }
    [Id(8)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why it is disabled; null when somebody disabled it, or when it is not.</summary>
    [Id(9)] public WebhookStop? Stop { get; init; }
    [Id(10)] public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Version of the workspace document in which this last changed; set by the tenant. 0: before this was kept.</summary>
    [Id(30)] public long Version { get; init; }

    /// <summary>The secrets that sign now, the newest first.</summary>
    public IEnumerable<string> SecretsAt(DateTimeOffset now) => OldSecret is { } old && now < OldSecretUntil ? [Secret, old] : [Secret];
}
