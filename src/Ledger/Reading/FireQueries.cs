using System.Collections.Immutable;

namespace Conclude.Ledger.Reading;

/// <summary>The one read of single events: the newest, for a live feed that starts or reconnects.</summary>
internal static class FireQueries
{
    public static ImmutableArray<RecentFire> Recent(IQueries queries, string workspace, int limit)
    {
        if (UserQueries.Workspace(queries, workspace) is not { } id)
        {
            return [];
        }
        using var rows = queries.Open("recent_fires").Add(id).Add(limit);
        var fires = ImmutableArray.CreateBuilder<RecentFire>();
        while (rows.Next())
        {
            fires.Add(new RecentFire(
                rows.Guid(0), rows.Text(1), rows.Time(2), rows.Time(3), rows.TextOrNull(4), (Verdict)rows.Long(5), rows.TimeOrNull(6), rows.Bool(7)));
        }
        return fires.DrainToImmutable();
    }
}
