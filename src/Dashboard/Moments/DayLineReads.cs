using System.Collections.Immutable;
using Conclude.Dashboard.Ranges;
using Conclude.Ledger;

namespace Conclude.Dashboard.Moments;

/// <summary>Thirty days of all names, read at most every 30 s for each workspace and zone, however many pages show them.</summary>
public sealed class DayLineReads(ILedger ledger, TimeProvider time)
{
    public const int Days = 30;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Workspace, string Zone), Kept> _kept = [];

    /// <summary>What was read within the last 30 s; throws what the read throws, and who asks next tries again.</summary>
    public Task<DayLines> Read(string workspace, TimeZoneInfo zone)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var old in _kept.Where(k => !k.Value.Holds(now)).Select(static k => k.Key).ToArray())
            {
                _kept.Remove(old);
            }

            if (!_kept.TryGetValue((workspace, zone.Id), out var kept))
            {
                var starts = Starts(Days, now, zone);
                kept = new Kept(now, starts[^1], Task.Run(async () => new DayLines(await ledger.ReadDays(workspace, starts))));
                _kept.Add((workspace, zone.Id), kept);
            }

            return kept.Lines;
        }
    }

    /// <summary>Where the viewer's last days begin, the oldest first, and where today ends.</summary>
    internal static ImmutableArray<DateTimeOffset> Starts(int days, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return [.. Enumerable.Range(1 - days, days + 1).Select(day => DayRange.Midnight(today.AddDays(day), zone))];
    }

    private sealed record Kept(DateTimeOffset ReadAt, DateTimeOffset DayEnds, Task<DayLines> Lines)
    {
        // A read that goes on is shared however long it takes.
        public bool Holds(DateTimeOffset now) => !Lines.IsCompleted || (Lines.IsCompletedSuccessfully && now - ReadAt < KeptFor && now < DayEnds);
    }
}
