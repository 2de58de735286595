using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Conclude.Testing.Otlp;
using Microsoft.Playwright;

namespace Conclude.Browser.Tests;

/// <summary>
/// Proves with a real process, as talkative as an operator would make it, that no secret that existed while it ran is in what it printed or
/// traced, in the body of an error, or told to a page that comes after. <c>Api.Tests</c> proves it of people (<c>Process/LogTests</c>).
/// </summary>
public sealed class SecretTests(ChromiumFixture chromium)
{
    private const string Invited = "ada@acme.com";
    private const string Password = "four unrelated words here";

    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal)
    {
        ["publishable key"] = SiloProcess.PublishableKey,
        ["test key"] = SiloProcess.TestKey,
        ["secret key"] = SiloProcess.SecretKey,
        ["owner's password"] = SiloProcess.OwnerPassword,
        ["wrong password"] = "sentinel-wrong-password",
        ["chosen password"] = Password,
        ["mistyped secret key"] = "sk_live_sentinel000000000000000000001",
        ["mistyped key in a query"] = "pk_live_sentinel000000000000000000001",
        ["made-up sign-in link"] = "c2VudGluZWw.sentinel-link-token",
        ["made-up invite"] = "acme.sentinel-invite-token",
    };

    private readonly ConcurrentBag<string> _errors = [];
    private readonly ConcurrentBag<string> _referrers = [];

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task No_secret_is_printed_traced_or_told_to_whom_it_is_not_for(string environment)
    {
        await using var receiver = await OtlpReceiver.Start();
        await using var silo = await SiloProcess.Start(TestStore.Settings([
            ("ASPNETCORE_ENVIRONMENT", environment), ("Conclude__Shutdown__DrainSeconds", "1"), ("Conclude__Webhooks__AllowHttp", "true"), ("Conclude__Webhooks__AllowPrivate", "true"),
            .. new[] { "Default", "Microsoft", "Microsoft.AspNetCore.DataProtection", "Microsoft.Hosting.Lifetime", "System", "Orleans", "Orleans.Runtime.Watchdog", "Polly" }.Select(static c => ("Logging__LogLevel__" + c, "Debug")),
            .. receiver.Settings,
        ]));
        var banner = environment == "Development" ? silo.Printed : await File.ReadAllTextAsync(Path.Combine(silo.Data.FullName, "first-start.txt"));
        if (environment == "Development")
        {
            await silo.PrintedSoon("sign-in/link?token=");
            banner = silo.Printed;
        }

        var link = banner.Split('\n').First(static l => l.Contains("sign-in/link?token=", StringComparison.Ordinal)).Split(' ')[^1].Trim();
        _secrets["sign-in link"] = link[(link.IndexOf("token=", StringComparison.Ordinal) + 6)..];

        await People(silo, link);
        await Programs(silo);
        await Nonsense(silo);
        Assert.Equal(0, await silo.Terminate());

        Assert.Equal(22, _secrets.Count);
        Assert.All(_secrets.Values, static secret => Assert.True(secret.Length > 12, secret));
        // Proof that what is searched is there: the debug lines of the framework, the spans, the errors.
        Assert.Contains("dbug: Microsoft.AspNetCore", silo.Printed, StringComparison.Ordinal);
        Assert.NotEmpty(receiver.Spans);
        Assert.True(_errors.Count > 15, $"{_errors.Count} errors");
        Assert.True(_referrers.Count > 5, $"{_referrers.Count} referrers");
        var printed = string.Join('\n', silo.Printed.Split('\n').Except(Banner(environment, silo.Printed), StringComparer.Ordinal));
        foreach (var (name, secret) in _secrets)
        {
            var found = Where(printed, secret) ?? Where(receiver.TracesText + receiver.MetricsText, secret) ?? Where(string.Join('\n', _errors), secret) ?? Where(string.Join('\n', _referrers), secret);
            Assert.True(found is null, $"The {name} is told: {found}");
        }
    }

    /// <summary>In Development the first start tells whoever made it where to begin, on purpose.</summary>
    private static IEnumerable<string> Banner(string environment, string printed)
    {
        var lines = printed.Split('\n');
        var first = Array.FindIndex(lines, static l => l.Trim() == "Conclude Moments is ready");
        return environment == "Development" ? lines.Skip(first).Take(Array.FindIndex(lines, static l => l.TrimStart().StartsWith("Secret key", StringComparison.Ordinal)) - first + 1) : [];
    }

    private static string? Where(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : text[Math.Max(0, at - 300)..Math.Min(text.Length, at + secret.Length + 100)];
    }

    /// <summary>In the browser: sign in by link, make keys, an invite and a webhook, see the identity secret, take up the invite, fail at it.</summary>
    private async Task People(SiloProcess silo, string link)
    {
        await using var context = await chromium.Browser.NewContextAsync();
        Listen(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync(silo.Address + "/sign-in/link?token=" + _secrets["made-up sign-in link"]);
        await page.GotoAsync(link);
        await page.WaitForURLAsync("**/moments");
        await page.IsLive();

        await page.GotoAsync(silo.Address + "/settings/keys");
        await page.GetByTestId("new-publishable").ClickAsync();
        var rows = page.Locator("[data-testid=key-row][data-kind=publishable] code");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        _secrets["new publishable key"] = (await rows.First.TextContentAsync())!;
        await page.GotoAsync(silo.Address + "/settings/embed?show=origins");
        _secrets["identity secret"] = (await page.GetByTestId("identity-secret").TextContentAsync())!;
        await page.GotoAsync(silo.Address + "/settings/webhooks");
        await page.GetByTestId("new-webhook").First.ClickAsync();
        await page.Locator("[name=url]").FillAsync(silo.Address + "/nothing/here");
        await page.GetByTestId("save-webhook").ClickAsync();
        _secrets["webhook's secret"] = (await page.GetByTestId("webhook-secret").TextContentAsync())!;
        await page.GetByTestId("test-webhook").ClickAsync();
        await Assertions.Expect(page.GetByTestId("delivery")).ToContainTextAsync("Retrying");

        await page.GotoAsync(silo.Address + "/settings/members");
        await page.Locator("[name=email]").FillAsync(Invited);
        await page.GetByTestId("make-invite").ClickAsync();
        var invite = (await page.GetByTestId("invite-link").TextContentAsync())!;
        _secrets["invite"] = invite[(invite.IndexOf("token=", StringComparison.Ordinal) + 6)..];
        await Keep(context, "owner's");

        await using var adas = await chromium.Browser.NewContextAsync();
        Listen(adas);
        var ada = await adas.NewPageAsync();
        await ada.GotoAsync(silo.Address + "/invite?token=" + _secrets["made-up invite"]);
        await ada.GotoAsync(invite);
        await ada.GetByTestId("invite-password").FillAsync(Password);
        await ada.GetByTestId("invite-accept").ClickAsync();
        await ada.WaitForURLAsync("**/moments");
        await ada.IsLive();
        await Keep(adas, "invited");
        await ada.GotoAsync(invite);
        await ada.GetByRole(AriaRole.Link).Last.ClickAsync();
        await ada.WaitForURLAsync("**/moments");
        await ada.GotoAsync(silo.Address + "/sign-in");
        foreach (var password in new[] { _secrets["wrong password"], SiloProcess.SecretKey })
        {
            await ada.GetByTestId("sign-in-email").FillAsync(SiloProcess.OwnerEmail);
            await ada.GetByTestId("sign-in-password").FillAsync(password);
            await ada.GetByTestId("sign-in-submit").ClickAsync();
            // What was typed is not on the page that answers; the problem may still be the one before.
            await Assertions.Expect(ada.GetByTestId("sign-in-password")).ToHaveValueAsync("");
            await Assertions.Expect(ada.GetByTestId("sign-in-problem")).ToBeVisibleAsync();
        }
    }

    /// <summary>Over HTTP: keys made and regenerated, a webhook's secret rotated, and each of them used wrongly.</summary>
    private async Task Programs(SiloProcess silo)
    {
        _secrets["webhook's rotated secret"] = await Made("webhooks/" + (await silo.Get("/api/v1/webhooks"))["items"]![0]!["id"] + "/secret/rotate", "secret");
        _secrets["new test key"] = await Made("keys/test", "key");
        _secrets["new secret key"] = await Made("keys/secret/regenerate", "key");
        using HttpClient caller = new() { BaseAddress = new Uri(silo.Address) };
        foreach (var key in _secrets.Where(static s => s.Key.EndsWith("key", StringComparison.Ordinal) || s.Key.EndsWith("query", StringComparison.Ordinal)).Select(static s => s.Value))
        {
            // In the header, in the query, twice, where none belongs, in a path, in a body that is wrong.
            foreach (var (method, path) in new[]
            {
                (HttpMethod.Get, "/api/v1/moments/nothing"), (HttpMethod.Get, "/api/v1/widget/nothing"), (HttpMethod.Get, $"/api/v1/moments/x?key={key}"), (HttpMethod.Get, $"/api/v1/widget/x?key={key}&key={key}"),
                (HttpMethod.Get, $"/api/v1/widget/config?KEY={key}&apiKey={key}"), (HttpMethod.Post, $"/api/v1/widget/events?key={key}"), (HttpMethod.Patch, $"/api/v1/widget/events?key={key}"), (HttpMethod.Get, $"/health/ready?key={key}"),
                (HttpMethod.Get, $"/moments?key={key}"), (HttpMethod.Post, $"/sign-in?key={key}"), (HttpMethod.Get, $"/nothing?key={key}"), (HttpMethod.Get, $"/openapi/v1.json?key={key}"), (HttpMethod.Get, $"/widget/v1.js?key={key}"),
            })
            {
                using HttpRequestMessage request = new(method, path) { Headers = { { "x-conclude-api-key", key } } };
                if (method == HttpMethod.Post)
                {
                    request.Content = new StringContent("{\"user\":{\"anonymousId\":7},\"hash\":\"" + key, Encoding.UTF8, "text/plain");
                }

                await Send(caller, request);
            }
        }

        async Task<string> Made(string path, string field)
        {
            using var answer = await silo.Management.PostAsync("/api/v1/" + path, content: null);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())![field]!;
        }
    }

    /// <summary>Below HTTP's rules, with a secret in each: the web server speaks of what it cannot read.</summary>
    private async Task Nonsense(SiloProcess silo)
    {
        var key = _secrets["publishable key"];
        foreach (var request in new[]
        {
            $"GET /api/v1/widget/config?key={key} HTTP/9.9\r\nHost: x\r\n\r\n", $"GET /api/v1/widget/config?key={key} and more HTTP/1.1\r\nHost: x\r\n\r\n",
            $"{key} / HTTP/1.1\r\nHost: x\r\n\r\n", $"GET / HTTP/1.1\r\nHost: {key}@x y\r\n\r\n", $"GET / HTTP/1.1\r\nHost: x\r\nx-conclude-api-key {key}\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: x\r\nCookie: conclude={_secrets["owner's session cookie"]}\0\r\n\r\n", $"POST /sign-in?token={_secrets["invite"]} HTTP/1.1\r\nHost: x\r\nContent-Length: {key}\r\n\r\n",
        })
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, new Uri(silo.Address).Port);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            client.Client.Shutdown(SocketShutdown.Send);
            using StreamReader reader = new(stream);
            _errors.Add(await reader.ReadToEndAsync());
        }
    }

    private async Task Send(HttpClient caller, HttpRequestMessage request)
    {
        using var answer = await caller.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
        {
            _errors.Add($"{answer.Headers}\n{await answer.Content.ReadAsStringAsync()}");
        }
    }

    private async Task Keep(IBrowserContext context, string whose)
    {
        foreach (var cookie in (await context.CookiesAsync()).Where(static c => c.HttpOnly))
        {
            _secrets[$"{whose} {(cookie.Name == "conclude" ? "session" : "forms")} cookie"] = cookie.Value;
        }
    }

    private void Listen(IBrowserContext context) => context.Request += (_, request) =>
    {
        if (request.Headers.TryGetValue("referer", out var referrer))
        {
            _referrers.Add(referrer);
        }
    };
}
