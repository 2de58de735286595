using System.Collections.Immutable;

namespace Conclude.Dashboard.Reports;

/// <summary>Sizes of what is drawn over a range.</summary>
public static class ReactionChart
{
    /// <summary>With fewer answers a step on average, shares are shown over several steps together, or none of them would tell anything.</summary>
    private const int AnswersAStep = 20;

    private const int HoursTogether = 6;
    private const int DaysTogether = 7;
    private const int WeeksTogether = 4;

    /// <summary>The top of an axis of counts: 2, 4, 6 or 10 times a power of ten, so that its middle is a whole number.</summary>
    public static long Top(long highest)
    {
        for (long power = 1; ; power *= 10)
        {
            foreach (var step in (ReadOnlySpan<long>)[2, 4, 6, 10])
            {
                if (step * power >= highest)
                {
                    return step * power;
                }
            }
        }
    }

    /// <summary>How many steps make one share. Counted from the end: the newest is a whole one.</summary>
    public static int Together(ImmutableArray<RangeStep> steps, StepSize size)
    {
        var answers = steps.Sum(static s => s.Counters.Reactions);
        return answers >= (long)AnswersAStep * steps.Count(static s => s.Counters.Reactions > 0) ? 1 : Math.Min(
            steps.Length,
            size switch { StepSize.Hour => HoursTogether, StepSize.Day => DaysTogether, _ => WeeksTogether });
    }

    /// <summary>Which steps carry a label on the axis: at most so many, evenly apart, the last always.</summary>
    public static IEnumerable<int> Ticks(int steps, int most)
    {
        var every = Math.Max(1, (steps + most - 1) / most);
        return Enumerable.Range(0, steps).Where(i => (steps - 1 - i) % every == 0);
    }
}
