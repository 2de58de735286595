using System.Globalization;
using System.Text.Json.Nodes;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: what was counted can be read, by the hour, by pages and by name, by its own workspace only.</summary>
public sealed class ReadingTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Fires_are_the_sum_of_verdicts_and_the_series_adds_up_to_the_totals()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new { cooldownHours = 24 });
        for (var hour = 0; hour < 3; hour++)
        {
            for (var i = 0; i <= hour; i++)
            {
                if ((await workspace.Fire($"b{i}", "exported"))["prompt"] is { } prompt)
                {
                    await workspace.Done(prompt, "seen");
                    await workspace.Done(prompt, "reaction", new { reaction = i == 0 ? "positive" : "frustrated" });
                }
            }

            host.Time.Advance(TimeSpan.FromHours(1));
        }

        var to = host.Time.GetUtcNow();
        foreach (var interval in new[] { "hour", "day" })
        {
            var stats = await workspace.Get(string.Create(CultureInfo.InvariantCulture, $"moments/exported/stats?from={to.AddHours(-30):yyyy-MM-ddTHH:mm:ssZ}&to={to:yyyy-MM-ddTHH:mm:ssZ}&interval={interval}"));
            var totals = stats["totals"]!.AsObject();
            Assert.Equal(6, (int)totals["fires"]!);
            Assert.Equal(6, stats["verdicts"]!.AsObject().Sum(static v => (int)v.Value!));
            Assert.Equal(13, stats["verdicts"]!.AsObject().Count);
            Assert.Equal((int)totals["prompted"]!, (int)stats["verdicts"]!["shown"]!);
            Assert.Equal((3, 3, 1, 2), ((int)totals["prompted"]!, (int)totals["seen"]!, (int)totals["positive"]!, (int)totals["frustrated"]!));
            var series = stats["series"]!.AsArray();
            Assert.InRange(series.Count, interval == "hour" ? 30 : 2, interval == "hour" ? 31 : 3);
            foreach (var (name, total) in totals)
            {
                Assert.Equal((int)total!, series.Sum(point => (int)point![name]!));
            }

            Assert.Contains(series, static point => (int)point!["fires"]! == 0 || (int)point["fires"]! == 6);
        }

        Assert.Equal(6, (int)(await workspace.Stats("exported"))["totals"]!["fires"]!);
        Assert.Equal(30, (await workspace.Stats("exported"))["series"]!.AsArray().Count, 1.0);
    }

    [Theory]
    [InlineData("interval=minute", "interval")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=9999-12-31T23:59:59Z", "to")]
    [InlineData("from=2026-02-01&to=2026-01-01", "from")]
    [InlineData("from=2020-01-01&to=2026-01-01&interval=hour", "interval")]
    public async Task A_range_that_cannot_be_drawn_is_refused(string query, string field)
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var problem = await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, $"moments/exported/stats?{query}"), 400, "validation");
        Assert.Contains(field, problem["errors"]!.AsObject().Select(static e => e.Key));
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "moments/never_fired/stats"), 404, "not_found");
    }

    [Fact]
    public async Task Responses_come_newest_first_by_pages_that_end()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        await workspace.AddMoment("imported");
        for (var i = 0; i < 5; i++)
        {
            var prompt = (await workspace.Fire(new { externalId = $"user-{i}" }, i % 2 == 0 ? "exported" : "imported"))["prompt"]!;
            await workspace.Done(prompt, "reaction", new { reaction = i % 2 == 0 ? "neutral" : "frustrated" });
            await workspace.Done(prompt, "comment", new { text = $"Comment {i}: 100% SLOW_" });
        }

        (await workspace.Fire(new { externalId = "silent" }, "exported")).ToString();
        var seen = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await workspace.Get($"responses?limit=2&cursor={cursor}");
            seen.AddRange(page["items"]!.AsArray().Select(static i => (string?)i!["comment"]));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 5).Reverse().Select(static i => $"Comment {i}: 100% SLOW_"), seen);

        async Task<int> Count(string query) => (await workspace.Get($"responses?{query}"))["items"]!.AsArray().Count;
        Assert.Equal(5, await Count("limit=5"));
        Assert.Null((await workspace.Get("responses?limit=5"))["next"]);
        Assert.Equal(3, await Count("event=exported"));
        Assert.Equal(2, await Count("reaction=frustrated"));
        Assert.Equal(1, await Count("q=comment%203"));
        Assert.Equal(5, await Count("q=100%25%20slow_"));
        Assert.Equal(0, await Count("q=1000"));
        Assert.Equal(0, await Count("to=2020-01-01"));
        Assert.Equal(5, await Count("from=2020-01-01"));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=%2F%2F", "cursor")]
    [InlineData("cursor=AAAA", "cursor")]
    [InlineData("cursor=__________________________________________", "cursor")]
    [InlineData("reaction=delighted", "reaction")]
    [InlineData("from=x", "from")]
    public async Task A_filter_that_makes_no_sense_is_refused(string query, string field)
    {
        var workspace = await TestWorkspace.Create(host);
        var problem = await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, $"responses?{query}"), 400, "validation");
        Assert.Contains(field, problem["errors"]!.AsObject().Select(static e => e.Key));
    }

    [Fact]
    public async Task Names_are_observed_within_a_second_and_say_whether_they_are_moments()
    {
        var workspace = await TestWorkspace.Create(host);
        Assert.Empty((await workspace.Get("observed-events"))["items"]!.AsArray());
        await workspace.Fire("b1", "opened");
        await workspace.Fire("b1", "opened", key: workspace.Test);
        await workspace.Fire("b1", "exported");
        await workspace.AddMoment("exported");
        await workspace.Fire("b1", "exported");

        var started = TimeProvider.System.GetTimestamp();
        JsonArray items;
        do
        {
            items = (await workspace.Get("observed-events"))["items"]!.AsArray();
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(1), items.ToJsonString());
        }
        while (items.Count < 2 || (int)items[0]!["count"]! < 2);
        Assert.Equal(("exported", 2, true), ((string?)items[0]!["name"], (int)items[0]!["count"]!, (bool)items[0]!["isMoment"]!));
        Assert.Equal(("opened", 1, 1, false), ((string?)items[1]!["name"], (int)items[1]!["count"]!, (int)items[1]!["last24Hours"]!, (bool)items[1]!["isMoment"]!));
        Assert.True((DateTimeOffset)items[0]!["firstSeen"]! <= (DateTimeOffset)items[0]!["lastSeen"]!);
    }

    [Fact]
    public async Task Workspaces_never_meet()
    {
        var (ours, theirs) = (await TestWorkspace.Create(host), await TestWorkspace.Create(host));
        await ours.AddMoment("exported");
        var id = Guid.CreateVersion7();
        var prompt = (await ours.Fire(new { externalId = "ada" }, "exported", id))["prompt"]!;
        await ours.Done(prompt, "reaction", new { reaction = "positive" });

        Assert.Empty((await theirs.Get("moments"))["items"]!.AsArray());
        Assert.Empty((await theirs.Get("responses"))["items"]!.AsArray());
        Assert.Empty((await theirs.Get("observed-events"))["items"]!.AsArray());
        await TestWorkspace.Problem(await theirs.Managed(HttpMethod.Get, "moments/exported"), 404, "not_found");
        await TestWorkspace.Problem(await theirs.Managed(HttpMethod.Get, "moments/exported/stats"), 404, "not_found");
        // The same event id is another event there.
        Assert.Equal(1, (int)(await theirs.Fire(new { externalId = "ada" }, "exported", id))["accepted"]!);
        Assert.Equal(1, (int)(await ours.Stats("exported"))["totals"]!["fires"]!);
    }
}
