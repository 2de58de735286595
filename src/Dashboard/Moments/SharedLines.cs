using System.Collections.Immutable;
using Conclude.Dashboard.Live;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>
/// The rows of a list as all pages of a process show them that see the same: made once for each state of the workspace, zone and second
/// (which the words for times go by), however many pages are open.
/// </summary>
internal sealed class SharedLines<TLine>
{
    private Made? _last;

    /// <param name="events">What is known of its names; another object when that changed.</param>
    public ImmutableArray<TLine> Of(WorkspaceSnapshot workspace, object events, ViewerClock clock, Func<IEnumerable<TLine>> make)
    {
        var (second, zone) = (clock.Now.ToUnixTimeSeconds(), clock.Zone.Id);
        var last = Volatile.Read(ref _last);
        if (last is null || !ReferenceEquals(last.Workspace, workspace) || !ReferenceEquals(last.Events, events) || last.Second != second || last.Zone != zone)
        {
            last = new Made(workspace, events, second, zone, new Lazy<ImmutableArray<TLine>>(() => [.. make()]));
            Volatile.Write(ref _last, last);
        }

        return last.Lines.Value;
    }

    private sealed record Made(object Workspace, object Events, long Second, string Zone, Lazy<ImmutableArray<TLine>> Lines);
}
