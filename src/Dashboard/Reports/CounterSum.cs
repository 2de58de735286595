using Conclude.Ledger;

namespace Conclude.Dashboard.Reports;

/// <summary>Adds up counters in place: a range has thousands of hours, and is summed with each change that a page shows.</summary>
internal sealed class CounterSum
{
    private readonly long[] _verdicts = new long[Verdicts.Count];
    private long _seen, _dismissed, _positive, _neutral, _frustrated, _comments;

    public static Counters Of(IEnumerable<Counters> counters)
    {
        CounterSum sum = new();
        foreach (var one in counters)
        {
            sum.Add(one);
        }

        return sum.Counters;
    }

    public Counters Counters => new([.. _verdicts], _seen, _dismissed, _positive, _neutral, _frustrated, _comments);

    public void Add(Counters counters)
    {
        for (var i = 0; i < _verdicts.Length; i++)
        {
            _verdicts[i] += counters.Verdicts[i];
        }

        _seen += counters.Seen;
        _dismissed += counters.Dismissed;
        _positive += counters.Positive;
        _neutral += counters.Neutral;
        _frustrated += counters.Frustrated;
        _comments += counters.Comments;
    }
}
