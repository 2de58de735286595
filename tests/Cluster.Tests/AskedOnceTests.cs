using System.Diagnostics;
using System.Globalization;
using Conclude.Cluster.Tests.Hosting;

namespace Conclude.Cluster.Tests;

/// <summary>One live prompt per user, whichever silos the fires reach; also while two activations of every session exist.</summary>
public sealed class AskedOnceTests
{
    [Fact]
    public async Task Fires_of_one_user_at_all_silos_at_once_grant_one_prompt()
    {
        const int Users = 40;
        await using var cluster = await Hosting.Cluster.Start(3);
        using var widget = new Widget();
        var prompts = await Task.WhenAll(Enumerable.Range(0, Users).SelectMany(user => Enumerable.Range(0, 9).Select(async i =>
        {
            var answer = await widget.Fire(cluster.Silos[i % 3], Hosting.Cluster.Moments[i % 3], $"user_{user}");
            Assert.NotNull(answer);
            return (User: user, Prompt: (string?)answer["prompt"]?["id"]);
        })));

        Assert.All(prompts.GroupBy(static p => p.User), static u => Assert.Single(u.Where(static p => p.Prompt is not null).Select(static p => p.Prompt).Distinct(StringComparer.Ordinal)));
        Assert.Equal(Users, (await cluster.Store.Prompts()).Count);
        Assert.Empty(await cluster.Store.Recount());
    }

    [Fact]
    public async Task Widgets_at_all_silos_are_counted_once_and_asked_one_at_a_time()
    {
        await using var cluster = await Hosting.Cluster.Start(3);
        await using var load = cluster.Load();
        await load.Recovered(Stopwatch.GetTimestamp());
        var rate = await load.Rate(TimeSpan.FromSeconds(3));
        await load.Drain();

        var complaints = await cluster.Judge(load.Journal);
        Figures.Add(string.Create(CultureInfo.InvariantCulture, $"3 silos, nothing broken: {rate:0} acknowledgements/s, {load.Journal.Prompts.Count} prompts, longest wait of a page {load.LongestWait.TotalMilliseconds:0} ms"));
        Assert.True(complaints.Count == 0, $"{complaints.Count} complaints:\n{string.Join('\n', complaints.Take(20))}\n{cluster.LastPrinted}");
        Assert.True(load.Journal.Prompts.Count > 20, "There was no load to speak of.");
    }

    [Fact]
    public async Task Two_activations_of_every_session_are_fenced_by_the_store()
    {
        await using var cluster = await Hosting.Cluster.Start(1);
        // A silo of another cluster on the same store: neither knows of the other's activations, as if the network were cut for good.
        await cluster.Join(1, proxied: false, ("Conclude__Cluster__ClusterId", "other"));
        await using var load = cluster.Load();
        await load.Recovered(Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(4));
        await load.Drain();

        // Neither hears the other's totals: they are read again after 30 s, which the other tests wait for.
        var (events, prompts) = (await cluster.Store.Events(), await cluster.Store.Prompts());
        List<string> complaints =
        [
            .. load.Journal.Complaints, .. Testing.Judging.Judge.Answers(load.Journal), .. Testing.Judging.Judge.Rows(load.Journal, events, prompts),
            .. await cluster.Store.Recount(),
        ];
        Figures.Add(string.Create(CultureInfo.InvariantCulture, $"two activations of every session: {load.Journal.Acknowledged} acknowledgements, {prompts.Count} prompts, {load.Journal.Answers.Count(static a => !a.IsSuccess)} failed calls"));
        Assert.True(complaints.Count == 0, $"{complaints.Count} complaints:\n{string.Join('\n', complaints.Take(20))}\n{cluster.LastPrinted}");
        Assert.True(prompts.Count > 20, "There was no load to speak of.");
    }
}
