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

    [Fact]
    public async Task A_plan_that_the_operator_changes_at_one_silo_is_in_force_on_all_after_a_second()
    {
        const string Token = "a-token-of-the-operator-0123456789";
        await using var cluster = Hosting.Cluster.Empty();
        await cluster.Join(3, settings: ("Conclude__Operator__Token", Token));
        await cluster.Furnish();
        // Each has a copy of the workspace as it was.
        foreach (var silo in cluster.Silos)
        {
            Assert.Equal("self_hosted", (string?)(await silo.Get("/api/v1/usage"))["plan"]);
        }

        var (done, said) = await SiloCommand.Run(["workspace", "plan", "acme", "free", "--at", cluster.Silos[1].Address], ("Conclude__Operator__Token", Token));
        Assert.True(done == 0, said);
        await Task.Delay(TimeSpan.FromSeconds(1));
        foreach (var silo in cluster.Silos)
        {
            Assert.Equal("free", (string?)(await silo.Get("/api/v1/usage"))["plan"]);
            using var refused = await silo.Management.PostAsync("/api/v1/moments", Json.Of(new { @event = "one_more", question = "How was it?" }));
            Assert.Contains("plan_limit", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <returns>The verdict on a fire of somebody new.</returns>
    private static async Task<string?> Fire(SiloProcess silo, Widget widget) =>
        (string?)(await widget.Fire(silo, "report_exported"))!["verdicts"]![0]!["verdict"];
}
