using System.Collections.Immutable;
using Conclude.Grains;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Accounts;

/// <summary>The workspaces of an account: those it names that name it too.</summary>
public sealed class Memberships(IGrainFactory grains)
{
    /// <returns>By name.</returns>
    public async Task<ImmutableArray<WorkspaceSnapshot>> Of(string email)
    {
        if (await grains.Account(email).Find() is not { } account)
        {
            return [];
        }

        var named = await Task.WhenAll(account.Workspaces.Select(id => grains.Tenant(id).Snapshot()));
        return [.. named.OfType<WorkspaceSnapshot>().Where(w => w.FindMember(email) is not null).OrderBy(static w => w.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static w => w.Workspace, StringComparer.Ordinal)];
    }

    public async Task<bool> Has(string email, string workspace) =>
        GrainKeys.IsWorkspaceId(workspace) && await grains.Tenant(workspace).Snapshot() is { } snapshot && snapshot.FindMember(email) is not null;

    /// <param name="preferred">Chosen when the account belongs to it; otherwise the one it joined first.</param>
    /// <returns>Null when it belongs to none.</returns>
    public async Task<string?> Choose(string email, string? preferred)
    {
        if (preferred is not null && await Has(email, preferred))
        {
            return preferred;
        }

        var named = (await grains.Account(email).Find())?.Workspaces ?? [];
        foreach (var workspace in named)
        {
            if (await Has(email, workspace))
            {
                return workspace;
            }
        }

        return null;
    }
}
