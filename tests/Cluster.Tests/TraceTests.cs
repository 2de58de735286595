using Conclude.Cluster.Tests.Hosting;
using Conclude.Testing.Otlp;

namespace Conclude.Cluster.Tests;

/// <summary>A trace follows an event from the silo that received it to the one that has its person and commits it, and names nobody on the way.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task One_trace_leads_from_the_route_on_one_silo_to_the_commit_on_another_and_holds_no_person()
    {
        await using var receiving = await OtlpReceiver.Start();
        await using var committing = await OtlpReceiver.Start();
        await using var cluster = Hosting.Cluster.Empty();
        await cluster.Join(settings: receiving.Settings);
        await cluster.Furnish();
        await cluster.Join(settings: committing.Settings);
        using var widget = new Widget();

        // Somebody's session starts on the other silo: Orleans spreads them.
        var people = 0;
        await OtlpReceiver.Soon(
            () =>
            {
                if (people < 40)
                {
                    Task.Run(() => widget.Fire(cluster.Silos[0], "report_exported", $"lovelace-{people++}"), TestContext.Current.CancellationToken).Wait(TestContext.Current.CancellationToken);
                }

                return Across(receiving, committing);
            },
            () => $"No trace led from {string.Join(", ", receiving.Spans.Select(static s => s.Name).Distinct())} to {string.Join(", ", committing.Spans.Select(static s => s.Name).Distinct())}.");

        Assert.All([receiving.TracesText, committing.TracesText], static sent => Assert.DoesNotContain("lovelace", sent, StringComparison.Ordinal));
    }

    /// <summary>The commit waits below the session's turn, which some hop of the same trace called.</summary>
    private static bool Across(OtlpReceiver receiving, OtlpReceiver committing)
    {
        var (here, there) = (receiving.Spans, committing.Spans);
        return (from route in here
                where route is { Name: "POST /api/v1/widget/events", Parent: "" }
                from fire in there
                where fire.Name == "session.fire" && fire.Trace == route.Trace && fire.Parent.Length > 0
                from write in there
                where write.Name == "ledger.write" && write.Parent == fire.Id
                from commit in there
                where commit.Name == "ledger.commit" && commit.Parent == write.Id && commit.Trace == route.Trace
                select commit).Any();
    }
}
