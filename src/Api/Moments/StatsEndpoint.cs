using System.Collections.Immutable;
using Conclude.Api.Errors;
using Conclude.Api.Keys;
using Conclude.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Conclude.Api.Moments;

/// <summary><c>GET moments/{event}/stats</c>, for every name with a history, moment or not.</summary>
internal static class StatsEndpoint
{
    public static async Task<Results<Ok<StatsJson>, ApiProblem>> Get(
        string @event, string? from, string? to, string? interval, Caller caller, ILedger ledger, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (range, problem) = StatsRange.Read(from, to, interval, now);
        if (range is null)
        {
            return problem!;
        }

        if (!caller.Workspace.Moments.ContainsKey(@event) && (await ledger.ReadNames(caller.WorkspaceId, @event, now, cancellation)).IsEmpty)
        {
            return ApiProblem.NotFound;
        }

        return TypedResults.Ok(Sum(range, await ledger.ReadHours(caller.WorkspaceId, @event, range.From, range.To, cancellation)));
    }

    internal static StatsJson Sum(StatsRange range, ImmutableArray<HourTotals> hours)
    {
        var points = new Counters[range.Points];
        Array.Fill(points, Counters.Zero);
        var total = Counters.Zero;
        foreach (var hour in hours)
        {
            points[range.PointOf(hour.Hour)] = points[range.PointOf(hour.Hour)].Plus(hour.Counters);
            total = total.Plus(hour.Counters);
        }

        return new StatsJson(
            TotalsJson.Of(total),
            Verdicts.All.ToDictionary(static v => v.Name(), v => total.Verdicts[(int)v], StringComparer.Ordinal),
            [.. points.Select((counters, i) => Point(range.From + (range.Interval * i), counters))]);
    }

    private static PointJson Point(DateTimeOffset at, Counters c) =>
        new(at, c.Fires, c.Prompted, c.Seen, c.Dismissed, c.Positive, c.Neutral, c.Frustrated, c.Comments);
}
