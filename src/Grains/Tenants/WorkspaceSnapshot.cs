using System.Collections.Immutable;
using Conclude.Grains.Keys;
using Conclude.Grains.Webhooks;

namespace Conclude.Grains.Tenants;

/// <summary>A workspace's whole configuration at one version: what the hot paths of every process read.</summary>
/// <param name="Version">Grows with every change.</param>
/// <param name="IdentitySecret">Key of the HMAC-SHA256 over an external id.</param>
[GenerateSerializer, Immutable, Alias("Conclude.WorkspaceSnapshot")]
public sealed record WorkspaceSnapshot(
    [property: Id(0)] string Workspace,
    [property: Id(1)] string Name,
    [property: Id(2)] long Version,
    [property: Id(3)] ImmutableSortedDictionary<string, MomentDefinition> Moments,
    [property: Id(4)] WorkspaceSettings Settings,
    [property: Id(5)] PlanLimits Plan,
    [property: Id(6)] ImmutableArray<ApiKey> Keys,
    [property: Id(7)] ImmutableArray<Member> Members,
    [property: Id(8)] string IdentitySecret)
{
    public const int MaxBlockedNames = 500;

    /// <summary>Events of these names are refused at the door. None of them is a moment; null is none.</summary>
    [Id(9)] public ImmutableHashSet<string>? BlockedNames { get; init; }

    public bool IsBlocked(string eventName) => BlockedNames is { IsEmpty: false } blocked && blocked.Contains(eventName);

    /// <summary>An older version stores none, which Orleans reads as a default array.</summary>
    [Id(20)] public ImmutableArray<Webhook> Webhooks { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Version in which the settings last changed; 0: before this was kept.</summary>
    [Id(30)] public long SettingsVersion { get; init; }

    public Webhook? FindWebhook(string id) => Webhooks.FirstOrDefault(w => w.Id == id);

    /// <summary>Ids of the enabled webhooks that want to hear of such a fact.</summary>
    // Asked for each event: without webhooks it costs a look, and not even the closure of those who want it.
    public ImmutableArray<string> WebhooksFor(WebhookEvents wanted) => Webhooks.IsEmpty ? [] : Wanting(wanted);

    private ImmutableArray<string> Wanting(WebhookEvents wanted) =>
        [.. Webhooks.Where(w => w.Enabled && (w.Events & wanted) != WebhookEvents.None).Select(static w => w.Id)];

    /// <summary>The key with this id, unless it was revoked.</summary>
    public ApiKey? FindKey(string id) => Keys.FirstOrDefault(k => k.Id == id);

    public Member? FindMember(string email) => Members.FirstOrDefault(m => m.Email == GrainKeys.NormalizeEmail(email));

    /// <summary>The key to put into a snippet: the newest of its kind.</summary>
    public ApiKey? NewestKey(KeyKind kind) => Keys.Where(k => k.Kind == kind).MaxBy(k => k.CreatedAt);
}
