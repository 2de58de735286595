using System.Diagnostics;
using System.Globalization;
using Conclude.Cluster.Tests.Hosting;

namespace Conclude.Cluster.Tests;

/// <summary>All silos are lost at once.</summary>
public sealed class LossTests
{
    [Fact]
    public async Task After_the_loss_of_every_silo_others_start_elsewhere_within_half_a_minute()
    {
        await using var cluster = await Hosting.Cluster.Start(2);
        foreach (var silo in cluster.Silos)
        {
            await silo.Kill();
        }

        var started = Stopwatch.GetTimestamp();
        await cluster.Join();
        var took = Stopwatch.GetElapsedTime(started);
        Figures.Add(string.Create(CultureInfo.InvariantCulture, $"all silos killed: a new one on another port is ready after {took.TotalSeconds:0.0} s"));
        Assert.True(took < TimeSpan.FromSeconds(30), $"It took {took}.\n{cluster.LastPrinted}");
        using var widget = new Widget();
        Assert.Equal("shown", (string?)(await widget.Fire(cluster.Silos[2], "report_exported"))!["verdicts"]![0]!["verdict"]);
    }
}
