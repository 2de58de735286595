using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Fires of known names are written without a look at what is there; what turns out not to be new, or not to fit, is answered as ever.</summary>
public sealed class PlainBatchTests
{
    public static TheoryData<Store> Stores => [Store.Sqlite, Store.Postgres];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Copies_among_new_fires_get_the_first_answer_and_move_nothing(Store store)
    {
        await using var test = TestLedger.On(store);
        var old = Facts.Fire("known");
        await test.Ledger.Append(old);
        Fire fresh = Facts.Fire("known"), other = Facts.Fire("known");

        for (var round = 0; round < 3; round++)
        {
            var results = await test.Ledger.Append([fresh, old, fresh, other]);
            var expected = round == 0 ? FireStatus.Accepted : FireStatus.Duplicate;
            Assert.Equal([expected, FireStatus.Duplicate, FireStatus.Duplicate, expected], results.Select(static r => r.Status));
        }

        Assert.Equal(3, (await test.Ledger.ReadNames(Acme, "known", Noon)).Single().AllTime.Fires);
        Assert.Equal(3, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Empty(await test.Ledger.Verify());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_month_is_filled_to_its_limit_and_no_further(Store store)
    {
        await using var test = TestLedger.On(store);
        FireLimits limits = new(EventsPerMonth: 10, EventNames: 0, NewNamesPerHour: 0);
        await test.Ledger.Append(Facts.Fire("known", limits: limits));

        var first = await test.Ledger.Append([.. Enumerable.Range(0, 6).Select(_ => Facts.Fire("known", limits: limits))]);
        var second = await test.Ledger.Append([.. Enumerable.Range(0, 6).Select(_ => Facts.Fire("known", limits: limits))]);
        var unlimited = await test.Ledger.Append(Facts.Fire("known", workspace: "other"));

        Assert.All(first, static r => Assert.Equal(FireStatus.Accepted, r.Status));
        Assert.Equal(3, second.Count(static r => r.Status is FireStatus.Accepted));
        Assert.Equal(10, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Equal(FireStatus.Accepted, unlimited.Status);
        Assert.Empty(await test.Ledger.Verify());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task More_fires_at_once_than_a_month_takes_are_taken_as_far_as_they_fit_copies_aside(Store store)
    {
        await using var test = TestLedger.On(store);
        FireLimits limits = new(EventsPerMonth: 5, EventNames: 0, NewNamesPerHour: 0);
        var old = Facts.Fire("known", limits: limits);
        await test.Ledger.Append(old);

        var results = await test.Ledger.Append([.. Enumerable.Range(0, 6).Select(_ => Facts.Fire("known", limits: limits)), old]);

        Assert.Equal((4, 2, 1), (results.Count(static r => r.Status is FireStatus.Accepted), results.Count(static r => r.Status is FireStatus.OverQuota),
            results.Count(static r => r.Status is FireStatus.Duplicate)));
        Assert.Equal(5, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Empty(await test.Ledger.Verify());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Workspaces_of_one_batch_are_held_each_to_its_own_limit(Store store)
    {
        await using var test = TestLedger.On(store);
        var (wide, narrow) = (new FireLimits(100, 0, 0), new FireLimits(10, 0, 0));
        Fire[] Fires() => [Facts.Fire("known", limits: wide), .. Enumerable.Range(0, 3).Select(_ => Facts.Fire("known", workspace: "other", limits: narrow))];
        await test.Ledger.Append(Fires());

        // Each batch is less than a month takes; the fourth is more than is left of one of the two.
        for (var batch = 2; batch <= 5; batch++)
        {
            Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Fires()))[0].Status);
            Assert.Equal((batch, Math.Min(3 * batch, 10)), (await test.Ledger.ReadUsage(Acme, Noon), await test.Ledger.ReadUsage("other", Noon)));
        }
    }
}
