using Conclude.Ledger.Writing;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>
/// Most batches are all fires that nobody sent before, of names that are known, with no prompt. Nothing has to be read for them: they
/// are written at once, and a statement of theirs fails when one was sent before after all, or does not fit its month.
/// </summary>
internal static class PlainBatch
{
    /// <returns>Null when the batch is not plain.</returns>
    public static BatchState? Of(IReadOnlyList<Operation> operations, KnownNames known)
    {
        BatchState state = new() { IsPlain = true };
        foreach (var operation in operations)
        {
            if (operation is not AppendOperation append)
            {
                return null;
            }
            foreach (var fire in append.Fires)
            {
                if (!TryAdd(state, fire, known))
                {
                    return null;
                }
            }
        }
        // A batch that alone is more than a month takes is not all accepted.
        var fires = state.Limits.Count == 0 ? 0 : operations.Sum(static o => o.Weight);
        return state.Limits.Values.Any(limit => limit < fires) ? null : state;
    }

    /// <summary>Nothing was stored: an id is there already, or a month is full (its sum would have become null).</summary>
    public static bool IsToBeLookedAt(PostgresException failure) =>
        failure.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.NotNullViolation;

    private static bool TryAdd(BatchState state, Fire fire, KnownNames known)
    {
        if (fire.Grant is not null || fire.Test)
        {
            return false;
        }
        if (!state.Knows(fire.Workspace))
        {
            if (known.Workspace(fire.Workspace) is not { } id)
            {
                return false;
            }
            state.Add(new WorkspaceState(id, fire.Workspace));
        }
        var workspace = state[fire.Workspace];
        if (!workspace.Names.TryGetValue(fire.Event, out var name))
        {
            if (known.Name(workspace.Id, fire.Event) is not { } here)
            {
                return false;
            }
            workspace.Names[fire.Event] = name = new NameState(workspace, here.Id, fire.Event, new long[CounterColumns.Count]) { LastSeen = here.LastSeen };
        }
        if (fire.Limits.EventsPerMonth > 0)
        {
            state.Limits[(workspace.Id, UtcTime.MonthOf(fire.ReceivedAt))] = fire.Limits.EventsPerMonth;
        }
        return fire.IsMoment || fire.Limits is { EventNames: 0, NewNamesPerHour: 0 }
            || NameCounts.IsActive(name.LastSeen, UtcTime.HourOf(UtcTime.Ms(fire.ReceivedAt)));
    }
}
