using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Conclude.Ledger.Outbox;

namespace Conclude.Grains.Webhooks;

/// <summary>Sends one delivery once.</summary>
public sealed class WebhookClient(IHttpClientFactory clients, TimeProvider time)
{
    public const string Name = "webhooks";

    /// <summary>An attempt, from the look-up of the name to the head of the answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Of an answer's body, read so that its sender is not cut off; what it says is not kept.</summary>
    public const int MaxAnswer = 64 * 1024;

    /// <summary>Connects to the addresses that were checked, and to nothing else: no proxy, no redirect, no connection from before.</summary>
    public static SocketsHttpHandler Handler(WebhookDestinations destinations) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = Patience,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = 16,
        ConnectCallback = async (context, cancellation) =>
        {
            var addresses = await destinations.Addresses(context.DnsEndPoint.Host, cancellation);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    public async Task<WebhookAnswer> Send(Webhook webhook, Delivery delivery, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        using var request = Request(webhook, delivery);
        // By the machine's clock: a receiver's slowness is not what tests put forward.
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var client = clients.CreateClient(Name);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var took = time.GetElapsedTime(started);
            await Drain(answer, either.Token);
            var status = (int)answer.StatusCode;
            return answer.IsSuccessStatusCode
                ? new WebhookAnswer(status, Error: null, took)
                : new WebhookAnswer(status, status is >= 300 and < 400 ? "Redirected; redirects are not followed" : $"Answered {status}", took, RetryAfter(answer.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new WebhookAnswer(Status: null, "No answer within 10 seconds", time.GetElapsedTime(started));
        }
        catch (HttpRequestException failure)
        {
            return new WebhookAnswer(Status: null, Words(failure), time.GetElapsedTime(started));
        }
    }

    private HttpRequestMessage Request(Webhook webhook, Delivery delivery)
    {
        var body = WebhookPayload.Body(delivery);
        var (id, timestamp) = (delivery.Id.ToString(), time.GetUtcNow().ToUnixTimeSeconds());
        return new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture) },
                { "webhook-signature", WebhookSecrets.Sign(webhook.SecretsAt(time.GetUtcNow()), id, timestamp, body) },
                { "user-agent", "Conclude-Webhooks/1" },
            },
        };
    }

    private static async Task Drain(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            var (buffer, left) = (new byte[8 * 1024], MaxAnswer);
            while (left > 0 && await body.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                left -= read;
            }
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException)
        {
            // The head has said what counts.
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked) => asked?.Delta ?? (asked?.Date is { } date ? date - time.GetUtcNow() : null);

    private static string Words(HttpRequestException failure) => failure switch
    {
        { InnerException: RefusedDestinationException } => "The address leads to a private or reserved network",
        { HttpRequestError: HttpRequestError.NameResolutionError } or { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } => "The host cannot be found",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "No secure connection: the certificate is not valid for the host, or TLS failed",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "The connection was refused",
        { HttpRequestError: HttpRequestError.ConnectionError } => "No connection",
        _ => "The connection broke off, or the answer was no HTTP",
    };
}
