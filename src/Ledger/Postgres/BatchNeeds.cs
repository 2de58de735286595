using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Postgres;

/// <summary>Which rows a batch is about, gathered from its operations.</summary>
internal sealed class BatchNeeds
{
    private readonly BatchState _state;
    private readonly KnownNames _known;

    private BatchNeeds(BatchState state, KnownNames known) => (_state, _known) = (state, known);

    public HashSet<(long, Guid)> Events { get; } = [];
    public HashSet<(long, Guid)> Prompts { get; } = [];
    public HashSet<(long, string)> Users { get; } = [];
    public HashSet<(long, string)> Links { get; } = [];
    public HashSet<(long, string)> Names { get; } = [];
    public HashSet<(long, string)> Caps { get; } = [];
    public HashSet<(long, long)> Months { get; } = [];
    public HashSet<(long, long)> TestDays { get; } = [];

    /// <summary>Workspaces whose names must be counted.</summary>
    public HashSet<long> AllNames { get; } = [];

    /// <summary>Prompts that were live after this may count against a cap; milliseconds.</summary>
    public long CapsFrom { get; private set; } = long.MaxValue;

    /// <summary>The workspaces that an operation is about.</summary>
    public static IEnumerable<string> Workspaces(Operation operation) => operation switch
    {
        AppendOperation append => append.Fires.Select(static f => f.Workspace),
        ChangeOperation change => [change.Change.Workspace],
        JoinOperation join => [join.Link.Workspace],
        DescribeOperation describe => [describe.Workspace],
        _ => [],
    };

    public static BatchNeeds Of(IReadOnlyList<Operation> operations, BatchState state, KnownNames known)
    {
        BatchNeeds needs = new(state, known);
        foreach (var operation in operations)
        {
            needs.Add(operation);
        }
        return needs;
    }

    private void Add(Operation operation)
    {
        switch (operation)
        {
            case AppendOperation append:
                Array.ForEach(append.Fires, Add);
                break;
            case ChangeOperation { Change: var change }:
                var workspace = _state[change.Workspace];
                Prompts.Add((workspace.Id, change.Before.Id));
                Users.Add((workspace.Id, change.FenceKey));
                Find(workspace, change.After.Event);
                break;
            case JoinOperation { Link: var link }:
                var id = _state[link.Workspace].Id;
                Links.Add((id, link.AnonymousKey));
                Users.Add((id, link.AnonymousKey));
                Users.Add((id, link.PersonKey));
                break;
            case DescribeOperation describe:
                Users.Add((_state[describe.Workspace].Id, describe.UserKey));
                break;
        }
    }

    private void Add(Fire fire)
    {
        var workspace = _state[fire.Workspace];
        var receivedAt = UtcTime.Ms(fire.ReceivedAt);
        Events.Add((workspace.Id, fire.Id));
        var name = Find(workspace, fire.Event);
        if (fire.Test)
        {
            TestDays.Add((workspace.Id, UtcTime.DayOf(receivedAt)));
        }
        else if (fire.Limits.EventsPerMonth > 0)
        {
            Months.Add((workspace.Id, UtcTime.MonthOf(fire.ReceivedAt)));
        }
        if (!fire.Test && !fire.IsMoment && fire.Limits is not { EventNames: 0, NewNamesPerHour: 0 }
            && !NameCounts.IsActive(name?.LastSeen, UtcTime.HourOf(receivedAt)))
        {
            AllNames.Add(workspace.Id);
        }
        if (fire.Grant is { } grant)
        {
            Users.Add((workspace.Id, grant.Prompt.UserKey));
            if (grant.ResponseCap is not null)
            {
                Caps.Add((workspace.Id, fire.Event));
                _state.Caps.TryAdd((workspace.Id, fire.Event), new CapState());
                CapsFrom = Math.Min(CapsFrom, receivedAt);
            }
        }
    }

    private NameState? Find(WorkspaceState workspace, string name)
    {
        if (workspace.Names.TryGetValue(name, out var here))
        {
            return here;
        }
        if (_known.Name(workspace.Id, name) is not { } known)
        {
            Names.Add((workspace.Id, name));
            return null;
        }
        return workspace.Names[name] = new NameState(workspace, known.Id, name, new long[CounterColumns.Count]) { LastSeen = known.LastSeen };
    }
}
