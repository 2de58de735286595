using Conclude.Grains.Retention;
using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Conclude.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Conclude.Grains.Tests.Retention;

/// <summary>Proves that what need not be kept goes by itself, once a day, under the workspace's own rules.</summary>
public sealed class RetentionServiceGrainTests
{
    [Fact]
    public async Task Events_older_than_the_settings_ask_for_go_after_the_start_and_each_day()
    {
        await using var cluster = await Cluster.Start();
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.ReplaceSettings(WorkspaceSettings.Default with { RetentionDays = 30 }));
        await Fire(cluster);
        cluster.Time.Advance(TimeSpan.FromDays(29));
        await Fire(cluster);
        cluster.Time.Advance(TimeSpan.FromDays(1.1));
        using var service = new RetentionService((ILedgerUpkeep)cluster.Ledger, (ILedgerAudit)cluster.Ledger, cluster.Grains, cluster.Time, NullLogger<RetentionService>.Instance);
        await service.StartAsync(CancellationToken.None);

        await cluster.Eventually(async () => await Left(cluster, advance: RetentionService.FirstAfter) == 1);
        await cluster.Eventually(async () => await Left(cluster, advance: TimeSpan.FromHours(6)) == 0);

        Assert.Equal(2, Assert.Single(await cluster.Ledger.ReadNames(Cluster.Workspace, null, cluster.Time.GetUtcNow())).AllTime.Fires);
        Assert.Empty(await cluster.Ledger.Verify());
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_tried_again_after_a_while()
    {
        await using var cluster = await Cluster.Start();
        var asked = 0;
        var ledger = Substitute.For<ILedgerUpkeep>();
        ledger.ReadWorkspaces(default).ReturnsForAnyArgs(_ => Interlocked.Increment(ref asked) == 1 ? throw new LedgerUnavailableException("Down.") : [Cluster.Workspace]);
        ledger.Trim("", null).ReturnsForAnyArgs(new TrimResult(1, 0, 0, IsDone: false), new TrimResult(0, 0, 0, IsDone: true));
        using var service = new RetentionService(ledger, Substitute.For<ILedgerAudit>(), cluster.Grains, cluster.Time, NullLogger<RetentionService>.Instance);
        await service.StartAsync(CancellationToken.None);

        // In memory before the clock runs: a call to it that waits for its storage must not be late by the fake clock.
        await cluster.Tenant.Snapshot();
        await cluster.Eventually(() => Moved(() => asked == 1));
        await cluster.Eventually(() => Moved(() => ledger.ReceivedCalls().Count(static c => c.GetMethodInfo().Name == nameof(ILedgerUpkeep.Trim)) >= 2));

        // This workspace keeps its events for ever; only test facts go.
        await ledger.Received(2).Trim(Cluster.Workspace, null, Arg.Any<CancellationToken>());
        await service.StopAsync(CancellationToken.None);

        Task<bool> Moved(Func<bool> holds)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(holds());
        }
    }

    [Fact]
    public async Task While_another_silo_goes_through_the_store_this_one_does_not()
    {
        await using var cluster = await Cluster.Start();
        var ledger = Substitute.For<ILedgerUpkeep>();
        var asked = 0;
        ledger.TryTakeTurn(default).ReturnsForAnyArgs(_ => Task.FromResult(Interlocked.Increment(ref asked) == 1 ? null : Substitute.For<IDisposable>()));
        ledger.ReadWorkspaces(default).ReturnsForAnyArgs([]);
        using var service = new RetentionService(ledger, Substitute.For<ILedgerAudit>(), cluster.Grains, cluster.Time, NullLogger<RetentionService>.Instance);
        await service.StartAsync(CancellationToken.None);

        await cluster.Eventually(() => Asked(1, RetentionService.FirstAfter));
        await ledger.DidNotReceiveWithAnyArgs().ReadWorkspaces(default);
        await cluster.Eventually(() => Asked(2, TimeSpan.FromHours(6)));
        await cluster.Eventually(() => Task.FromResult(ledger.ReceivedCalls().Any(static c => c.GetMethodInfo().Name == nameof(ILedgerUpkeep.ReadWorkspaces))));
        await service.StopAsync(CancellationToken.None);

        Task<bool> Asked(int times, TimeSpan advance)
        {
            cluster.Time.Advance(asked >= times ? TimeSpan.Zero : advance);
            return Task.FromResult(asked >= times);
        }
    }

    private static async Task Fire(Cluster cluster) => await cluster.Ledger.Append(
    [
        new Fire
        {
            Workspace = Cluster.Workspace, Id = Guid.CreateVersion7(), Event = "report_exported", UserKey = "u:ada", At = cluster.Time.GetUtcNow(),
            ReceivedAt = cluster.Time.GetUtcNow(), Verdict = Verdict.NoMoment, Limits = FireLimits.None,
        },
    ]);

    private static async Task<int> Left(Cluster cluster, TimeSpan advance)
    {
        cluster.Time.Advance(advance);
        await Task.Delay(5);
        return (await cluster.Ledger.ReadRecentFires(Cluster.Workspace, 10)).Length;
    }
}
