using System.Runtime.InteropServices;
using Conclude.Ledger.Reading;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Upkeep;

/// <summary>
/// Verifies one workspace, a day at a time, so that memory is bounded by the names of a day and not by events. Hours since the horizon
/// are recounted from the rows; sums over longer times (all time, a month's usage) are those of the hours.
/// </summary>
/// <param name="horizon">Events before it are gone; milliseconds.</param>
internal sealed class WorkspaceCheck(IQueries queries, long id, string key, long horizon, Findings findings)
{
    private sealed record Step(long Name, long Hour, int Column, long Count);

    private readonly Dictionary<long, string> _labels = [];
    private readonly Dictionary<long, List<Step>> _stepsByDay = [];
    private readonly Dictionary<long, NameCheck> _names = [];
    private readonly Dictionary<long, long> _fires = [];

    public void Run(CancellationToken cancellation)
    {
        Each("labels", row => _labels[row.Long(0)] = row.Text(1));
        Each("count_steps", row => Add(new Step(row.Long(0), row.Long(1), (int)row.Long(2), row.Long(3))));
        Each("count_prompts", row => findings.Count(row.Long(0)));
        if (Span() is var (first, last))
        {
            for (var day = first; day <= last; day++)
            {
                cancellation.ThrowIfCancellationRequested();
                CheckDay(day);
            }
        }
        CheckNames();
        CheckUsage();
        CheckAnswers();
        Each("lost_prompts", row => findings.AddRow($"{Label(row.Long(0))} event {row.Guid(1)} and its prompt do not agree"), horizon);
        Each("orphaned_prompts", row => findings.AddRow($"{Label(row.Long(0))} prompt {row.Guid(1)} belongs to no event"), horizon);
        Each("asked_twice", row => findings.AddAskedTwice($"{Label(row.Long(0))} prompt {row.Guid(1)} was granted while another of the same user was live"));
    }

    private void Add(Step step)
    {
        var day = UtcTime.DayOf(step.Hour);
        (CollectionsMarshal.GetValueRefOrAddDefault(_stepsByDay, day, out _) ??= []).Add(step);
    }

    private (long First, long Last)? Span()
    {
        List<long> days = [.. _stepsByDay.Keys];
        Each(
            "span",
            row =>
            {
                if (!row.IsNull(0))
                {
                    days.Add(UtcTime.DayOf(row.Long(0)));
                    days.Add(UtcTime.DayOf(row.Long(1)));
                }
            },
            horizon);
        return days.Count == 0 ? null : (days.Min(), days.Max());
    }

    private void CheckDay(long day)
    {
        HourRecount recount = new(horizon);
        var (from, to) = (day * UtcTime.DayMs, (day + 1) * UtcTime.DayMs);
        var rows = 0L;
        if (to > horizon)
        {
            Each(
                "count_fires",
                row =>
                {
                    recount.AddRows(row.Long(0), row.Long(1), (int)row.Long(2), row.Long(3));
                    Name(row.Long(0)).Fired(row.Long(4), row.Long(5));
                    rows += row.Long(3);
                },
                Math.Max(from, horizon), to);
        }
        foreach (var step in _stepsByDay.GetValueOrDefault(day, []))
        {
            recount.AddRows(step.Name, step.Hour, step.Column, step.Count);
        }
        Each("totals_between", row => recount.AddStored(row.Long(0), row.Long(1), row.Longs(2, CounterColumns.Count)), from, to);
        foreach (var (name, hour, right, stored) in recount.Hours())
        {
            findings.AddSum(
                HourRecount.Differences($"{Label(name)} at {UtcTime.Of(hour):yyyy-MM-ddTHH}Z", right, stored),
                () => new Correction.Hour(id, name, hour, right));
            Name(name).Add(hour, right);
            var month = UtcTime.MonthOf(UtcTime.Of(hour));
            _fires[month] = _fires.GetValueOrDefault(month) + CounterColumns.Fires(right);
        }
        findings.Count(rows);
    }

    private void CheckNames()
    {
        Each("totals_of_all_time", row => Name(row.Long(0)).Stored(row.Long(1), row.Long(2), row.Longs(3, CounterColumns.Count)));
        foreach (var (name, check) in _names.OrderBy(static n => n.Key))
        {
            findings.AddSum(check.Differences(Label(name)), () => check.Correct(id, name));
        }
    }

    private void CheckUsage()
    {
        Dictionary<long, long> stored = [];
        Each("usage_of_months", row => stored[row.Long(0)] = row.Long(1));
        foreach (var month in _fires.Keys.Union(stored.Keys).Order())
        {
            var (right, held) = (_fires.GetValueOrDefault(month), stored.GetValueOrDefault(month));
            findings.AddSum(
                right == held ? [] : [$"{key} usage of {month} is {held}, the rows make {right}"], () => new Correction.Usage(id, month, right));
        }
    }

    private void CheckAnswers()
    {
        Dictionary<long, long> stored = [];
        Each("answers_of_names", row => stored[row.Long(0)] = row.Long(1));
        foreach (var name in _names.Keys.Union(stored.Keys).Order())
        {
            var (right, held) = (_names.GetValueOrDefault(name)?.Answers ?? 0, stored.GetValueOrDefault(name));
            findings.AddSum(right == held ? [] : [$"{Label(name)} answers are {held}, the rows make {right}"], () => new Correction.Answers(name, right));
        }
    }

    private NameCheck Name(long name) => CollectionsMarshal.GetValueRefOrAddDefault(_names, name, out _) ??= new NameCheck();

    private string Label(long name) => $"{key}/{_labels.GetValueOrDefault(name) ?? $"#{name}"}";

    private void Each(string query, Action<Query> read, params ReadOnlySpan<long> parameters)
    {
        using var rows = queries.Open(query).Add(id);
        foreach (var parameter in parameters)
        {
            rows.Add(parameter);
        }
        while (rows.Next())
        {
            read(rows);
        }
    }
}
