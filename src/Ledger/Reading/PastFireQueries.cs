using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>
/// Fires of one name, newest first. Events know no index by name, so the hourly totals say in which hours to look, and into how many
/// pieces to cut an hour: no statement goes through more than about <see cref="PieceRows"/> rows.
/// </summary>
internal static class PastFireQueries
{
    private const int PieceRows = 10_000;

    /// <summary>Fires may come all at once: more than this of a piece are not looked at.</summary>
    private const int MostOfPiece = 5 * PieceRows;

    /// <param name="isLate">Asked before each statement; when it holds, what was found so far is the answer.</param>
    public static PastFires Read(IQueries queries, string workspace, string eventName, DateTimeOffset from, DateTimeOffset to, int most, Func<bool> isLate)
    {
        if (UserQueries.Workspace(queries, workspace) is not { } id || TotalsQueries.Scope(queries, workspace, eventName) is not { } name)
        {
            return PastFires.None;
        }

        var hours = Hours(queries, name, from, to);
        var fires = ImmutableArray.CreateBuilder<PastFire>();
        foreach (var hour in hours.Select(static h => h.Hour))
        {
            foreach (var piece in Pieces(queries, id, hour))
            {
                if (fires.Count >= most || isLate())
                {
                    break;
                }

                Add(fires, queries, id, name, Math.Max(piece.From, UtcTime.Ms(from)), Math.Min(piece.To, UtcTime.Ms(to)), most);
            }
        }

        return new PastFires(fires.DrainToImmutable(), hours.Sum(static h => h.Fires));
    }

    /// <returns>Hours with fires of the name, newest first.</returns>
    private static List<(long Hour, long Fires)> Hours(IQueries queries, long name, DateTimeOffset from, DateTimeOffset to)
    {
        using var rows = queries.Open("fires_of_name").Add(name).Add(from).Add(to);
        List<(long, long)> hours = [];
        while (rows.Next())
        {
            hours.Add((rows.Long(0), rows.Long(1)));
        }

        return hours;
    }

    /// <summary>Cuts an hour by what the whole workspace fired in it, newest piece first. Only when it is its turn.</summary>
    private static IEnumerable<(long From, long To)> Pieces(IQueries queries, long workspace, long hour)
    {
        var pieces = 1 + Math.Min(FiresOfHour(queries, workspace, hour) / PieceRows, UtcTime.HourMs - 1);
        for (var piece = pieces - 1; piece >= 0; piece--)
        {
            yield return (hour + UtcTime.HourMs * piece / pieces, hour + UtcTime.HourMs * (piece + 1) / pieces);
        }
    }

    private static long FiresOfHour(IQueries queries, long workspace, long hour)
    {
        using var row = queries.Open("fires_of_hour").Add(workspace).Add(hour);
        return row.Next() ? row.Long(0) : 0;
    }

    private static void Add(ImmutableArray<PastFire>.Builder fires, IQueries queries, long workspace, long name, long from, long to, int most)
    {
        using var rows = queries.Open("past_fires").Add(workspace).Add(from).Add(to).Add(MostOfPiece).Add(name);
        while (fires.Count < most && rows.Next())
        {
            fires.Add(new PastFire(rows.Guid(0), rows.Text(1), rows.Time(2), (Verdict)rows.Long(3)));
        }
    }
}
