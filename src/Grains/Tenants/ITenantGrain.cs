using System.Collections.Immutable;
using Conclude.Grains.Keys;
using Conclude.Ledger;
using Orleans.Concurrency;

namespace Conclude.Grains.Tenants;

/// <summary>
/// A workspace's settings, keys, plan, members and moment definitions: one document, one write, one version. A change answers
/// after the processes it knows have acknowledged the new version, or after one second. Whoever changes something is named with the change,
/// and the grain decides by its own list of members whether they may; the entry of the audit log is written with the change.
/// </summary>
[Alias("Conclude.ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>The current configuration, or null when there is no such workspace.</summary>
    [AlwaysInterleave, Alias("Snapshot")]
    Task<WorkspaceSnapshot?> Snapshot();

    /// <summary>
    /// Registers a process and answers whether its version is current: the newer snapshot when it is not, null when it is
    /// (or when there is no such workspace and <paramref name="knownVersion"/> is 0).
    /// </summary>
    [AlwaysInterleave, Alias("Confirm")]
    Task<WorkspaceSnapshot?> Confirm(IWorkspaceObserver process, long knownVersion);

    /// <returns>False when the workspace exists; nothing is changed then.</returns>
    [Alias("Create")]
    Task<bool> Create(NewWorkspace workspace);

    /// <summary>Adds a moment; a blocked name is no longer blocked then.</summary>
    [Alias("AddMomentAs")]
    Task<MomentSaved> AddMoment(Author author, MomentDefinition moment);

    /// <summary>Replaces a moment.</summary>
    /// <param name="expectedVersion">Refuse with <see cref="SaveStatus.Changed"/> unless the stored moment is at this version; null replaces whatever is there.</param>
    [Alias("ReplaceMomentAs")]
    Task<MomentSaved> ReplaceMoment(Author author, MomentDefinition moment, long? expectedVersion);

    /// <summary>Removes a moment; its history stays.</summary>
    [Alias("RemoveMomentAs")]
    Task<SaveStatus> RemoveMoment(Author author, string eventName, long? expectedVersion);

    /// <summary>Has events of this name refused from now on; what was counted stays.</summary>
    /// <returns>
    /// <see cref="SaveStatus.Exists"/> when the name is a moment, <see cref="SaveStatus.Invalid"/> when it is no name,
    /// <see cref="SaveStatus.PlanLimit"/> when <see cref="WorkspaceSnapshot.MaxBlockedNames"/> are blocked already.
    /// </returns>
    [Alias("BlockName")]
    Task<SaveStatus> BlockName(Author author, string eventName);

    /// <summary>Takes events of this name again.</summary>
    /// <returns><see cref="SaveStatus.NotFound"/> when it is not blocked.</returns>
    [Alias("UnblockName")]
    Task<SaveStatus> UnblockName(Author author, string eventName);

    /// <summary>Replaces the settings, whatever they are.</summary>
    [Alias("ReplaceSettingsAs")]
    Task<SaveStatus> ReplaceSettings(Author author, WorkspaceSettings settings);

    /// <summary>Puts the workspace on a plan, or on the same with other limits; what is there beyond them stays. The operator's alone.</summary>
    [Alias("ChangePlan")]
    Task<SaveStatus> ChangePlan(Author author, PlanLimits plan);

    /// <summary>Replaces the settings.</summary>
    /// <param name="expectedVersion">Refuse with <see cref="SaveStatus.Changed"/> unless the stored settings are at this version; null replaces whatever is there.</param>
    [Alias("ReplaceSettingsAt")]
    Task<SettingsSaved> ReplaceSettings(Author author, WorkspaceSettings settings, long? expectedVersion);

    /// <summary>Puts a key in force. A secret key ends all others of its kind at once; of the other kinds, all work until revoked.</summary>
    /// <param name="key">Made by <see cref="ApiKeys.Record"/>, and told to nobody yet.</param>
    /// <returns><see cref="SaveStatus.PlanLimit"/> when there are <see cref="ApiKeys.MaxOfAKind"/> already.</returns>
    [Alias("AddKeyAs")]
    Task<SaveStatus> AddKey(Author author, ApiKey key);

    /// <summary>Renames a key that pages use, or bounds what it may be used for; all other keys stay as they are.</summary>
    /// <returns><see cref="SaveStatus.NotFound"/> when no such key of this kind is in force; secret keys have no bounds.</returns>
    [Alias("ChangeKey")]
    Task<SaveStatus> ChangeKey(Author author, KeyKind kind, string id, KeyEdit edit);

    /// <summary>Ends a key that pages use.</summary>
    /// <param name="kind">Not <see cref="KeyKind.Secret"/>, which is replaced instead.</param>
    /// <returns><see cref="SaveStatus.NotFound"/> when no such key of this kind is in force.</returns>
    [Alias("RevokeKeyAs")]
    Task<SaveStatus> RevokeKey(Author author, KeyKind kind, string id);

    /// <summary>Invites somebody; an invite that is on offer to the same address ends. Invites count as members until they end.</summary>
    /// <param name="tokenHash">See <see cref="InviteTokens"/>.</param>
    /// <returns><see cref="SaveStatus.Exists"/> for a member, <see cref="SaveStatus.Invalid"/> for what is no address.</returns>
    [Alias("Invite")]
    Task<SaveStatus> Invite(Author author, string email, MemberRole role, string tokenHash);

    [Alias("RevokeInvite")]
    Task<SaveStatus> RevokeInvite(Author author, string id);

    /// <summary>Invites on offer now, the newest first.</summary>
    [Alias("Invites")]
    Task<ImmutableArray<Invite>> Invites();

    /// <summary>The invite that a token opens; null when it was used, revoked, or has expired.</summary>
    [Alias("FindInvite")]
    Task<Invite?> FindInvite(string tokenHash);

    /// <summary>Makes whom a token invites a member; the caller has seen that they are who the invite names.</summary>
    /// <returns><see cref="SaveStatus.NotFound"/> when the token opens nothing.</returns>
    [Alias("AcceptInvite")]
    Task<SaveStatus> AcceptInvite(string tokenHash);

    [Alias("ChangeRole")]
    Task<SaveStatus> ChangeRole(Author author, string email, MemberRole role);

    /// <summary>Removes a member. Everybody may remove themselves.</summary>
    [Alias("RemoveMember")]
    Task<SaveStatus> RemoveMember(Author author, string email);

    /// <summary>Notes that a person is about to be erased; call before the erasure begins, and only erase when this is saved.</summary>
    /// <param name="userKey">Only a keyed hash of it is kept.</param>
    [Alias("NoteErasure")]
    Task<SaveStatus> NoteErasure(Author author, string userKey);

    // Silos of a version that named no author call these; what they change is logged as the operator's.
    [Obsolete(NamesNobody), Alias("AddMoment")]
    Task<MomentSaved> AddMoment(MomentDefinition moment);

    [Obsolete(NamesNobody), Alias("ReplaceMoment")]
    Task<MomentSaved> ReplaceMoment(MomentDefinition moment, long? expectedVersion);

    [Obsolete(NamesNobody), Alias("RemoveMoment")]
    Task<SaveStatus> RemoveMoment(string eventName, long? expectedVersion);

    [Obsolete(NamesNobody), Alias("ReplaceSettings")]
    Task<SaveStatus> ReplaceSettings(WorkspaceSettings settings);

    [Obsolete(NamesNobody), Alias("AddKey")]
    Task<SaveStatus> AddKey(ApiKey key);

    [Obsolete(NamesNobody), Alias("RevokeKey")]
    Task<SaveStatus> RevokeKey(KeyKind kind, string id);

    private const string NamesNobody = "Name the author: the grain decides by it, and the audit log tells it.";
}
