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
}
