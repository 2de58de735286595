using System.Collections.Immutable;
using Conclude.Grains.Keys;

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
    /// <summary>The key with this id, unless it was revoked.</summary>
    public ApiKey? FindKey(string id) => Keys.FirstOrDefault(k => k.Id == id);

    public Member? FindMember(string email) => Members.FirstOrDefault(m => m.Email == GrainKeys.NormalizeEmail(email));

    /// <summary>The key to put into a snippet: the newest of its kind.</summary>
    public ApiKey? NewestKey(KeyKind kind) => Keys.Where(k => k.Kind == kind).MaxBy(k => k.CreatedAt);
}
