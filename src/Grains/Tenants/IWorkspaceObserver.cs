namespace Conclude.Grains.Tenants;

/// <summary>A process that keeps snapshots of workspaces.</summary>
[Alias("Conclude.IWorkspaceObserver")]
public interface IWorkspaceObserver : IGrainObserver
{
    /// <summary>A new version is in force; completes when this process decides by it.</summary>
    [Alias("Changed")]
    Task Changed(WorkspaceSnapshot snapshot);
}
