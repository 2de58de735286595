using System.Net;
using System.Net.Sockets;
using Conclude.Grains.Tests.Sessions;
using Conclude.Grains.Webhooks;
using Conclude.Ledger.Outbox;
using Conclude.Testing.Webhooks;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace Conclude.Grains.Tests.Webhooks;

/// <summary>Proves that a webhook goes nowhere but to the addresses that were checked, with a resolver that tells what a test says.</summary>
public sealed class WebhookDestinationTests
{
    private static readonly IPAddress Public = IPAddress.Parse("93.184.215.14");

    [Theory]
    [InlineData("https://example.com/hooks", null)]
    [InlineData("https://example.com:8443/hooks?token=1", null)]
    [InlineData("http://example.com/hooks", "must begin with https://")]
    [InlineData("ftp://example.com/hooks", "must begin with https://")]
    [InlineData("https://user:pw@example.com/", "must hold no user name or password")]
    [InlineData("https://user@example.com/", "must hold no user name or password")]
    [InlineData("https://example.com/#there", "must hold no fragment (#…)")]
    [InlineData("/hooks", "must be an address")]
    [InlineData("https://", "must be an address")]
    [InlineData("", "must be an address")]
    [InlineData("https://gone.test/", "names a host that cannot be found")]
    [InlineData("https://inside.test/", "leads to a private or reserved address")]
    [InlineData("https://half-inside.test/", "leads to a private or reserved address")]
    [InlineData("https://127.0.0.1/", "leads to a private or reserved address")]
    [InlineData("https://0x7f000001/", "leads to a private or reserved address")]
    [InlineData("https://2130706433/", "leads to a private or reserved address")]
    [InlineData("https://127.1/", "leads to a private or reserved address")]
    [InlineData("https://[::1]/", "leads to a private or reserved address")]
    [InlineData("https://[::ffff:169.254.169.254]/", "leads to a private or reserved address")]
    public async Task An_address_is_judged_before_it_is_saved(string url, string? problem)
    {
        var found = await new WebhookDestinations(Options.Create(new WebhookOptions()), new Names()).Problem(url, CancellationToken.None);
        Assert.True(problem is null ? found is null : found?.StartsWith(problem, StringComparison.Ordinal) is true, found);
    }

    [Fact]
    public void The_operator_says_which_ports_and_whether_plain_http()
    {
        var destinations = new WebhookDestinations(Options.Create(new WebhookOptions { AllowHttp = true, Ports = { 443, 8443 } }), new Names());
        Assert.Null(destinations.ProblemOf("https://example.com/"));
        Assert.Null(destinations.ProblemOf("http://example.com:8443/"));
        Assert.Equal("must name one of the ports 443, 8443", destinations.ProblemOf("http://example.com/"));
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_by_the_time_of_the_attempt_is_refused()
    {
        await using var receiver = await WebhookReceiver.Start();
        var names = new Names();
        var destinations = new WebhookDestinations(Options.Create(new WebhookOptions { AllowHttp = true }), names);
        var url = new UriBuilder(receiver.Url) { Host = "rebound.test" }.Uri.ToString();
        Assert.Null(await destinations.Problem(url, CancellationToken.None));

        names["rebound.test"] = [IPAddress.Loopback];
        var answer = await Client(destinations).Send(To(url), Delivery, CancellationToken.None);

        Assert.Equal((null, "The address leads to a private or reserved network"), (answer.Status, answer.Error));
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task A_name_is_resolved_once_an_attempt_and_that_is_where_it_goes()
    {
        await using var receiver = await WebhookReceiver.Start();
        var names = new Names { ["only-here.test"] = [IPAddress.Loopback] };
        var client = Client(new WebhookDestinations(Options.Create(new WebhookOptions { AllowHttp = true, AllowPrivate = true }), names));
        var url = new UriBuilder(receiver.Url) { Host = "only-here.test" }.Uri.ToString();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(204, (await client.Send(To(url), Delivery, CancellationToken.None)).Status);
            Assert.Equal(attempt, names.Asked);
        }

        Assert.All(receiver.Received, static r => Assert.Equal("only-here.test", r.Host));
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        await using var receiver = await WebhookReceiver.Start();
        (receiver.Answer, receiver.Decorate) = (static _ => 307, answer => answer.Headers.Location = receiver.Url);
        var client = Client(new WebhookDestinations(Options.Create(new WebhookOptions { AllowHttp = true, AllowPrivate = true }), new Names { ["127.0.0.1"] = [IPAddress.Loopback] }));
        var answer = await client.Send(To(receiver.Url), Delivery, CancellationToken.None);
        Assert.Equal((307, "Redirected; redirects are not followed"), (answer.Status, answer.Error));
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using var receiver = await WebhookReceiver.Start();
        var sent = 0L;
        (receiver.Answer, receiver.Decorate) = (static _ => 200, answer => answer.OnStarting(async () =>
        {
            var chunk = new byte[64 * 1024];
            while (sent < 64 * 1024 * 1024)
            {
                await answer.Body.WriteAsync(chunk, answer.HttpContext.RequestAborted);
                sent += chunk.Length;
            }
        }));
        var client = Client(new WebhookDestinations(Options.Create(new WebhookOptions { AllowHttp = true, AllowPrivate = true }), new Names { ["127.0.0.1"] = [IPAddress.Loopback] }));
        Assert.Equal(200, (await client.Send(To(receiver.Url), Delivery, CancellationToken.None)).Status);
        Assert.InRange(sent, 0, 32 * 1024 * 1024);
    }

    private static Delivery Delivery { get; } = new()
    {
        Id = Guid.CreateVersion7(),
        Webhook = "wh",
        Type = "webhook.test",
        Sequence = 1,
        At = Some.Now,
        Since = Some.Now,
        Data = "{}",
        State = DeliveryState.Pending,
        Tries = 0,
        Attempts = 0,
    };

    private static Webhook To(string url) =>
        new() { Id = "wh", Url = url, Events = WebhookEvents.ReactionCreated, Secret = WebhookSecrets.Generate(), CreatedAt = Some.Now };

    private static WebhookClient Client(WebhookDestinations destinations)
    {
        var clients = Substitute.For<IHttpClientFactory>();
        clients.CreateClient(WebhookClient.Name).Returns(_ => new HttpClient(WebhookClient.Handler(destinations)));
        return new WebhookClient(clients, TimeProvider.System);
    }

    private sealed class Names : Dictionary<string, IPAddress[]>, IHostResolver
    {
        public Names()
            : base(StringComparer.Ordinal)
        {
            this["example.com"] = this["rebound.test"] = [Public];
            this["inside.test"] = [IPAddress.Parse("10.1.2.3")];
            this["half-inside.test"] = [Public, IPAddress.Parse("fd00::1")];
        }

        public int Asked { get; private set; }

        public Task<IPAddress[]> Resolve(string host, CancellationToken cancellation)
        {
            Asked++;
            return TryGetValue(host, out var here) ? Task.FromResult(here)
                : IPAddress.TryParse(host, out var address) ? Task.FromResult<IPAddress[]>([address])
                : throw new SocketException((int)SocketError.HostNotFound);
        }
    }
}
