using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>The totals of a ledger, moved at random by commits and lowered by repairs.</summary>
internal sealed class ChangingTotals(int seed)
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    public static readonly ImmutableArray<string> EventNames = ["a", "b", "c"];

    private readonly Random _random = new(seed);
    private readonly SortedDictionary<string, ObservedEvent> _names = new(StringComparer.Ordinal);

    public long Epoch { get; private set; } = 1;

    public ImmutableArray<ObservedEvent> Names => [.. _names.Values];

    /// <summary>Some counters of a name grow.</summary>
    /// <returns>What the stream is told of it.</returns>
    public EventTotals Commit(DateTimeOffset now, string? name = null)
    {
        name ??= EventNames[_random.Next(EventNames.Length)];
        var before = _names.GetValueOrDefault(name) ?? new ObservedEvent(name, now, now, Counters.Zero, 0);
        var more = Counters.Zero with { Verdicts = [.. Counters.Zero.Verdicts.Select(_ => _random.NextInt64(3))], Seen = _random.NextInt64(3), Positive = _random.NextInt64(2) };
        var after = before with { LastSeen = now, AllTime = before.AllTime.Plus(more), Last24Hours = before.Last24Hours + more.Fires };
        _names[name] = after;
        return new EventTotals(name, Epoch, after.FirstSeen, after.LastSeen, after.AllTime, Start, more);
    }

    /// <summary>As <c>verify --repair</c>: counters that were too large are lowered, and the epoch says so.</summary>
    public void Repair()
    {
        Epoch++;
        foreach (var name in Names)
        {
            _names[name.Name] = name with { AllTime = new Counters([.. name.AllTime.Verdicts.Select(Lowered)], Lowered(name.AllTime.Seen), 0, Lowered(name.AllTime.Positive), 0, 0, 0) };
        }

        long Lowered(long value) => Math.Max(0, value - _random.NextInt64(3));
    }
}
