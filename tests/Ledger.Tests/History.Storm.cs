namespace Conclude.Ledger.Tests;

/// <summary>Several callers at once send the same operations, each in an order of its own.</summary>
internal sealed partial class History
{
    private const int Callers = 4;

    private async Task Storm()
    {
        await Settle();
        var before = Committed().Length;
        Fire[] fires = [.. Enumerable.Range(0, 12).Select(_ => NextFire()).DistinctBy(static f => f.Id)];
        (Fire Fire, FireResult Result)[] answers = [.. (await AtOnce(_ => SendAll(Shuffled(fires)))).SelectMany(static a => a)];

        // In what order they were taken, the commits tell; one after another, the model must have taken each of them too.
        var accepted = answers.Where(static a => a.Result.Status is FireStatus.Accepted).ToDictionary(static a => a.Fire.Id);
        var order = Committed()[before..];
        Assert.Equal(accepted.Keys.Order(), order.Order());
        foreach (var id in order)
        {
            Assert.Equal(_model.Append(accepted[id].Fire), accepted[id].Result);
        }
        foreach (var (fire, result) in answers.Where(static a => a.Result.Status is not FireStatus.Accepted))
        {
            // Once refused, all copies are, for a reason that time only makes stronger. But a name may find a place by an event of another hour.
            Assert.True(_model.Holds(fire.Id) == result.Status is FireStatus.Duplicate || result.Status is FireStatus.TooManyNames);
            if (result.Status is FireStatus.Duplicate)
            {
                Assert.Equal(_model.Append(fire), result);
            }
        }

        if (NextChange() is { } change)
        {
            var taken = await AtOnce(_ => test.Ledger.Change(change));
            Assert.Equal(_model.Change(change) ? 1 : 0, taken.Count(static t => t));
        }
        var link = NextLink();
        var joined = await AtOnce(_ => test.Ledger.Join(link));
        Assert.Equal(_model.Join(link) ? 1 : 0, joined.Count(static j => j));
    }

    private static Task<T[]> AtOnce<T>(Func<int, Task<T>> call) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => call(caller))));

    /// <summary>In small portions, none of which waits for the one before.</summary>
    private async Task<(Fire, FireResult)[]> SendAll(Fire[] fires)
    {
        var portions = await Task.WhenAll(fires.Chunk(3).Select(portion => test.Ledger.Append(portion)));
        return [.. fires.Zip(portions.SelectMany(static p => p))];
    }

    private Fire[] Shuffled(Fire[] fires)
    {
        Fire[] copy = [.. fires];
        lock (_random)
        {
            _random.Shuffle(copy);
        }
        return copy;
    }

    private Guid[] Committed() => [.. test.Commits.Where(c => c.Workspace == workspace).SelectMany(static c => c.Fires).Select(static f => f.Id)];
}
