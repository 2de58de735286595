using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Proves that a look back at one name finds its fires, newest first, and stays short in a busy workspace.</summary>
public sealed class PastFireTests
{
    private static readonly DateTimeOffset WeekAgo = Noon.AddDays(-7);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Fires_of_one_name_come_newest_first_without_tests_others_and_what_is_older(Store store)
    {
        await using var test = TestLedger.On(store);
        var older = Fire(at: Noon.AddDays(-8));
        var first = Fire(at: Noon.AddDays(-6), verdict: Verdict.Cooldown, isMoment: true);
        var last = Fire(at: Noon.AddMinutes(-5), user: "u:bob");
        Fire[] others = [Fire("page_opened", at: Noon.AddMinutes(-4)), Fire(user: "t:u:eve", at: Noon.AddMinutes(-3), test: true), Fire(workspace: "globex", at: Noon.AddMinutes(-2))];
        await test.Ledger.Append([older, last, first, .. others]);

        var past = await test.Ledger.ReadPastFires(Acme, Export, WeekAgo, Noon);

        Assert.Equal([(last.Id, "u:bob", Verdict.NoMoment), (first.Id, Ada, Verdict.Cooldown)], past.Fires.Select(static f => (f.Id, f.UserKey, f.Verdict)));
        Assert.Equal(last.ReceivedAt, past.Fires[0].ReceivedAt);
        Assert.Equal(2, past.Total);
        Assert.Empty((await test.Ledger.ReadPastFires(Acme, "never_fired", WeekAgo, Noon)).Fires);
        Assert.Empty((await test.Ledger.ReadPastFires("nobodys", Export, WeekAgo, Noon)).Fires);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_busy_name_is_cut_to_the_newest_and_its_total_says_so(Store store)
    {
        await using var test = TestLedger.On(store, static options => options.MaxBatchFires = 30_000);
        // One hour of the busy name, more than one piece of it; and an hour before.
        var fires = Enumerable.Range(0, PastFires.Most + 1_000).Select(static i => Fire(user: $"u:{i % 500}", at: Noon.AddMilliseconds(-1 - i * 150))).ToList();
        await test.Ledger.Append(fires);

        var past = await test.Ledger.ReadPastFires(Acme, Export, WeekAgo, Noon);

        Assert.Equal(fires.Count, past.Total);
        Assert.Equal(fires.Take(past.Fires.Length).Select(static f => f.Id), past.Fires.Select(static f => f.Id));
        Assert.InRange(past.Fires.Length, 1, PastFires.Most);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task When_time_is_up_what_was_found_is_the_answer(Store store)
    {
        StoppedByItself time = new(TimeSpan.FromMilliseconds(400));
        await using var test = TestLedger.On(store, time: time);
        await test.Ledger.Append([.. Enumerable.Range(0, 10).Select(static day => Fire(at: Noon.AddHours(-12 * day - 1)))]);

        var past = await test.Ledger.ReadPastFires(Acme, Export, WeekAgo, Noon);

        Assert.InRange(past.Fires.Length, 1, 3);
        Assert.Equal(10, past.Total);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Facts_come_for_those_who_are_asked_for_and_have_some(Store store)
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Describe(Acme, Ada, AdaFacts);
        await test.Ledger.Describe(Acme, "u:bob", AdaFacts with { ExternalId = "bob" });
        await test.Ledger.Describe("globex", "u:carol", AdaFacts);
        await test.Ledger.Append(Granted(0, user: "a:browser"));

        var people = await test.Ledger.ReadPeople(Acme, [Ada, "u:carol", "a:browser", "it's \"nobody\""]);
        var known = await test.Ledger.ReadKnownFacts(Acme);

        Assert.Equal([Ada], people.Keys);
        Assert.Equal(AdaFacts, people[Ada]);
        Assert.Equal(["ada", "ada", "bob"], known.People.Select(static p => p.ExternalId));
        Assert.Equal([new PageContext("https://app.acme.com/reports", "en-GB", "desktop")], known.Pages);
        Assert.Empty((await test.Ledger.ReadKnownFacts("nobodys")).People);
    }

    /// <summary>Each look at the clock takes a while, as a slow store would.</summary>
    private sealed class StoppedByItself(TimeSpan step) : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Increment(ref _looks) * step.Ticks;
    }
}
