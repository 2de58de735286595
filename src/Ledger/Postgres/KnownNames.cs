using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Postgres;

/// <summary>
/// What never changes again once it is committed, and so may be remembered though others write too: the numbers of workspaces and
/// names, and that a name was seen as late as this at least. A rollback empties it.
/// </summary>
internal sealed class KnownNames
{
    // Names can be many and are cheap to find again.
    private const int MaxNames = 20_000;
    private readonly Dictionary<string, long> _workspaces = new(StringComparer.Ordinal);
    private readonly Dictionary<(long Workspace, string Name), (long Id, long? LastSeen)> _names = [];

    public long? Workspace(string key) => _workspaces.TryGetValue(key, out var id) ? id : null;

    public void Keep(string key, long id) => _workspaces[key] = id;

    public (long Id, long? LastSeen)? Name(long workspace, string name) => _names.TryGetValue((workspace, name), out var known) ? known : null;

    public void Keep(NameState name) => _names[(name.Workspace.Id, name.Name)] = (name.Id, name.LastSeen);

    public void Forget()
    {
        _workspaces.Clear();
        _names.Clear();
    }

    /// <summary>Between batches: keeps the memory bounded.</summary>
    public void Trim()
    {
        if (_names.Count > MaxNames)
        {
            _names.Clear();
        }
    }
}
