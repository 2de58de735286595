using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Postgres;

/// <summary>The rows a batch is about: as they were read under the locks of its workspaces, then as its operations leave them.</summary>
internal sealed class BatchState
{
    private readonly Dictionary<string, WorkspaceState> _workspaces = new(StringComparer.Ordinal);

    /// <summary>Nothing was read: the store is to refuse whatever is not new, or does not fit.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Of the totals; known once they are written.</summary>
    public long Epoch { get; set; }

    /// <summary>Fires that a month may have, of a plain batch's workspaces that are limited.</summary>
    public Dictionary<(long Workspace, long Month), long> Limits { get; } = [];

    public IEnumerable<WorkspaceState> Workspaces => _workspaces.Values;

    public Dictionary<long, WorkspaceState> ById { get; } = [];
    public Dictionary<(long Workspace, Guid Id), StoredEvent> Events { get; } = [];
    public Dictionary<(long Workspace, Guid Id), PromptState> Prompts { get; } = [];
    public Dictionary<(long Workspace, string Key), UserState> Users { get; } = [];
    public Dictionary<(long Workspace, string AnonymousKey), LinkedKey> Links { get; } = [];

    /// <summary>Of moments that a capped grant of the batch is about.</summary>
    public Dictionary<(long Workspace, string Name), CapState> Caps { get; } = [];
    public Dictionary<(long Workspace, long Month), PeriodUse> Months { get; } = [];
    public Dictionary<(long Workspace, long Day), PeriodUse> TestDays { get; } = [];

    /// <summary>Events to insert, in order.</summary>
    public List<(Fire Fire, NameState Name, StoredEvent Stored)> Added { get; } = [];

    /// <summary>Links to insert or to mark as proved.</summary>
    public List<Link> Linked { get; } = [];

    /// <summary>Answers to add to the moments' counters for ever.</summary>
    public Dictionary<NameState, long> Answered { get; } = [];

    /// <summary>Deliveries of answers to insert, in order; those of one fact share its number.</summary>
    public List<ToldStep> Told { get; } = [];

    /// <summary>Months with a limit whose webhooks are to hear when a fire of the batch brings them near it.</summary>
    public Dictionary<(long Workspace, long Month), Fire> Watched { get; } = [];

    public WorkspaceState this[string key] => _workspaces[key];

    public void Add(WorkspaceState workspace)
    {
        _workspaces.Add(workspace.Key, workspace);
        ById.Add(workspace.Id, workspace);
    }

    public bool Knows(string key) => _workspaces.ContainsKey(key);

    public UserState User(WorkspaceState workspace, string key) =>
        Users.TryGetValue((workspace.Id, key), out var known) ? known : Users[(workspace.Id, key)] = new UserState(workspace, key, stored: null, verified: false, fence: 0);

    /// <summary>The name; one that the store does not know yet gets its number when it is written.</summary>
    public static NameState Name(WorkspaceState workspace, string name) =>
        workspace.Names.TryGetValue(name, out var known) ? known : workspace.Names[name] = new NameState(workspace, id: 0, name, new long[CounterColumns.Count]);

    public PeriodUse Use(WorkspaceState workspace, Fire fire) => fire.Test
        ? Use(TestDays, workspace, UtcTime.DayOf(UtcTime.Ms(fire.ReceivedAt)))
        : Use(Months, workspace, UtcTime.MonthOf(fire.ReceivedAt));

    private static PeriodUse Use(Dictionary<(long, long), PeriodUse> uses, WorkspaceState workspace, long period) =>
        uses.TryGetValue((workspace.Id, period), out var known) ? known : uses[(workspace.Id, period)] = new PeriodUse(period, stored: 0);
}
