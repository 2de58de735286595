using System.Collections.Concurrent;
using System.Globalization;
using Conclude.Testing;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>
/// Two silos write to one database across the end of a month, to the plan's limit and past it, while connections are cut, requests are sent again at either
/// and one of them starts anew: the usage of each month is what a recount makes of it, never over the limit, and each threshold is told of once.
/// </summary>
public sealed class UsageElsewhereTests
{
    private const int Limit = 150;
    private const int Callers = 8;
    private const string Hook = "hook";
    private static readonly DateTimeOffset LastMs = new(2026, 10, 31, 23, 59, 59, 999, TimeSpan.Zero);

    private readonly string _database = PostgresServer.Get().NewDatabase();
    private readonly ConcurrentDictionary<Guid, FireStatus> _stored = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Usage_is_what_a_recount_makes_of_it(int seed)
    {
        await using var here = Silo();
        await using var there = Silo();
        using CancellationTokenSource end = new();
        var cutting = Cut(here, end.Token);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Work([here, there], new Random(seed * 100 + caller)))));
        await end.CancelAsync();
        await cutting;

        foreach (var at in (DateTimeOffset[])[LastMs, LastMs.AddMilliseconds(1)])
        {
            var month = UsagePeriod.Of(at);
            var counted = Convert.ToInt64(
                PostgresServer.Execute(_database, $"SELECT count(*) FROM events WHERE NOT test AND received_at >= {month.Start.ToUnixTimeMilliseconds()} AND received_at < {month.End.ToUnixTimeMilliseconds()}"),
                CultureInfo.InvariantCulture);
            Assert.Equal((Limit, (long)Limit, (long)Limit), (counted, await here.Ledger.ReadUsage(Acme, at), await there.Ledger.ReadUsage(Acme, at)));
        }
        Assert.Equal(2 * Limit, _stored.Count(static s => s.Value is FireStatus.Accepted or FireStatus.Duplicate));
        var told = await here.StoreLedger.ReadDeliveries(Acme, Hook, 100);
        Assert.Equal(
            ["80 2026-10", "80 2026-11", "100 2026-10", "100 2026-11"],
            told.Select(static d => System.Text.Json.Nodes.JsonNode.Parse(d.Data!)!).Select(static d => (Percent: (int)d["percent"]!, Month: ((string)d["periodStart"]!)[..7]))
                .Order().Select(static d => $"{d.Percent} {d.Month}"));
        Assert.Empty(await there.Ledger.Verify());
    }

    private async Task Work(TestLedger[] silos, Random random)
    {
        // Apart from what is fired: how often a request has to be sent again must not change how many there are, which is more than both months take.
        Random way = new(random.Next());
        for (var n = 0; n < 16; n++)
        {
            Fire[] fires = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Fire(
                $"name_{random.Next(5)}", at: LastMs.AddMilliseconds(random.Next(2)), limits: new FireLimits(Limit, 0, 0), test: random.Next(9) == 0) with
                { AlertTo = [Hook] })];
            await Send(silos, fires, way);
            if (random.Next(3) == 0)
            {
                // A client that did not hear the answer sends the same again, at whichever silo it meets.
                await Send(silos, fires, way);
            }
        }
    }

    private async Task Send(TestLedger[] silos, Fire[] fires, Random way)
    {
        while (true)
        {
            try
            {
                var results = await silos[way.Next(silos.Length)].Ledger.Append(fires);
                foreach (var (fire, result) in fires.Zip(results).Where(static pair => !pair.First.Test))
                {
                    _stored.AddOrUpdate(fire.Id, result.Status, (_, known) => known is FireStatus.OverQuota ? result.Status : known);
                }
                return;
            }
            catch (LedgerUnavailableException)
            {
                await Task.Delay(10);
            }
        }
    }

    /// <summary>Ends every connection now and then, in the middle of whatever goes on, and one silo once.</summary>
    private async Task Cut(TestLedger restarts, CancellationToken end)
    {
        for (var n = 0; n < 5 && !end.IsCancellationRequested; n++)
        {
            await Task.Delay(60, CancellationToken.None);
            PostgresServer.Execute(_database, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            if (n == 2)
            {
                await restarts.Reopen();
            }
        }
    }

    private TestLedger Silo() => TestLedger.OnPostgres(_database, static o => (o.SingleProcess, o.MaxQueuedTime) = (false, TimeSpan.FromMinutes(1)));
}
