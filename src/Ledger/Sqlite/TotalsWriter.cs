using System.Runtime.InteropServices;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>Gathers what a batch adds to totals and usage, and writes it once: one upsert a row, whatever the number of fires.</summary>
internal sealed class TotalsWriter(CommitLog log)
{
    private readonly List<NameState> _names = [];
    private readonly List<WorkspaceState> _workspaces = [];
    private readonly long[] _allTime = new long[CounterColumns.Count];

    public void Fire(NameState name, long receivedAt, Verdict verdict, bool isMoment)
    {
        name.Workspace.Count(name, isMoment, receivedAt);
        Touch(name);
        name.Fire(receivedAt, verdict, isMoment);
    }

    public void Step(NameState name, Prompt before, Prompt after)
    {
        Touch(name);
        PromptSteps.Move(name, before, after);
    }

    public PeriodUse Month(Session session, WorkspaceState workspace, DateTimeOffset receivedAt)
    {
        var month = UtcTime.MonthOf(receivedAt);
        if (workspace.Month is { } use && use.Period == month)
        {
            return use;
        }
        Write(session, workspace);
        return workspace.Month = Read(session["read_usage"], workspace, month);
    }

    public PeriodUse TestDay(Session session, WorkspaceState workspace, DateTimeOffset receivedAt)
    {
        var day = UtcTime.DayOf(UtcTime.Ms(receivedAt));
        if (workspace.TestDay is { } use && use.Period == day)
        {
            return use;
        }
        Write(session, workspace);
        return workspace.TestDay = Read(session["read_test_usage"], workspace, day);
    }

    public void Add(WorkspaceState workspace, PeriodUse use)
    {
        if (use.Moved == 0)
        {
            _workspaces.Add(workspace);
        }
        use.Add();
    }

    /// <summary>What the limits on names compare with, this batch included.</summary>
    public NameCounts Counts(Session session, WorkspaceState workspace, long receivedAt)
    {
        var hour = UtcTime.HourOf(receivedAt);
        if (workspace.Counts is { } counts && counts.Hour == hour)
        {
            return counts;
        }
        // Counting reads the rows, so what the batch has moved must be in them.
        WriteTotals(session);
        Touch(workspace);
        return workspace.Counts = new NameCounts(hour)
        {
            Active = Count(session["count_active_names"].Open().Add(workspace.Id).Add(NameCounts.ActiveSince(hour))),
            New = Count(session["count_new_names"].Open().Add(workspace.Id).Add(hour).Add(hour + UtcTime.HourMs)),
        };
    }

    /// <summary>Writes all that was gathered.</summary>
    public void Write(Session session)
    {
        WriteTotals(session);
        foreach (var workspace in CollectionsMarshal.AsSpan(_workspaces))
        {
            Write(session, workspace);
            workspace.Counts = null;
        }
        _workspaces.Clear();
    }

    /// <summary>After a rollback.</summary>
    public void Forget()
    {
        _names.Clear();
        _workspaces.Clear();
    }

    private static void Write(Session session, WorkspaceState workspace)
    {
        Write(session["move_usage"], workspace, workspace.Month);
        Write(session["move_test_usage"], workspace, workspace.TestDay);
    }

    private static void Write(Statement move, WorkspaceState workspace, PeriodUse? use)
    {
        if (use is { Moved: > 0 })
        {
            move.Open().Add(workspace.Id).Add(use.Period).Add(use.Moved).Run();
            use.Settle();
        }
    }

    private static PeriodUse Read(Statement read, WorkspaceState workspace, long period)
    {
        using var found = read.Open().Add(workspace.Id).Add(period);
        return new PeriodUse(period, found.Next() ? found.Long(0) : 0);
    }

    private static long Count(Statement count)
    {
        using (count)
        {
            count.Next();
            return count.Long(0);
        }
    }

    private void WriteTotals(Session session)
    {
        if (_names.Count == 0)
        {
            return;
        }
        var epoch = Count(session["epoch"].Open());
        foreach (var name in CollectionsMarshal.AsSpan(_names))
        {
            if (name.HasMoves)
            {
                WriteTotals(session, name, epoch);
                name.Settle();
            }
        }
        _names.Clear();
    }

    private void WriteTotals(Session session, NameState name, long epoch)
    {
        Array.Clear(_allTime);
        foreach (var hour in name.Hours)
        {
            if (hour.HasMoves)
            {
                WriteHour(session, name, hour);
            }
        }
        WriteName(session, name);
        if (name is not { FirstSeen: { } first, LastSeen: { } last })
        {
            throw new InvalidOperationException("An answer to a name that was never fired.");
        }
        var allTime = CounterColumns.Read(name.AllTime);
        foreach (var hour in name.Hours)
        {
            if (hour.HasMoves)
            {
                hour.Settle();
                log.Add(name.Workspace.Key, new EventTotals(
                    name.Name, epoch, UtcTime.Of(first), UtcTime.Of(last), allTime, UtcTime.Of(hour.Hour), CounterColumns.Read(hour.Total)));
            }
        }
    }

    private void WriteHour(Session session, NameState name, HourMoves hour)
    {
        hour.Total ??= ReadHour(session, name, hour.Hour);
        session["move_hour"].Open().Add(name.Workspace.Id).Add(hour.Hour).Add(name.Id).Add(hour.Moved).Run();
        for (var i = 0; i < _allTime.Length; i++)
        {
            _allTime[i] += hour.Moved[i];
        }
    }

    private void WriteName(Session session, NameState name)
    {
        if (name.Fired is { } fired)
        {
            session["move_name"].Open().Add(name.Id).Add(name.Workspace.Id).Add(fired.First).Add(fired.Last).Add(name.IsMoment).Add(_allTime).Run();
        }
        else
        {
            session["move_answers"].Open().Add(name.Id).Add(_allTime.AsSpan(CounterColumns.Seen)).Run();
        }
    }

    private static long[] ReadHour(Session session, NameState name, long hour)
    {
        using var found = session["read_hour"].Open().Add(name.Workspace.Id).Add(hour).Add(name.Id);
        return found.Next() ? found.Longs(0, CounterColumns.Count) : new long[CounterColumns.Count];
    }

    private void Touch(NameState name)
    {
        if (!name.HasMoves)
        {
            _names.Add(name);
        }
    }

    // A workspace may come up twice: writing it again writes nothing.
    private void Touch(WorkspaceState workspace) => _workspaces.Add(workspace);
}
