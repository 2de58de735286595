using System.Globalization;
using Conclude.Api.Tests.Hosting;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: what the month has used of the plan, exactly, and anew each month.</summary>
public sealed class UsageTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task What_is_counted_against_the_plan_is_told_to_the_event_and_starts_anew_with_the_UTC_month()
    {
        var workspace = await TestWorkspace.Create(host, new PlanLimits("tiny", 3, 2, 5, 0, 0));
        await workspace.AddMoment("exported");
        await workspace.Fire("ada", "exported");
        await workspace.Fire("ada", "page_viewed");
        await workspace.Fire("ada", "page_viewed", key: workspace.Test);
        var id = Guid.CreateVersion7();
        await workspace.Fire("ada", "page_viewed", id);
        await workspace.Fire("ada", "page_viewed", id);
        Assert.Equal("exceeded", (string?)(await workspace.Fire("ada", "page_viewed"))["quota"]);

        var now = host.Time.GetUtcNow();
        var usage = await workspace.Get("usage");
        Assert.Equal("tiny", (string?)usage["plan"]);
        Assert.Equal("""{"used":3,"limit":3}""", usage["events"]!.ToJsonString());
        Assert.Equal("""{"used":1,"limit":2}""", usage["moments"]!.ToJsonString());
        Assert.Equal("""{"used":1,"limit":5}""", usage["members"]!.ToJsonString());
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM}-01T00:00:00Z"), Text(usage["periodStart"]!));
        var next = (DateTimeOffset)usage["periodEnd"]!;
        Assert.Equal((1, 0), (next.Day, next.Hour));

        host.Time.Advance(next - now);
        Assert.Equal("ok", (string?)(await workspace.Fire("ada", "page_viewed"))["quota"]);
        var after = await workspace.Get("usage");
        Assert.Equal(1, (int)after["events"]!["used"]!);
        Assert.Equal(next, (DateTimeOffset)after["periodStart"]!);

        // Another plan is in force at the next request, and answers to what was shown always count.
        var prompt = (await workspace.Fire("bob", "exported"))["prompt"]!;
        await workspace.Fire("bob", "page_viewed");
        Assert.Equal("exceeded", (string?)(await workspace.Fire("bob", "page_viewed"))["quota"]);
        await workspace.Done(prompt, "reaction", new { reaction = "positive" });
        Assert.Equal(SaveStatus.Saved, await host.Grains.Tenant(workspace.Id).ChangePlan(Author.Operator, new PlanLimits("larger", 4, 2, 5, 0, 0)));
        Assert.Equal("ok", (string?)(await workspace.Fire("bob", "page_viewed"))["quota"]);
        Assert.Equal("exceeded", (string?)(await workspace.Fire("bob", "page_viewed"))["quota"]);
        var larger = await workspace.Get("usage");
        Assert.Equal(("larger", """{"used":4,"limit":4}"""), ((string?)larger["plan"], larger["events"]!.ToJsonString()));
        Assert.Equal(1, (int)(await workspace.Stats("exported"))["totals"]!["positive"]!);

        static string Text(System.Text.Json.Nodes.JsonNode instant) => ((DateTimeOffset)instant).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    }
}
