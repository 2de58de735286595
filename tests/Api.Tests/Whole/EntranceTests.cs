using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: keys, sizes, kinds of content, and how every refusal looks.</summary>
public sealed class EntranceTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Event = """{"user":{"anonymousId":"b1"},"events":[{"id":"0193f000-0000-7000-8000-000000000001","name":"opened"}]}""";

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("pk_live_")]
    [InlineData("pk_live_000000000000000000000000000000000000000000000000")]
    [InlineData("sk_live_000000000000000000000000000000000000000000000000")]
    public async Task An_unknown_key_opens_nothing(string key)
    {
        var workspace = await TestWorkspace.Create(host);
        for (var i = 0; i < 2; i++)
        {
            await TestWorkspace.Problem(await workspace.PostEvents(Event, key: key), 401, "unknown_key");
            await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "moments", key: key), 401, "unknown_key");
        }

        await TestWorkspace.Problem(await workspace.PostEvents(Event, key: new string('k', 4_000)), 401, "unknown_key");
        await TestWorkspace.Problem(await host.Http.GetAsync(new Uri(host.Address, "/api/v1/moments")), 401, "unknown_key");
        await TestWorkspace.Problem(await host.Http.GetAsync(new Uri(host.Address, $"/api/v1/moments?key={workspace.SecretKey}")), 401, "unknown_key");
    }

    [Fact]
    public async Task A_key_of_the_wrong_kind_is_told_so()
    {
        var workspace = await TestWorkspace.Create(host);
        await TestWorkspace.Problem(await workspace.PostEvents(Event, key: workspace.SecretKey), 403, "wrong_key_type");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "moments", key: workspace.Publishable), 403, "wrong_key_type");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, "moments/x", key: workspace.Test), 403, "wrong_key_type");
    }

    [Fact]
    public async Task The_header_opens_widget_routes_too()
    {
        var workspace = await TestWorkspace.Create(host);
        var config = await TestWorkspace.Body(await workspace.Managed(HttpMethod.Get, "widget/config", key: workspace.Publishable), HttpStatusCode.OK);
        Assert.Equal(1, (int)config["version"]!);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"user":{"anonymousId":"b1"},"events":[{"id":"x"]}""")]
    [InlineData("""{"user":{"anonymousId":"b1"},"events":[],} """)]
    public async Task What_is_no_json_is_malformed(string body)
    {
        var workspace = await TestWorkspace.Create(host);
        await TestWorkspace.Problem(await workspace.PostEvents(body), 400, "malformed_json");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, "moments", body), 400, "malformed_json");
    }

    [Fact]
    public async Task Json_of_a_hundred_levels_is_malformed()
    {
        var workspace = await TestWorkspace.Create(host);
        var deep = string.Concat(Enumerable.Repeat("""{"x":""", 100)) + "1" + new string('}', 100);
        await TestWorkspace.Problem(await workspace.PostEvents(deep), 400, "malformed_json");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_64_KiB_is_too_large_however_its_length_is_told(bool chunked)
    {
        var workspace = await TestWorkspace.Create(host);
        foreach (var (path, key, type) in new[] { ($"widget/events?key={workspace.Publishable}", null, "text/plain"), ("moments", workspace.SecretKey, "application/json") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, $"/api/v1/{path}"))
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Event.PadRight((64 * 1024) + 1))),
            };
            request.Content.Headers.ContentType = new(type);
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.Add("x-conclude-api-key", key ?? workspace.Publishable);
            await TestWorkspace.Problem(await host.Http.SendAsync(request), 413, "too_large");
        }

        Assert.Equal(1, (int)(await TestWorkspace.Body(await workspace.PostEvents(Event.PadRight(64 * 1024)), HttpStatusCode.OK))["accepted"]!);
    }

    [Fact]
    public async Task Forms_and_pictures_are_no_json()
    {
        var workspace = await TestWorkspace.Create(host);
        foreach (var path in new[] { $"widget/events?key={workspace.Publishable}", "moments" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, $"/api/v1/{path}"))
            {
                Content = new FormUrlEncodedContent([new("user", "b1")]),
            };
            request.Headers.Add("x-conclude-api-key", path == "moments" ? workspace.SecretKey : workspace.Publishable);
            await TestWorkspace.Problem(await host.Http.SendAsync(request), 415, "unsupported_media_type");
        }
    }

    [Fact]
    public async Task Unknown_routes_and_methods_are_problems_too()
    {
        var workspace = await TestWorkspace.Create(host);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "nothing/here"), 404, "not_found");
        await TestWorkspace.Problem(await workspace.Widget(HttpMethod.Get, "nothing"), 404, "not_found");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Patch, "moments"), 405, "method_not_allowed");
        await TestWorkspace.Problem(await workspace.Widget(HttpMethod.Get, "events"), 405, "method_not_allowed");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "moments/never_made"), 404, "not_found");
    }

    [Fact]
    public async Task Every_widget_answer_can_be_read_by_the_page_that_asked()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        const string Page = "https://app.acme.com";
        var answers = new List<HttpResponseMessage>
        {
            await workspace.Widget(HttpMethod.Get, "config", origin: Page),
            await workspace.Widget(HttpMethod.Post, "events", Event, origin: Page),
            await workspace.Widget(HttpMethod.Post, "events", "{", origin: Page),
            await workspace.Widget(HttpMethod.Post, "events", Event.PadRight(70_000), origin: Page),
            await workspace.Widget(HttpMethod.Post, "events", Event, key: "pk_live_unknown", origin: Page),
            await workspace.Widget(HttpMethod.Post, "events", Event, key: workspace.SecretKey, origin: Page),
            await workspace.Widget(HttpMethod.Get, "events", origin: Page),
            await workspace.Widget(HttpMethod.Get, "nothing", origin: Page),
            await workspace.Widget(HttpMethod.Post, $"prompts/{Guid.NewGuid()}/dismiss", origin: Page),
            await workspace.Widget(HttpMethod.Options, "events", origin: Page),
        };
        await workspace.Manage(HttpMethod.Put, "settings", new { allowedOrigins = new[] { "https://app.acme.com/", "http://localhost:3000" } });
        answers.Add(await workspace.Widget(HttpMethod.Post, "events", Event, origin: Page));
        Assert.Equal([200, 200, 400, 413, 401, 403, 405, 404, 404, 204, 200], answers.Select(static a => (int)a.StatusCode));
        foreach (var answer in answers)
        {
            TestWorkspace.AssertReadable(answer, Page);
        }

        var stranger = await workspace.Widget(HttpMethod.Post, "events", Event, origin: "https://evil.example");
        TestWorkspace.AssertReadable(stranger, "https://evil.example");
        var refusal = await TestWorkspace.Problem(stranger, 403, "origin_not_allowed");
        Assert.EndsWith("https://evil.example", (string?)refusal["detail"], StringComparison.Ordinal);
        using var withoutOrigin = await workspace.Widget(HttpMethod.Post, "events", Event);
        TestWorkspace.AssertReadable(withoutOrigin, "*");
        Assert.Equal(HttpStatusCode.OK, withoutOrigin.StatusCode);
        answers.ForEach(static a => a.Dispose());
    }

    [Fact]
    public async Task A_preflight_is_answered_without_a_key()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(host.Address, "/api/v1/widget/events"));
        request.Headers.Add("Origin", "https://app.acme.com");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,x-conclude-api-key");
        using var answer = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains("x-conclude-api-key", answer.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
        Assert.Contains("POST", answer.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_is_read_again_only_when_it_changed()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        await workspace.AddMoment("paused", new { enabled = false });
        using var first = await workspace.Widget(HttpMethod.Get, "config");
        Assert.Contains("max-age=60", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var config = await TestWorkspace.Body(first, HttpStatusCode.OK);
        Assert.Equal(["exported"], config["events"]!.AsArray().Select(static e => (string?)e));
        Assert.Equal(("auto", "bottom-right"), ((string?)config["theme"]!["mode"], (string?)config["theme"]!["placement"]));

        async Task<HttpStatusCode> Again()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, $"/api/v1/widget/config?key={workspace.Publishable}"));
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var answer = await host.Http.SendAsync(request);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.NotModified, await Again());
        var version = (int)(await workspace.Fire("b1", "opened"))["configVersion"]!;
        Assert.Equal((int)config["version"]!, version);
        await workspace.AddMoment("imported");
        Assert.Equal(HttpStatusCode.OK, await Again());
        Assert.True((int)(await workspace.Fire("b1", "opened"))["configVersion"]! > version);
    }

    [Fact]
    public async Task A_key_in_the_query_reaches_no_log_and_no_trace()
    {
        var tags = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (tags)
                {
                    tags.AddRange(activity.TagObjects.Select(static t => string.Create(CultureInfo.InvariantCulture, $"{t.Key}={t.Value}")));
                    tags.Add(activity.DisplayName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var own = await ApiHost.Start();
        var workspace = await TestWorkspace.Create(own);
        await workspace.Fire("b1", "opened");
        await TestWorkspace.Problem(await workspace.Widget(HttpMethod.Get, "nothing"), 404, "not_found");
        await TestWorkspace.Problem(await workspace.PostEvents(Event, key: "pk_live_guessed"), 401, "unknown_key");
        await own.Stop();

        Assert.NotEmpty(own.Log.Lines);
        Assert.DoesNotContain(own.Log.Lines, line => line.Contains(workspace.Publishable, StringComparison.Ordinal) || line.Contains("pk_live_guessed", StringComparison.Ordinal));
        lock (tags)
        {
            Assert.DoesNotContain(tags, tag => tag.Contains(workspace.Publishable, StringComparison.Ordinal) && !tag.StartsWith("url.full=", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_of_a_body_harms_nobody()
    {
        var workspace = await TestWorkspace.Create(host);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(host.Address.Host, host.Address.Port);
            var head = $"POST /api/v1/widget/events?key={workspace.Publishable} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\n{{";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        }

        Assert.Equal(1, (int)(await workspace.Fire("b1", "opened"))["accepted"]!);
    }
}
