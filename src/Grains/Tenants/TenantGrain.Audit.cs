using System.Collections.Immutable;
using Conclude.Ledger;
using Microsoft.Extensions.Logging;

namespace Conclude.Grains.Tenants;

/// <summary>
/// The audit log. An entry is written with its change, into the same document, and moved to the ledger after: again and again until that
/// is done, which adds nothing twice, because the document numbers the entries.
/// </summary>
internal sealed partial class TenantGrain
{
    /// <summary>While the ledger takes none, so many changes go on.</summary>
    private const int MaxOutbox = 100;

    private static readonly TimeSpan MoveAgainAfter = TimeSpan.FromSeconds(10);

    /// <summary>Entries that are on disk in the document; those up to <see cref="_moved"/> are in the ledger too.</summary>
    private ImmutableArray<AuditEntry> _outbox = [];

    private long _moved;
    private Task _moving = Task.CompletedTask;
    private IGrainTimer? _again;

    /// <summary>
    /// A workspace from before there was a log, or whose document a silo of such a version wrote, has no count: entries of before may be in
    /// the ledger under any number that was counted, but under none of now.
    /// </summary>
    private long NextEntry => stored.State.LastEntry > 0 || _current is null ? stored.State.LastEntry + 1 : time.GetUtcNow().ToUnixTimeMilliseconds();

    private ImmutableArray<AuditEntry> Unmoved => _outbox.RemoveAll(entry => entry.Sequence <= _moved);

    public async Task<SaveStatus> NoteErasure(Author author, string userKey)
    {
        if (_current is not { } current)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        await Write(Next(current), Note(author, AuditKinds.PersonErased, AuditHash.Of(current, userKey), []));
        return SaveStatus.Saved;
    }

    private static WorkspaceSnapshot Next(WorkspaceSnapshot current) => current with { Version = current.Version + 1 };

    private AuditEntry Note(Author author, string kind, string subject, ImmutableArray<AuditChange> changes) =>
        new(NextEntry, time.GetUtcNow(), author, kind, subject, changes);

    private AuditEntry? NoteUnlessEmpty(Author author, string kind, string subject, ImmutableArray<AuditChange> changes) =>
        changes.IsEmpty ? null : Note(author, kind, subject, changes);

    /// <returns>What is to stay in the document.</returns>
    /// <exception cref="LedgerUnavailableException">The ledger has taken none for so long that no change may be added.</exception>
    private async Task<ImmutableArray<AuditEntry>> RoomInOutbox()
    {
        if (Unmoved.Length >= MaxOutbox)
        {
            await MoveOutbox();
        }

        var unmoved = Unmoved;
        return unmoved.Length < MaxOutbox ? unmoved : throw new LedgerUnavailableException("The audit log takes no more entries.");
    }

    private Task MoveOutbox() => _moving.IsCompleted ? _moving = Move() : _moving;

    private async Task Move()
    {
        while (Unmoved is { IsEmpty: false } entries)
        {
            try
            {
                await audit.AppendAudit(this.GetPrimaryKeyString(), entries);
                _moved = entries[^1].Sequence;
            }
            catch (Exception reason)
            {
                LogNotMoved(log, this.GetPrimaryKeyString(), entries.Length, reason);
                MoveAfter(MoveAgainAfter);
                return;
            }
        }
    }

    /// <summary>One timer, however many changes find the ledger away.</summary>
    private void MoveAfter(TimeSpan wait)
    {
        _again?.Dispose();
        _again = this.RegisterGrainTimer(
            _ => MoveOutbox(), new GrainTimerCreationOptions { DueTime = wait, Period = Timeout.InfiniteTimeSpan, Interleave = true });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} entries of the audit log of workspace {Workspace} are not in the ledger yet; it is tried again in ten seconds")]
    private static partial void LogNotMoved(ILogger log, string workspace, int count, Exception reason);
}
