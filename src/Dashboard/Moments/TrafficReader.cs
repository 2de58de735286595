using System.Collections.Immutable;
using Conclude.Dashboard.Live;
using Conclude.Grains.Sessions;
using Conclude.Ledger;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Moments;

/// <summary>Reads what the drawer knows of the workspace's past. A read that fails is logged and answers null: nothing depends on it.</summary>
public sealed partial class TrafficReader(WorkspaceFeed feed, ILedger ledger, TimeProvider time, ILogger<TrafficReader> log)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Fires of the last seven days, in whole hours; of a name that is younger, since its first, but at least a day.</summary>
    /// <param name="withPeople">Whether rules about people are to be tried.</param>
    public async Task<PastTraffic?> Read(string eventName, bool withPeople, CancellationToken cancellation)
    {
        try
        {
            var now = time.GetUtcNow();
            var hour = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
            var fires = await ledger.ReadPastFires(feed.Workspace.Workspace, eventName, hour - Week, now, cancellation);
            var people = withPeople
                ? await ledger.ReadPeople(feed.Workspace.Workspace, [.. fires.Fires.Select(static f => f.UserKey).Distinct(StringComparer.Ordinal)], cancellation)
                : ImmutableDictionary<string, Person>.Empty;
            var firstSeen = feed.Events.TryGetValue(eventName, out var row) ? row.FirstSeen : DateTimeOffset.MinValue;
            return new PastTraffic(fires, Days(now - firstSeen), people);
        }
        catch (Exception reason) when (!cancellation.IsCancellationRequested)
        {
            LogNoTraffic(log, reason);
            return null;
        }
    }

    public async Task<AudienceSuggestions?> Suggestions()
    {
        try
        {
            return AudienceSuggestions.From(await ledger.ReadKnownFacts(feed.Workspace.Workspace));
        }
        catch (Exception reason)
        {
            LogNoSuggestions(log, reason);
            return null;
        }
    }

    internal static double Days(TimeSpan age) => Math.Clamp(age.TotalDays, Day.TotalDays, Week.TotalDays);

    [LoggerMessage(LogLevel.Warning, "Past fires could not be read; the drawer shows no forecast.")]
    private static partial void LogNoTraffic(ILogger log, Exception reason);

    [LoggerMessage(LogLevel.Warning, "Known facts could not be read; the drawer makes no suggestions for rules.")]
    private static partial void LogNoSuggestions(ILogger log, Exception reason);
}
