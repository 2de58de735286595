using Conclude.Grains.Keys;
using Orleans.Concurrency;

namespace Conclude.Grains.Tenants;

/// <summary>
/// A workspace's settings, keys, plan, members and moment definitions: one document, one write, one version. A change answers
/// after the processes it knows have acknowledged the new version, or after one second.
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

    /// <summary>Adds a moment.</summary>
    [Alias("AddMoment")]
    Task<MomentSaved> AddMoment(MomentDefinition moment);

    /// <summary>Replaces a moment.</summary>
    /// <param name="expectedVersion">Refuse with <see cref="SaveStatus.Changed"/> unless the stored moment is at this version; null replaces whatever is there.</param>
    [Alias("ReplaceMoment")]
    Task<MomentSaved> ReplaceMoment(MomentDefinition moment, long? expectedVersion);

    /// <summary>Removes a moment; its history stays.</summary>
    [Alias("RemoveMoment")]
    Task<SaveStatus> RemoveMoment(string eventName, long? expectedVersion);

    /// <summary>Replaces the settings.</summary>
    [Alias("ReplaceSettings")]
    Task<SaveStatus> ReplaceSettings(WorkspaceSettings settings);

    /// <summary>Puts a key in force. A secret key ends all others of its kind at once; of the other kinds, all work until revoked.</summary>
    /// <param name="key">Made by <see cref="ApiKeys.Record"/>, and told to nobody yet.</param>
    /// <returns><see cref="SaveStatus.PlanLimit"/> when there are <see cref="ApiKeys.MaxOfAKind"/> already.</returns>
    [Alias("AddKey")]
    Task<SaveStatus> AddKey(ApiKey key);

    /// <summary>Ends a key that pages use.</summary>
    /// <param name="kind">Not <see cref="KeyKind.Secret"/>, which is replaced instead.</param>
    /// <returns><see cref="SaveStatus.NotFound"/> when no such key of this kind is in force.</returns>
    [Alias("RevokeKey")]
    Task<SaveStatus> RevokeKey(KeyKind kind, string id);
}
