using Conclude.Grains.Keys;
using Conclude.Ledger;

namespace Conclude.Grains.Tenants;

/// <summary>Settings and keys.</summary>
internal sealed partial class TenantGrain
{
    public Task<SaveStatus> ReplaceSettings(WorkspaceSettings settings) => ReplaceSettings(Author.Operator, settings);

    public Task<SaveStatus> AddKey(ApiKey key) => AddKey(Author.Operator, key);

    public Task<SaveStatus> RevokeKey(KeyKind kind, string id) => RevokeKey(Author.Operator, kind, id);

    public async Task<SaveStatus> ReplaceSettings(Author author, WorkspaceSettings settings) => (await ReplaceSettings(author, settings, expectedVersion: null)).Status;

    public async Task<SettingsSaved> ReplaceSettings(Author author, WorkspaceSettings settings, long? expectedVersion)
    {
        if (_current is not { } current)
        {
            return new(SaveStatus.NotFound, Version: 0);
        }

        if (!current.MayEdit(author))
        {
            return new(SaveStatus.NotAllowed, current.SettingsVersion);
        }

        if (expectedVersion is { } expected && expected != current.SettingsVersion)
        {
            return new(SaveStatus.Changed, current.SettingsVersion);
        }

        var changes = AuditDifferences.Of(current.Settings, settings);
        var next = Next(current);
        next = next with { Settings = settings, SettingsVersion = changes.IsEmpty ? current.SettingsVersion : next.Version };
        await Write(next, NoteUnlessEmpty(author, AuditKinds.SettingsChanged, "", changes));
        return new(SaveStatus.Saved, next.SettingsVersion);
    }

    public async Task<SaveStatus> ChangePlan(Author author, PlanLimits plan)
    {
        if (_current is not { } current)
        {
            return SaveStatus.NotFound;
        }

        if (author.Kind != AuthorKind.Operator)
        {
            return SaveStatus.NotAllowed;
        }

        if (current.Plan != plan)
        {
            await Write(Next(current) with { Plan = plan }, Note(author, AuditKinds.PlanChanged, "", AuditDifferences.Of(current.Plan, plan)));
        }

        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> AddKey(Author author, ApiKey key)
    {
        if (_current is not { } current)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        var replaced = key.Kind == KeyKind.Secret ? current.Keys.RemoveAll(static k => k.Kind != KeyKind.Secret) : [];
        var others = current.Keys.RemoveRange(replaced);
        if (others.Count(k => k.Kind == key.Kind) >= ApiKeys.MaxOfAKind)
        {
            return SaveStatus.PlanLimit;
        }

        // The document last: a key that is not in it opens nothing.
        if (!await grains.Key(key.Hash).Assign(new KeyOwner(current.Workspace, key.Id, key.Kind)))
        {
            throw new InvalidOperationException("A key belongs to another workspace.");
        }

        await Write(
            Next(current) with { Keys = others.Add(key) },
            Note(author, replaced.IsEmpty ? AuditKinds.KeyCreated : AuditKinds.KeyRegenerated, key.Id, AuditDifferences.Of("kind", null, Name(key.Kind))));
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> RevokeKey(Author author, KeyKind kind, string id)
    {
        if (_current is not { } current || kind == KeyKind.Secret || current.FindKey(id) is not { } key || key.Kind != kind)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        await Write(
            Next(current) with { Keys = current.Keys.Remove(key) },
            Note(author, AuditKinds.KeyRevoked, key.Id, AuditDifferences.Of("kind", Name(kind), null)));
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> ChangeKey(Author author, KeyKind kind, string id, KeyEdit edit)
    {
        if (_current is not { } current || kind == KeyKind.Secret || current.FindKey(id) is not { } key || key.Kind != kind)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        var next = key with { Name = edit.Name, RequestsPerSecond = edit.RequestsPerSecond, AllowedOrigins = edit.AllowedOrigins };
        await Write(Next(current) with { Keys = current.Keys.Replace(key, next) }, NoteUnlessEmpty(author, AuditKinds.KeyChanged, id, KeyDifferences.Between(key, next)));
        return SaveStatus.Saved;
    }

    private static string Name(KeyKind kind) => kind.ToString().ToLowerInvariant();
}
