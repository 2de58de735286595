namespace Conclude.Grains.Live;

/// <summary>One workspace's turn to be told: what waits, whether the message before is still on its way, and who watches.</summary>
internal sealed class WorkspaceLine(string workspace)
{
    public string Workspace { get; } = workspace;

    /// <summary>Null when nothing waits. Guarded by the publisher.</summary>
    public PendingNews? Waiting { get; set; }

    /// <summary>Messages of one workspace go one after another. Guarded by the publisher.</summary>
    public bool IsTelling { get; set; }

    /// <summary>When the catalog was last asked who watches. Only whoever tells touches this and what follows.</summary>
    public DateTimeOffset AskedAt { get; set; }

    public DateTimeOffset WatchedUntil { get; set; }

    /// <summary>Of the last message of fires.</summary>
    public long Sequence { get; set; }
}
