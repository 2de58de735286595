using System.Net;
using System.Net.Http.Json;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>
/// Proves with a real process what its address makes of a request: cookies that are this host's alone on TLS, and nothing built from a name that
/// somebody made up.
/// </summary>
public sealed class AddressTests
{
    private const string Site = "moments.example";
    private const string Evil = "evil.example";

    [Fact]
    public async Task Behind_a_trusted_proxy_that_ends_TLS_cookies_are_of_this_host_alone()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings(("Conclude__TrustedProxies", "127.0.0.1")));
        using Visitor visitor = new(silo, Site, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.5"));

        using var form = await visitor.Get("/sign-in");
        Assert.Equal("max-age=31536000", Assert.Single(form.Headers.GetValues("Strict-Transport-Security")));
        using var signedIn = await visitor.SignIn(form);
        using var page = await visitor.Get("/moments");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(["__Host-conclude", "__Host-conclude-forms"], visitor.Cookies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["httponly", "path=/", "samesite=lax", "secure"], visitor.Attributes("__Host-conclude"));
        Assert.Equal(["httponly", "path=/", "samesite=strict", "secure"], visitor.Attributes("__Host-conclude-forms"));

        // What another host of the domain could have planted, and what plain HTTP could have overheard, opens nothing.
        visitor.Cookies["conclude"] = visitor.Cookies["__Host-conclude"];
        visitor.Cookies.Remove("__Host-conclude");
        using var planted = await visitor.Get("/moments");
        Assert.Equal(HttpStatusCode.Redirect, planted.StatusCode);
        using var api = await visitor.Get("/api/v1/moments");
        Assert.Equal("max-age=31536000", Assert.Single(api.Headers.GetValues("Strict-Transport-Security")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https")]
    public async Task On_plain_HTTP_at_a_desk_sign_in_works_whatever_a_stranger_says_of_it(string? said)
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        using Visitor visitor = new(silo, host: null, ("X-Forwarded-Proto", said));

        using var form = await visitor.Get("/sign-in");
        Assert.False(form.Headers.Contains("Strict-Transport-Security"));
        using var signedIn = await visitor.SignIn(form);
        using var page = await visitor.Get("/moments");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(["httponly", "path=/", "samesite=lax"], visitor.Attributes("conclude"));
        Assert.Equal(["httponly", "path=/", "samesite=strict"], visitor.Attributes("conclude-forms"));
    }

    [Fact]
    public async Task Nothing_leads_to_a_host_that_a_request_made_up()
    {
        // The proxy is trusted with the address and the scheme of whom it speaks for; with a name it is not.
        await using var silo = await SiloProcess.Start(TestStore.Settings(("Conclude__TrustedProxies", "127.0.0.1"), ("Conclude__PublicUrl", $"https://{Site}/")));
        using (var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = "exported", question = "How?" }))
        {
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        // The link that is shown on the console names the host that is set.
        await silo.PrintedSoon($"https://{Site}/sign-in/link?token=");
        using Visitor visitor = new(silo, host: null);
        using var form = await visitor.Get("/sign-in");
        using var signedIn = await visitor.SignIn(form);
        using Visitor stranger = new(silo, Evil, ("X-Forwarded-Host", Evil), ("X-Forwarded-Proto", "https"), ("Forwarded", "host=" + Evil), ("X-Original-Host", Evil));
        using Visitor owner = new(silo, Evil, ("X-Forwarded-Host", Evil)) { Cookies = visitor.Cookies };
        foreach (var (who, path) in new[]
        {
            (stranger, "/"), (stranger, "/moments"), (stranger, "/sign-in"), (stranger, "/sign-in/link?token=x"), (stranger, "/invite?token=x"), (stranger, "/nothing"), (stranger, "/sign-out"),
            (stranger, "/api/v1/moments"), (stranger, "/openapi/v1.json"), (stranger, "/demo"),
            (owner, "/"), (owner, "/moments"), (owner, "/settings/embed"), (owner, "/settings/members"), (owner, "/account/password"),
        })
        {
            using var answer = await who.Get(path);
            Assert.DoesNotContain(Evil, answer.Headers.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Evil, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var embed = await owner.Get("/settings/embed");
        Assert.Contains($"https://{Site}/widget/v1.js", WebUtility.HtmlDecode(await embed.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_hosts_that_are_allowed_are_answered()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings(("AllowedHosts", $"{Site};127.0.0.1")));
        using Visitor own = new(silo, Site);
        using Visitor evil = new(silo, Evil);
        using Visitor forwarded = new(silo, Evil, ("X-Forwarded-Host", Site));
        foreach (var path in new[] { "/sign-in", "/health/live" })
        {
            using var answered = await own.Get(path);
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
            foreach (var other in new[] { evil, forwarded })
            {
                using var refused = await other.Get(path);
                Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
                Assert.DoesNotContain(Evil, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Passwords_and_links_are_not_tried_without_end_from_one_address()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings(("Conclude__RateLimit__SignInsPerAddressPerMinute", "6"), ("Conclude__TrustedProxies", "127.0.0.1")));
        using Visitor guesser = new(silo, Site, ("X-Forwarded-For", "203.0.113.5"));
        using Visitor other = new(silo, Site, ("X-Forwarded-For", "203.0.113.6"));
        for (var n = 0; n < 3; n++)
        {
            using var tried = await guesser.Get("/sign-in/link?token=" + n);
            Assert.Equal(HttpStatusCode.Redirect, tried.StatusCode);
        }

        using var form = await guesser.Get("/sign-in");
        using var refused = await guesser.SignIn(form);
        using var elsewhere = await other.Get("/sign-in");
        using var signedIn = await other.SignIn(elsewhere);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("Too many tries", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    /// <summary>A browser that believes what it is told of cookies, behind a proxy that says what the test says.</summary>
    private sealed class Visitor : IDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        private readonly Dictionary<string, string[]> _attributes = new(StringComparer.Ordinal);

        public Visitor(SiloProcess silo, string? host, params (string Name, string? Value)[] headers)
        {
            _http.BaseAddress = new Uri(silo.Address);
            _http.DefaultRequestHeaders.Host = host;
            foreach (var (name, value) in headers.Where(static h => h.Value is not null))
            {
                _http.DefaultRequestHeaders.Add(name, value);
            }
        }

        public Dictionary<string, string> Cookies { get; init; } = new(StringComparer.Ordinal);

        public string[] Attributes(string cookie) => _attributes[cookie];

        public Task<HttpResponseMessage> Get(string path) => Send(new(HttpMethod.Get, path));

        public async Task<HttpResponseMessage> SignIn(HttpResponseMessage form) => await Send(new(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent(
            [
                new("_handler", "sign-in"), new("Input.Email", SiloProcess.OwnerEmail), new("Input.Password", SiloProcess.OwnerPassword),
                new(AntiforgeryToken.Name, AntiforgeryToken.In(await form.Content.ReadAsStringAsync())),
            ]),
        });

        public void Dispose() => _http.Dispose();

        private async Task<HttpResponseMessage> Send(HttpRequestMessage request)
        {
            using (request)
            {
                if (Cookies.Count > 0)
                {
                    request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(static c => $"{c.Key}={c.Value}")));
                }

                var answer = await _http.SendAsync(request);
                foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
                {
                    var parts = cookie.Split("; ");
                    var name = parts[0][..parts[0].IndexOf('=', StringComparison.Ordinal)];
                    Cookies[name] = parts[0][(name.Length + 1)..];
                    _attributes[name] = [.. parts.Skip(1).Select(static p => p.ToLowerInvariant()).Order(StringComparer.Ordinal)];
                }

                return answer;
            }
        }
    }
}
