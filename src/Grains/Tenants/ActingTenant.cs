using Conclude.Grains.Keys;
using Conclude.Ledger;

namespace Conclude.Grains.Tenants;

/// <summary>A workspace in the hands of somebody: every change names them.</summary>
public sealed class ActingTenant(ITenantGrain tenant, Author author)
{
    public Author Author => author;

    public Task<WorkspaceSnapshot?> Snapshot() => tenant.Snapshot();

    public Task<MomentSaved> AddMoment(MomentDefinition moment) => tenant.AddMoment(author, moment);

    public Task<MomentSaved> ReplaceMoment(MomentDefinition moment, long? expectedVersion) => tenant.ReplaceMoment(author, moment, expectedVersion);

    public Task<SaveStatus> RemoveMoment(string eventName, long? expectedVersion) => tenant.RemoveMoment(author, eventName, expectedVersion);

    public Task<SaveStatus> BlockName(string eventName) => tenant.BlockName(author, eventName);

    public Task<SaveStatus> UnblockName(string eventName) => tenant.UnblockName(author, eventName);

    public Task<SaveStatus> ReplaceSettings(WorkspaceSettings settings) => tenant.ReplaceSettings(author, settings);

    public Task<SettingsSaved> ReplaceSettings(WorkspaceSettings settings, long? expectedVersion) => tenant.ReplaceSettings(author, settings, expectedVersion);

    public Task<SaveStatus> AddKey(ApiKey key) => tenant.AddKey(author, key);

    public Task<SaveStatus> ChangeKey(KeyKind kind, string id, KeyEdit edit) => tenant.ChangeKey(author, kind, id, edit);

    public Task<SaveStatus> RevokeKey(KeyKind kind, string id) => tenant.RevokeKey(author, kind, id);

    public Task<SaveStatus> Invite(string email, MemberRole role, string tokenHash) => tenant.Invite(author, email, role, tokenHash);

    public Task<SaveStatus> RevokeInvite(string id) => tenant.RevokeInvite(author, id);

    public Task<SaveStatus> ChangeRole(string email, MemberRole role) => tenant.ChangeRole(author, email, role);

    public Task<SaveStatus> RemoveMember(string email) => tenant.RemoveMember(author, email);

    public Task<SaveStatus> NoteErasure(string userKey) => tenant.NoteErasure(author, userKey);
}
