using Conclude.Ledger.Reading;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Upkeep;

/// <summary>One batch of retention, inside one transaction.</summary>
/// <param name="rows">At most so many are touched.</param>
internal sealed class Retention(IQueries queries, int rows)
{
    private int _left = rows;
    private bool _touched;

    /// <param name="horizon">First millisecond of an hour; null leaves all but test facts.</param>
    /// <param name="testHorizon">Milliseconds.</param>
    /// <param name="deliveries">The first delivery that is kept.</param>
    public TrimResult Trim(string workspace, long? horizon, long testHorizon, Guid deliveries)
    {
        if (queries.Rows("workspace", static r => r.Long(0), workspace) is not [var id])
        {
            return new TrimResult(0, 0, 0, IsDone: true);
        }
        // Before the events: then no test event is left among the old ones.
        var tests = TrimTests(id, testHorizon);
        var (events, prompts) = (0, 0);
        if (horizon is { } before && _left > 0)
        {
            // With the first batch, so that no verification ever misses what is not there any more.
            queries.Run("horizon", id, before);
            events = Take(queries.Run("trim_events", id, before, _left));
            prompts = _left == 0 ? 0 : Take(queries.Run("blank_prompts", id, before, _left));
        }
        if (_left > 0)
        {
            Take(queries.Run("trim_deliveries", id, deliveries, _left));
        }
        if (_touched)
        {
            queries.Run("owe_scrub");
        }
        return new TrimResult(events, prompts, tests, IsDone: _left > 0);
    }

    private int TrimTests(long id, long before)
    {
        var users = queries.Rows("trim_test_events", static r => r.Text(0), id, before, _left);
        Take(users.Count);
        if (_left > 0)
        {
            var prompts = queries.Rows("trim_test_prompts", static r => r.Text(0), id, before, _left);
            Take(prompts.Count);
            users.AddRange(prompts);
        }
        if (users.Count > 0)
        {
            Forget(id, users);
        }
        queries.Run("trim_test_usage", id, UtcTime.DayOf(before));
        return users.Count;
    }

    /// <summary>Test users of whom nothing is left.</summary>
    private void Forget(long id, IEnumerable<string> users)
    {
        queries.Rows("lock", static _ => true, id);
        var gone = users.Distinct(StringComparer.Ordinal).Where(user => queries.Rows("is_test_user_left", static _ => true, id, user).Count == 0).ToArray();
        foreach (var user in gone)
        {
            queries.Run("delete_user", id, user);
            queries.Run("delete_links", id, user);
        }
        if (gone.Length > 0)
        {
            queries.Run("raise_fence");
        }
    }

    private int Take(int touched)
    {
        _left -= touched;
        _touched |= touched > 0;
        return touched;
    }
}
