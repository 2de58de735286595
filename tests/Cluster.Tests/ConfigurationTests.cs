using System.Diagnostics;
using Conclude.Cluster.Tests.Hosting;
using Conclude.Testing;

namespace Conclude.Cluster.Tests;

/// <summary>What is saved on one silo holds there at once and on every other at the next fire after a second.</summary>
[Collection(Timed.Name)]
public sealed class ConfigurationTests
{
    [Fact]
    public async Task An_edit_is_in_force_at_once_where_it_was_saved_and_on_the_others_after_a_second()
    {
        await using var cluster = await Hosting.Cluster.Start(3);
        using var widget = new Widget();
        foreach (var silo in cluster.Silos)
        {
            Assert.Equal("shown", await Fire(silo, widget));
        }

        for (var round = 0; round < 6; round++)
        {
            var (enabled, saver) = (round % 2 == 1, cluster.Silos[round % 3]);
            using (var saved = await saver.Management.PutAsync("/api/v1/moments/report_exported", Json.Of(new { @event = "report_exported", question = "How was it?", cooldownHours = 0, enabled })))
            {
                saved.EnsureSuccessStatusCode();
            }

            var at = Stopwatch.GetTimestamp();
            var expected = enabled ? "shown" : "disabled";
            Assert.Equal(expected, await Fire(saver, widget));
            await Task.Delay(TimeSpan.FromSeconds(1) - Min(Stopwatch.GetElapsedTime(at), TimeSpan.FromSeconds(1)));
            foreach (var silo in cluster.Silos)
            {
                Assert.Equal(expected, await Fire(silo, widget));
            }
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <returns>The verdict on a fire of somebody new.</returns>
    private static async Task<string?> Fire(SiloProcess silo, Widget widget) =>
        (string?)(await widget.Fire(silo, "report_exported"))!["verdicts"]![0]!["verdict"];
}
