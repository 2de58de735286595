using Conclude.Faults.Tests.Hosting;
using Conclude.Faults.Tests.Report;
using Conclude.Testing;
using Conclude.Testing.Network;

namespace Conclude.Faults.Tests;

/// <summary>PostgreSQL goes away and comes back under load, in every way that a server or a network can: nothing acknowledged is lost, and the host is back in seconds.</summary>
public sealed class PostgresFaults(BrokenNetwork broken) : IClassFixture<BrokenNetwork>
{
    [Fact]
    public async Task The_server_stops_at_once_and_starts_again()
    {
        using var server = PostgresServer.StartOwn();
        await using var stage = await Stage.OnPostgres(server.NewDatabase());
        await using var load = stage.Load();
        var run = new FaultRun("server stopped immediate", stage, load);
        await run.Warm();
        for (var round = 0; round < Form.Of(3, 5); round++)
        {
            await Task.Delay(Random.Shared.Next(100, 500));
            await run.Round(() => Task.Run(() => server.Stop("immediate")), TimeSpan.FromMilliseconds(Form.Of(300, 3_000)), () => Task.Run(server.Start));
        }

        await run.Judge();
    }

    [Fact]
    public async Task The_network_is_cut()
    {
        var stage = await broken.Stage();
        await using var load = stage.Load(broken.Journal);
        var run = new FaultRun("network cut", stage, load);
        await run.Warm();
        for (var round = 0; round < Form.Of(3, 5); round++)
        {
            await run.Round(() => Set(stage, ProxyMode.Cut), TimeSpan.FromMilliseconds(Form.Of(500, 8_000)), () => Set(stage, ProxyMode.Open));
        }

        await run.Judge();
    }

    /// <summary>
    /// The worst of its kind: neither end is told, and the connections of before stay dead, so the server keeps what they hold (the lock
    /// of the process, the rows of a transaction) until somebody ends them.
    /// </summary>
    [Fact]
    public async Task The_network_swallows_everything()
    {
        var stage = await broken.Stage();
        await using var load = stage.Load(broken.Journal);
        var run = new FaultRun("network black hole", stage, load);
        await run.Warm();
        foreach (var seconds in Form.Of<double[]>([1.5, 8], [1, 3, 7, 15, 30]))
        {
            await run.Round(() => Set(stage, ProxyMode.BlackHole), TimeSpan.FromSeconds(seconds), () => Set(stage, ProxyMode.Open));
        }

        await run.Judge();
    }

    [Theory]
    [InlineData("200 ms each way", 200, 0)]
    [InlineData("a trickle of 8 KiB/s", 5, 8_192)]
    public async Task The_network_is_slow(string how, int latency, int bytesPerSecond)
    {
        var stage = await broken.Stage();
        await using var load = stage.Load(broken.Journal);
        var run = new FaultRun("network slow: " + how, stage, load);
        await run.Warm();
        (stage.Network!.Latency, stage.Network.BytesPerSecond) = (TimeSpan.FromMilliseconds(latency), bytesPerSecond);
        var before = load.Journal.Acknowledged;
        var lasts = TimeSpan.FromSeconds(Form.Of(4, 30));
        await run.Round(() => Set(stage, ProxyMode.Slow), lasts, () => Set(stage, ProxyMode.Open));
        var during = load.Journal.Acknowledged - before;
        run.Note = FormattableString.Invariant($"{during / lasts.TotalSeconds:0} acknowledged/s while slow");
        await run.Judge();
        Assert.True(during > 0, "Nothing was acknowledged while the network was slow.");
    }

    private static Task Set(Stage stage, ProxyMode mode)
    {
        stage.Network!.Mode = mode;
        return Task.CompletedTask;
    }
}
