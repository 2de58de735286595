using Conclude.Ledger.Reading;
using Conclude.Ledger.Writing;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>
/// Takes the locks of a batch's workspaces, in order, and reads every row that its operations are about: one round trip once the
/// workspaces are known. The locks end with the transaction; whoever writes takes them, so nothing read can move meanwhile.
/// </summary>
internal sealed class BatchReader(NpgsqlConnection connection, KnownNames known, TimeSpan timeout)
{
    private readonly BatchState _state = new();

    public BatchState Read(IReadOnlyList<Operation> operations)
    {
        FindWorkspaces(operations);
        var needs = BatchNeeds.Of(operations, _state, known);
        using Pipeline pipeline = new(connection, timeout);
        Lock(pipeline, _state);
        Find(pipeline, "find_events", needs.Events, AddEvent);
        Find(pipeline, "find_prompts", needs.Prompts, row => AddPrompt(row.Long(0), row, 1));
        Find(pipeline, "find_users", needs.Users, row =>
            _state.Users[(row.Long(0), row.Text(1))] = new UserState(_state.ById[row.Long(0)], row.Text(1), row.LongOrNull(2), row.Bool(3), row.Long(4)));
        Find(pipeline, "find_links", needs.Links, row => _state.Links[(row.Long(0), row.Text(1))] = new LinkedKey(row.Text(2), row.Bool(3)));
        Find(pipeline, "find_names", needs.Names, AddName);
        if (needs.AllNames.Count > 0)
        {
            pipeline.Then("find_all_names", AddName).Add(needs.AllNames.Select(static w => (int)w));
        }
        Find(pipeline, "find_caps", needs.Caps, row => _state.Caps[(row.Long(0), row.Text(1))].Answers = row.Long(2));
        Find(pipeline, "find_open", needs.Caps, row => _state.Caps[(row.Long(0), row.Text(1))].Open(row.Guid(2), row.Long(3)))?.Add(needs.CapsFrom);
        Find(pipeline, "find_usage", needs.Months, row => _state.Months[(row.Long(0), row.Long(1))] = new PeriodUse(row.Long(1), row.Long(2)));
        Find(pipeline, "find_test_usage", needs.TestDays, row => _state.TestDays[(row.Long(0), row.Long(1))] = new PeriodUse(row.Long(1), row.Long(2)));
        pipeline.Run();
        return _state;
    }

    /// <summary>Every transaction begins so; only a plain one of a process that writes alone has nothing to wait for.</summary>
    public static void Lock(Pipeline pipeline, BatchState state) =>
        pipeline.Then("lock", static _ => { }).Add(state.ById.Keys.Order().Select(static id => AdvisoryLocks.Workspace(id)));

    private static Pipeline? Find<T>(Pipeline pipeline, string statement, ICollection<(long Workspace, T Key)> keys, Action<Query> read) =>
        keys.Count == 0 ? null : pipeline.Then(statement, read).Add(keys.Select(static k => (int)k.Workspace)).Add(keys.Select(static k => k.Key));

    private void FindWorkspaces(IReadOnlyList<Operation> operations)
    {
        string[] keys = [.. operations.SelectMany(BatchNeeds.Workspaces).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] unknown = [.. keys.Where(k => known.Workspace(k) is null)];
        if (unknown.Length > 0)
        {
            Ask("find_workspaces", unknown);
            string[] missing = [.. unknown.Where(k => known.Workspace(k) is null)];
            if (missing.Length > 0)
            {
                // Before any lock is held, so that two writers who add the same ones wait for each other in one direction only.
                Ask("add_workspaces", missing);
                Ask("find_workspaces", missing);
            }
        }
        foreach (var key in keys)
        {
            _state.Add(new WorkspaceState(known.Workspace(key)!.Value, key));
        }
    }

    private void Ask(string statement, string[] keys)
    {
        using Pipeline pipeline = new(connection, timeout);
        pipeline.Then(statement, statement == "find_workspaces" ? row => known.Keep(row.Text(1), row.Long(0)) : null).Add(keys).Run();
    }

    private void AddEvent(Query row)
    {
        var workspace = row.Long(0);
        var prompt = row.IsNull(4) ? null : AddPrompt(workspace, row, 4);
        _state.Events[(workspace, row.Guid(1))] = new StoredEvent((Verdict)row.Long(2), row.TimeOrNull(3), prompt);
    }

    // A prompt may come up as a duplicate's and as a step's: one state for both.
    private PromptState AddPrompt(long workspace, Query row, int column)
    {
        var id = row.Guid(column);
        return _state.Prompts.TryGetValue((workspace, id), out var here)
            ? here
            : _state.Prompts[(workspace, id)] = new PromptState(_state.ById[workspace], PromptRow.Read(row, column));
    }

    private void AddName(Query row)
    {
        var workspace = _state.ById[row.Long(0)];
        workspace.Names[row.Text(1)] = new NameState(workspace, row.Long(2), row.Text(1), new long[CounterColumns.Count])
        {
            IsMoment = !row.IsNull(3) && row.Bool(3),
            FirstSeen = row.LongOrNull(4),
            LastSeen = row.LongOrNull(5),
        };
    }
}
