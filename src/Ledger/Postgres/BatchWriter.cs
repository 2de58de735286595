using Conclude.Ledger.Reading;
using Conclude.Ledger.Writing;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>Writes what a batch comes to: new names if there are any, then everything else in one round trip, each table once.</summary>
/// <param name="isAlone">No other process writes.</param>
internal sealed class BatchWriter(NpgsqlConnection connection, KnownNames known, CommitLog log, TimeSpan timeout, bool isAlone)
{
    private sealed record NameTotals(long First, long Last, Counters AllTime);

    public void Write(BatchState state)
    {
        AddNames(state);
        NameState[] moved = [.. state.Workspaces.SelectMany(static w => w.Names.Values).Where(static n => n.HasMoves).OrderBy(static n => n.Id)];
        Dictionary<long, NameTotals> names = [];
        Dictionary<(long Name, long Hour), Counters> hours = [];
        using Pipeline pipeline = new(connection, timeout);
        if (state.IsPlain && !isAlone)
        {
            BatchReader.Lock(pipeline, state);
        }
        WriteEvents(pipeline, state);
        PromptRows.Write(pipeline, state);
        WriteUsers(pipeline, state);
        WriteTotals(pipeline, state, moved, names, hours);
        WriteSums(pipeline, state);
        OutboxRows.Write(pipeline, state, log);
        pipeline.Run();
        Tell(state, moved, names, hours);
    }

    private void AddNames(BatchState state)
    {
        NameState[] added = [.. state.Added.Select(static a => a.Name).Where(static n => n.Id == 0).Distinct()];
        if (added.Length == 0)
        {
            return;
        }
        using Pipeline pipeline = new(connection, timeout);
        pipeline.Then("add_names", row => state.ById[row.Long(0)].Names[row.Text(1)].Id = row.Long(2), added.Length)
            .Add(added.Select(static n => (int)n.Workspace.Id)).Add(added.Select(static n => n.Name)).Run();
    }

    private static void WriteEvents(Pipeline pipeline, BatchState state)
    {
        var added = state.Added;
        if (added.Count == 0)
        {
            return;
        }
        pipeline.Then(state.IsPlain ? "append_events" : "insert_events", rows: added.Count)
            .Add(added.Select(static a => (int)a.Name.Workspace.Id)).Add(added.Select(static a => a.Fire.Id)).Add(added.Select(static a => (int)a.Name.Id))
            .Add(added.Select(static a => a.Fire.UserKey)).Add(added.Select(static a => UtcTime.Ms(a.Fire.At)))
            .Add(added.Select(static a => UtcTime.Ms(a.Fire.ReceivedAt))).Add(added.Select(static a => (short)a.Stored.Verdict))
            .Add(added.Select(static a => Ms(a.Stored.Until))).Add(added.Select(static a => a.Stored.Prompt?.Now.Id))
            .Add(added.Select(static a => a.Fire.Test)).Add(added.Select(static a => a.Fire.UserLabel));
    }

    private static void WriteUsers(Pipeline pipeline, BatchState state)
    {
        UserState[] users = [.. state.Users.Values.Where(static u => u.IsChanged).OrderBy(static u => u.Workspace.Id).ThenBy(static u => u.Key, StringComparer.Ordinal)];
        UserState[] added = [.. users.Where(static u => u.Stored is null)];
        UserState[] changed = [.. users.Where(static u => u.Stored is not null)];
        if (added.Length > 0)
        {
            Add(pipeline.Then("insert_users", rows: added.Length), added);
        }
        if (changed.Length > 0)
        {
            Add(pipeline.Then("change_users", rows: changed.Length), changed).Add(changed.Select(static u => u.Stored!.Value));
        }
        if (state.Linked is { Count: > 0 } links)
        {
            pipeline.Then("put_links", rows: links.Count)
                .Add(links.Select(l => (int)state[l.Workspace].Id)).Add(links.Select(static l => l.AnonymousKey)).Add(links.Select(static l => l.PersonKey))
                .Add(links.Select(static l => l.Verified)).Add(links.Select(static l => UtcTime.Ms(l.At)));
        }

        static Pipeline Add(Pipeline statement, UserState[] rows) => statement
            .Add(rows.Select(static u => (int)u.Workspace.Id)).Add(rows.Select(static u => u.Key)).Add(rows.Select(static u => u.Version))
            .Add(rows.Select(static u => u.Verified)).Add(rows.Select(static u => u.Facts));
    }

