using System.Diagnostics;
using System.Globalization;
using Conclude.Cluster.Tests.Hosting;
using Conclude.Testing;
using Conclude.Testing.Network;

namespace Conclude.Cluster.Tests;

/// <summary>Silos come and go under load, by the operator's will or not: nothing acknowledged is lost or counted twice.</summary>
[Collection(Timed.Name)]
public sealed class MembershipTests
{
    private static readonly TimeSpan HealedWithin = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task All_silos_are_restarted_one_by_one_and_a_late_one_takes_load()
    {
        await using var cluster = await Hosting.Cluster.Start(2);
        await using var load = cluster.Load();
        await load.Recovered(Stopwatch.GetTimestamp());
        await cluster.Join();
        // Requests go to the other two: what the late one writes are the turns of sessions that live there.
        load.Route(cluster.Without(cluster.Silos[2]));
        Assert.Equal(3L, await Soon.Get(() => WritersAtWork(cluster), static n => n == 3, TimeSpan.FromSeconds(10)));
        load.Route(cluster.Addresses);
        var rate = await load.Rate(TimeSpan.FromSeconds(1));

        var waits = new List<TimeSpan>();
        var stops = new List<TimeSpan>();
        foreach (var silo in cluster.Silos)
        {
            load.ForgetWaits();
            // What is on its way to it ends; nothing new comes: as a proxy does with a host that is no longer ready.
            load.Route(cluster.Without(silo));
            await Task.Delay(200);
            var stopping = Stopwatch.GetTimestamp();
            Assert.Equal(0, await silo.Terminate());
            stops.Add(Stopwatch.GetElapsedTime(stopping));
            await Task.Delay(500);
            await silo.Run();
            load.Route(cluster.Addresses);
            await load.Recovered(Stopwatch.GetTimestamp());
            waits.Add(load.LongestWait);
        }

        await load.Drain();
        var complaints = await cluster.Judge(load.Journal, readsAgain: true);
        Figures.Add(string.Create(CultureInfo.InvariantCulture,
            $"rolling restart of 3 silos: {rate:0} acknowledgements/s, {load.Journal.Acknowledged} in all, a stop takes {stops.Max().TotalSeconds:0.0} s at most, longest wait of a page {waits.Max().TotalSeconds:0.0} s, {load.Journal.Answers.Count(static a => !a.IsSuccess)} failed calls"));
        Assert.True(complaints.Count == 0, $"{complaints.Count} complaints:\n{string.Join('\n', complaints.Take(20))}\n{cluster.LastPrinted}");
        Assert.True(waits.Max() <= HealedWithin, $"A page waited {waits.Max()}.\n{cluster.LastPrinted}");
    }

    [Theory]
    [InlineData("Cut")]
    [InlineData("BlackHole")]
    public async Task A_cut_between_two_silos_costs_one_of_them_its_life_and_nothing_else(string mode)
    {
        var cut = Enum.Parse<ProxyMode>(mode);
        await using var cluster = await Hosting.Cluster.Start(2, proxied: true);
        await using var load = cluster.Load();
        await load.Recovered(Stopwatch.GetTimestamp());
        load.ForgetWaits();
        Array.ForEach([.. cluster.Networks], network => network.Mode = cut);
        var since = Stopwatch.GetTimestamp();
        var ended = await Soon.Get(() => Task.FromResult(cluster.Silos.FirstOrDefault(static s => s.HasEnded)), static s => s is not null, TimeSpan.FromSeconds(30));
        Assert.True(ended is not null, "Neither silo ended.\n" + cluster.LastPrinted);
        var alone = Stopwatch.GetElapsedTime(since);
        load.Route(cluster.Without(ended));
        load.Journal.ConnectionsMayFail(since, Stopwatch.GetTimestamp());
        await load.Recovered(Stopwatch.GetTimestamp());
        var wait = load.LongestWait;

        Array.ForEach([.. cluster.Networks], static network => network.Mode = ProxyMode.Open);
        await ended.Run();
        load.Route(cluster.Addresses);
        await load.Recovered(Stopwatch.GetTimestamp());
        await load.Drain();

        var complaints = await cluster.Judge(load.Journal, readsAgain: true);
        Figures.Add(string.Create(CultureInfo.InvariantCulture,
            $"network between 2 silos ({cut}): one ends after {alone.TotalSeconds:0.0} s, {load.Journal.Acknowledged} acknowledgements, longest wait of a page {wait.TotalSeconds:0.0} s, {load.Journal.Answers.Count(static a => !a.IsSuccess)} failed calls"));
        Assert.True(complaints.Count == 0, $"{complaints.Count} complaints:\n{string.Join('\n', complaints.Take(20))}\n{cluster.LastPrinted}");
    }

    /// <summary>Silos whose ledger wrote within the last second.</summary>
    private static Task<long> WritersAtWork(Hosting.Cluster cluster) => Task.FromResult((long)PostgresServer.Execute(
        cluster.Database, "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'Conclude writer %' AND query_start > now() - interval '1 second'")!);
}
