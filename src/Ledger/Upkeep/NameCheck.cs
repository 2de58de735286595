using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Upkeep;

/// <summary>A name's counters of all time: the sum of its hours, and what is stored.</summary>
internal sealed class NameCheck
{
    private readonly long[] _right = new long[CounterColumns.Count];
    private long[]? _stored;
    private (long First, long Last)? _fired;
    private (long First, long Last)? _hours;
    private (long First, long Last) _seen;

    public long Answers => new[] { Reaction.Positive, Reaction.Neutral, Reaction.Frustrated }.Sum(r => _right[CounterColumns.Of(r)]);

    /// <summary>Times of the first and the last of some events, in milliseconds.</summary>
    public void Fired(long first, long last) => _fired = Wider(_fired, first, last);

    public void Add(long hour, long[] counters)
    {
        for (var column = 0; column < counters.Length; column++)
        {
            _right[column] += counters[column];
        }
        if (CounterColumns.Fires(counters) > 0)
        {
            _hours = Wider(_hours, hour, hour);
        }
    }

    public void Stored(long firstSeen, long lastSeen, long[] counters) => (_seen, _stored) = ((firstSeen, lastSeen), counters);

    public string[] Differences(string label)
    {
        var lines = HourRecount.Differences($"{label} of all time", _right, _stored ?? new long[CounterColumns.Count]);
        return _stored is not null && _fired is var (first, last) && (first < _seen.First || last > _seen.Last)
            ? [.. lines, $"{label} was fired before its first or after its last time"]
            : lines;
    }

    public Correction Correct(long workspace, long name)
    {
        var known = _stored is not null ? Wider(_fired, _seen.First, _seen.Last) : _fired ?? _hours ?? (0, 0);
        var isMoment = CounterColumns.Fires(_right) > _right[(int)Verdict.NoMoment] + _right[(int)Verdict.Bot];
        return new Correction.AllTime(workspace, name, known.First, known.Last, isMoment, _right);
    }

    private static (long First, long Last) Wider((long First, long Last)? known, long first, long last) =>
        known is var (from, to) ? (Math.Min(from, first), Math.Max(to, last)) : (first, last);
}