    private static void WriteTotals(
        Pipeline pipeline, BatchState state, NameState[] moved, Dictionary<long, NameTotals> names, Dictionary<(long Name, long Hour), Counters> hours)
    {
        if (moved.Length == 0)
        {
            return;
        }
        var rows = moved.SelectMany(static n => n.Hours.ToArray().Where(static h => h.HasMoves).Select(h => (Name: n, Hour: h)))
            .OrderBy(static r => r.Name.Workspace.Id).ThenBy(static r => r.Hour.Hour).ThenBy(static r => r.Name.Id).ToArray();
        pipeline.Then("move_totals", KeepHour, rows.Length)
            .Add(rows.Select(static r => (int)r.Name.Workspace.Id)).Add(rows.Select(static r => (int)r.Name.Id)).Add(rows.Select(static r => r.Hour.Hour))
            .Add(rows.SelectMany(static r => r.Hour.Moved.ToArray()));
        NameState[] fired = [.. moved.Where(static n => n.Fired is not null)];
        if (fired.Length > 0)
        {
            pipeline.Then("move_names", Keep, fired.Length)
                .Add(fired.Select(static n => (int)n.Id)).Add(fired.Select(static n => (int)n.Workspace.Id))
                .Add(fired.Select(static n => n.Fired!.Value.First)).Add(fired.Select(static n => n.Fired!.Value.Last))
                .Add(fired.Select(static n => n.IsMoment)).Add(fired.SelectMany(static n => n.AllTime.ToArray()));
        }
        NameState[] answered = [.. moved.Where(static n => n.Fired is null)];
        if (answered.Length > 0)
        {
            pipeline.Then("move_answers", Keep).Add(answered.Select(static n => (int)n.Id)).Add(answered.SelectMany(static n => n.AllTime.ToArray()));
        }

        void KeepHour(Query row)
        {
            hours[(row.Long(0), row.Long(1))] = row.Counters(2);
            state.Epoch = row.Long(2 + CounterColumns.Count);
        }

        void Keep(Query row) => names[row.Long(0)] = new NameTotals(row.Long(1), row.Long(2), row.Counters(3));
    }

    private static void WriteSums(Pipeline pipeline, BatchState state)
    {
        var months = Moved(state.Months);
        if (months.Length > 0 && state.Limits.Count == 0)
        {
            Move("move_usage", months);
        }
        else if (months.Length > 0)
        {
            Move("move_usage_within", months).Add(months.Select(u => state.Limits.GetValueOrDefault(u.Key, long.MaxValue)));
        }
        var days = Moved(state.TestDays);
        if (days.Length > 0)
        {
            Move("move_test_usage", days);
        }
        if (state.Answered.Count > 0)
        {
            KeyValuePair<NameState, long>[] answered = [.. state.Answered.OrderBy(static a => a.Key.Id)];
            pipeline.Then("move_caps", rows: answered.Length).Add(answered.Select(static a => (int)a.Key.Id)).Add(answered.Select(static a => a.Value));
        }

        static KeyValuePair<(long Workspace, long Period), PeriodUse>[] Moved(Dictionary<(long Workspace, long Period), PeriodUse> uses) =>
            [.. uses.Where(static u => u.Value.Moved > 0).OrderBy(static u => u.Key)];

        Pipeline Move(string statement, KeyValuePair<(long Workspace, long Period), PeriodUse>[] moved) =>
            pipeline.Then(statement, rows: moved.Length).Add(moved.Select(static u => (int)u.Key.Workspace))
                .Add(moved.Select(static u => u.Key.Period)).Add(moved.Select(static u => u.Value.Moved));
    }

    private void Tell(BatchState state, NameState[] moved, Dictionary<long, NameTotals> names, Dictionary<(long Name, long Hour), Counters> hours)
    {
        foreach (var name in moved)
        {
            if (!names.TryGetValue(name.Id, out var totals))
            {
                throw new InvalidOperationException("An answer to a name that was never fired.");
            }
            foreach (var hour in name.Hours)
            {
                if (hour.HasMoves)
                {
                    log.Add(name.Workspace.Key, new EventTotals(
                        name.Name, state.Epoch, UtcTime.Of(totals.First), UtcTime.Of(totals.Last), totals.AllTime, UtcTime.Of(hour.Hour),
                        hours[(name.Id, hour.Hour)]));
                }
            }
            name.LastSeen = totals.Last;
        }
        foreach (var name in state.Workspaces.SelectMany(static w => w.Names.Values).Where(static n => n.Id != 0))
        {
            known.Keep(name);
        }
    }

    private static long? Ms(DateTimeOffset? time) => time is { } value ? UtcTime.Ms(value) : null;
}
