using System.Net;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: limits by key and by address, and whose word on an address counts.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task A_key_over_its_rate_is_told_when_to_come_back_and_others_go_on()
    {
        await using var host = await ApiHost.Start(("Conclude:RateLimit:PerKeyPerSecond", "2"));
        var (busy, calm) = (await TestWorkspace.Create(host), await TestWorkspace.Create(host));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await Config(busy));
        }

        using var refused = await busy.Widget(HttpMethod.Get, "config", origin: "https://app.acme.com");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("https://app.acme.com", refused.Headers.GetValues("Access-Control-Allow-Origin").Single());
        await TestWorkspace.Problem(refused, 429, "rate_limited");
        Assert.Equal(HttpStatusCode.OK, await Config(calm));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await Config(busy));
    }

    [Fact]
    public async Task Every_answer_tells_what_is_left_of_both_limits_and_pages_may_read_it()
    {
        await using var host = await ApiHost.Start(("Conclude:RateLimit:PerKeyPerSecond", "2"), ("Conclude:RateLimit:PerAddressPerSecond", "50"));
        var workspace = await TestWorkspace.Create(host);
        foreach (var ask in new[] { () => workspace.Widget(HttpMethod.Get, "config", origin: "https://app.acme.com"), () => workspace.Managed(HttpMethod.Get, "settings") })
        {
            var first = await Told(ask);
            Assert.Equal(["\"address\";q=100;w=2", "\"key\";q=4;w=2"], first.Policies);
            Assert.Equal("\"key\";r=3;t=1", first.Left[1]);
            Assert.Equal("\"key\";r=2;t=1", (await Told(ask)).Left[1]);
        }

        // Whoever has no key is told of the address alone.
        Assert.Equal(["\"address\";q=100;w=2"], (await Told(() => workspace.Managed(HttpMethod.Get, "settings", key: "sk_live_nobody"))).Policies);

        static async Task<(string[] Policies, string[] Left)> Told(Func<Task<HttpResponseMessage>> ask)
        {
            using var answer = await ask();
            return ([.. answer.Headers.GetValues("RateLimit-Policy")], [.. answer.Headers.GetValues("RateLimit")]);
        }
    }

    [Fact]
    public async Task A_key_of_its_own_limit_has_no_more_than_the_operator_allows()
    {
        await using var host = await ApiHost.Start(("Conclude:RateLimit:PerKeyPerSecond", "2"), ("Conclude:RateLimit:PerAddressPerSecond", "0"));
        var workspace = await TestWorkspace.Create(host);
        foreach (var (requestsPerSecond, quota) in new[] { (1, 2), (2, 4), (1_000, 4) })
        {
            var made = await workspace.Manage(HttpMethod.Post, "keys/publishable", new { requestsPerSecond }, HttpStatusCode.Created);
            using var answer = await workspace.Widget(HttpMethod.Get, "config", key: (string)made["key"]!);
            Assert.Equal([$"\"key\";q={quota};w=2"], answer.Headers.GetValues("RateLimit-Policy"));
        }
    }

    [Fact]
    public async Task An_address_over_its_rate_does_not_even_have_its_key_looked_up()
    {
        await using var host = await ApiHost.Start(("Conclude:RateLimit:PerAddressPerSecond", "1"), ("Conclude:TrustedProxies", "127.0.0.1, 10.0.0.0/8"));
        var workspace = await TestWorkspace.Create(host);
        await TestWorkspace.Problem(await workspace.PostEvents("{}", key: "pk_live_guess1"), 401, "unknown_key");
        await TestWorkspace.Problem(await workspace.PostEvents("{}", key: "pk_live_guess2"), 401, "unknown_key");
        await TestWorkspace.Problem(await workspace.PostEvents("{}", key: "pk_live_guess3"), 429, "rate_limited");
        await TestWorkspace.Problem(await workspace.PostEvents("{}"), 429, "rate_limited");

        Assert.Equal(HttpStatusCode.OK, await From(host, workspace, "203.0.113.7"));
        Assert.Equal(HttpStatusCode.OK, await From(host, workspace, "203.0.113.7, 10.1.2.3"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await From(host, workspace, "203.0.113.7"));
        Assert.Equal(HttpStatusCode.OK, await From(host, workspace, "203.0.113.8"));
    }

    [Fact]
    public async Task Nobody_chooses_an_address_for_himself()
    {
        await using var host = await ApiHost.Start(("Conclude:RateLimit:PerAddressPerSecond", "1"));
        var workspace = await TestWorkspace.Create(host);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add(await From(host, workspace, $"203.0.113.{i}"));
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Limits_can_be_switched_off()
    {
        await using var host = await ApiHost.Start(("Conclude:RateLimit:PerKeyPerSecond", "1"), ("Conclude:RateLimit:PerAddressPerSecond", "1"), ("Conclude:RateLimit:Enabled", "false"));
        var workspace = await TestWorkspace.Create(host);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await Config(workspace));
        }

        using var answer = await workspace.Widget(HttpMethod.Get, "config");
        Assert.False(answer.Headers.Contains("RateLimit") || answer.Headers.Contains("RateLimit-Policy"));
    }

    private static async Task<HttpStatusCode> Config(TestWorkspace workspace)
    {
        using var answer = await workspace.Widget(HttpMethod.Get, "config");
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> From(ApiHost host, TestWorkspace workspace, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, $"/api/v1/widget/config?key={workspace.Publishable}"));
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var answer = await host.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
