using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with a real process that it says so before it leaves, serves until then, and loses nothing that it acknowledged.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Readiness_turns_false_at_once_while_requests_are_served_and_nothing_is_lost()
    {
        await using var silo = await SiloProcess.Start(
            TestStore.Settings(("Conclude__Shutdown__DrainSeconds", "3"), ("Logging__Console__FormatterName", "json")));
        using HttpClient plain = new();
        using WidgetClient widget = new(silo.Address);
        var acknowledged = 0;
        await silo.AskToStop();
        var asked = Stopwatch.GetTimestamp();
        while (await Ready(silo, plain) == HttpStatusCode.OK)
        {
            Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }

        using (var live = await plain.GetAsync(silo.Address + "/health/live"))
        {
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }

        // Until the process closes its doors; what it answered by then counts.
        while (await Post(widget) is { } answer)
        {
            Assert.Equal((HttpStatusCode.OK, true), answer);
            acknowledged++;
        }

        Assert.Equal(0, await silo.Ended());
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(9));
        Assert.True(acknowledged > 10, $"{acknowledged} acknowledged");
        var said = Assert.Single(silo.Printed.Split('\n'), static line => line.Contains("Asked to stop", StringComparison.Ordinal));
        Assert.Equal("Information", JsonDocument.Parse(said).RootElement.GetProperty("LogLevel").GetString());

        await silo.Run();
        var observed = await silo.Get("/api/v1/observed-events");
        // One more may have been committed whose answer found the doors closed.
        Assert.InRange(observed["items"]![0]!["count"]!.GetValue<int>(), acknowledged, acknowledged + 1);
    }

    [Fact]
    public async Task A_second_signal_ends_the_wait()
    {
        await using var silo = await SiloProcess.Start(("Conclude__Shutdown__DrainSeconds", "60"));
        using HttpClient plain = new();
        await silo.AskToStop();
        while (await Ready(silo, plain) == HttpStatusCode.OK)
        {
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        var asked = Stopwatch.GetTimestamp();
        Assert.Equal(0, await silo.Terminate());
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    private static async Task<HttpStatusCode> Ready(SiloProcess silo, HttpClient http)
    {
        using var answer = await http.GetAsync(silo.Address + "/health/ready");
        return answer.StatusCode;
    }

    /// <returns>Null when nobody listens any more.</returns>
    private static async Task<(HttpStatusCode Status, bool Closes)?> Post(WidgetClient widget)
    {
        try
        {
            using var answer = await widget.Post("ada", (Guid.CreateVersion7(), "page_viewed"));
            return (answer.StatusCode, answer.Headers.ConnectionClose is true);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
