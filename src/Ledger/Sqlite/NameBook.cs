using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>
/// The writer's memory of workspaces and names: what they are numbered, and what the batch adds to them. It equals the store
/// between batches because the writer is alone; a rollback empties it.
/// </summary>
internal sealed class NameBook
{
    // Names can be many and are cheap to find again.
    private const int MaxNames = 20_000;
    private readonly Dictionary<string, WorkspaceState> _workspaces = new(StringComparer.Ordinal);
    private int _names;

    public WorkspaceState Workspace(Session session, string key)
    {
        if (_workspaces.TryGetValue(key, out var known))
        {
            return known;
        }
        using var found = session["find_workspace"].Open().Add(key);
        if (found.Next())
        {
            return _workspaces[key] = new WorkspaceState(found.Long(0), key);
        }
        using var added = session["add_workspace"].Open().Add(key);
        added.Next();
        return _workspaces[key] = new WorkspaceState(added.Long(0), key);
    }

    /// <summary>The name, if it has a number already.</summary>
    public NameState? Find(Session session, WorkspaceState workspace, string name)
    {
        if (workspace.Names.TryGetValue(name, out var known))
        {
            return known;
        }
        using var found = session["find_name"].Open().Add(workspace.Id).Add(name);
        return found.Next()
            ? Keep(new NameState(workspace, found.Long(0), name, found.Longs(4, CounterColumns.Count))
            {
                IsMoment = found.Bool(1),
                FirstSeen = found.LongOrNull(2),
                LastSeen = found.LongOrNull(3),
            })
            : null;
    }

    public NameState FindOrAdd(Session session, WorkspaceState workspace, string name)
    {
        if (Find(session, workspace, name) is { } known)
        {
            return known;
        }
        using var added = session["add_name"].Open().Add(workspace.Id).Add(name);
        added.Next();
        return Keep(new NameState(workspace, added.Long(0), name, new long[CounterColumns.Count]));
    }

    /// <summary>After a rollback: nothing learnt in the transaction may be believed.</summary>
    public void Forget()
    {
        _workspaces.Clear();
        _names = 0;
    }

    /// <summary>Between batches: keeps the memory bounded.</summary>
    public void Trim()
    {
        if (_names > MaxNames)
        {
            Forget();
        }
    }

    private NameState Keep(NameState name)
    {
        _names++;
        return name.Workspace.Names[name.Name] = name;
    }
}
