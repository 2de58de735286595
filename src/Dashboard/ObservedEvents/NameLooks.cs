using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Conclude.Dashboard.Live;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.ObservedEvents;

/// <summary>The mistakes among a workspace's names, looked for once for all pages of a process, and again when a name or the moments changed.</summary>
public sealed class NameLooks
{
    private readonly ConcurrentDictionary<string, (Sight Of, FrozenDictionary<string, NameMistake> Mistakes)> _looks = new(StringComparer.Ordinal);

    /// <remarks>Of two names that are alike the one that is a moment is right, else the older one.</remarks>
    public FrozenDictionary<string, NameMistake> Of(WorkspaceSnapshot workspace, ImmutableSortedDictionary<string, EventRow> events)
    {
        var sight = new Sight(workspace.Version, events.Count, events.IsEmpty ? default : events.Values.Max(static e => e.FirstSeen));
        if (_looks.TryGetValue(workspace.Workspace, out var look) && look.Of == sight)
        {
            return look.Mistakes;
        }

        var mistakes = NameMistakes.Find(events.Values
            .Where(e => !workspace.IsBlocked(e.Name))
            .OrderByDescending(e => workspace.Moments.ContainsKey(e.Name))
            .ThenBy(static e => e.FirstSeen)
            .ThenBy(static e => e.Name, StringComparer.Ordinal)
            .Select(static e => e.Name));
        _looks[workspace.Workspace] = (sight, mistakes);
        return mistakes;
    }

    private sealed record Sight(long Version, int Names, DateTimeOffset Newest);
}
