using Conclude.Grains.Catalog;
using Conclude.Grains.Live;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Conclude.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Orleans.Streams;

namespace Conclude.Grains.Tests.Live;

/// <summary>Proves on streams that hang at will that workspaces are told apart from each other, in order, coalesced and in bounded memory.</summary>
public sealed class CommitPublisherTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Hour = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private readonly ManualTime _time = new();
    private readonly HeldStreams _streams = new();
    private ServiceProvider _services = null!;
    private CommitPublisher _publisher = null!;

    public async ValueTask InitializeAsync()
    {
        var client = Substitute.For<IClusterClient>();
        _services = new ServiceCollection().AddKeyedSingleton<IStreamProvider>(LiveStreams.Provider, _streams).AddSingleton(client).BuildServiceProvider();
        client.ServiceProvider.Returns(_services);
        var catalog = Substitute.For<ICatalogGrain>();
        catalog.WatchedUntil().Returns(DateTimeOffset.MaxValue);
        var grains = Substitute.For<IGrainFactory>();
        grains.GetGrain<ICatalogGrain>("").ReturnsForAnyArgs(catalog);
        _publisher = new CommitPublisher(_services, grains, new WorkspaceSnapshots(grains, _time), _time, NullLogger<CommitPublisher>.Instance);
        await _publisher.StartAsync(CancellationToken.None);
        // The streams are asked for before the loop first waits.
        await Until(() => true);
    }

    public async ValueTask DisposeAsync()
    {
        // A stream that hangs does not hold up the stop either.
        await _publisher.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        _publisher.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task A_workspace_whose_stream_hangs_does_not_hold_up_another()
    {
        _streams.Hold("slow");
        _publisher.Committed([Fired("slow", 1), Fired("quick", 1)]);
        await Until(() => Told("quick").Length == 1);
        _publisher.Committed([Fired("slow", 2), Fired("quick", 2)]);
        await Until(() => Told("quick").Length == 2);
        Assert.Equal([1L], Told("slow"));

        _streams.Release("slow");
        await Until(() => Told("slow").Length == 2);
        Assert.Equal([1L, 2L], Told("slow"));
    }

    [Fact]
    public async Task More_workspaces_that_hang_than_are_told_at_once_hold_up_another_for_seconds_only()
    {
        var slow = Enumerable.Range(0, CommitPublisher.AtOnce + 5).Select(static n => $"slow{n}").ToArray();
        foreach (var workspace in slow)
        {
            _streams.Hold(workspace);
        }

        _publisher.Committed([.. slow.Select(static w => Fired(w, 1))]);
        await Until(() => slow.Count(w => Told(w).Length == 1) >= CommitPublisher.AtOnce);
        var hung = _time.GetUtcNow();
        _publisher.Committed([Fired("quick", 1)]);
        await Until(() => Told("quick").Length == 1);
        Assert.InRange(_time.GetUtcNow() - hung, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task What_waits_for_a_workspace_that_hangs_is_coalesced_and_bounded()
    {
        _streams.Hold("slow");
        _publisher.Committed([Fired("slow", 1)]);
        await Until(() => Told("slow").Length == 1);
        for (var fires = 2; fires <= 5_000; fires++)
        {
            _publisher.Committed([Fired("slow", fires, hour: Hour.AddHours(fires))]);
        }

        _streams.Release("slow");
        await Until(() => _streams.Of<FiresCommitted>("slow").Length == 2);
        Assert.Equal([1L, 5_000L], Told("slow"));
        Assert.Single(_streams.Of<TotalsChanged>("slow")[1].Totals);
        var (first, next) = (_streams.Of<FiresCommitted>("slow")[0], _streams.Of<FiresCommitted>("slow")[1]);
        Assert.Equal(PendingNews.MaxFires, next.Fires.Length);
        Assert.True(next.Sequence > first.Sequence + 1, "Fires were left out: watchers must read again.");
        Assert.Equal(PendingNews.MaxAnswers, _streams.Of<AnswersCommitted>("slow")[1].PromptIds.Length);
        Assert.Equal(1, _streams.MostAtOnce("slow"));
    }

    [Fact]
    public async Task A_workspace_is_told_at_most_five_times_a_second()
    {
        var started = _time.GetUtcNow();
        for (var fires = 1; fires <= 200; fires++)
        {
            _publisher.Committed([Fired("busy", fires)]);
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        await Until(() => Told("busy") is [.., 200]);
        Assert.InRange(Told("busy").Length, 1, 1 + (int)Math.Ceiling((_time.GetUtcNow() - started) / TimeSpan.FromMilliseconds(200)));
        Assert.Equal(Told("busy").Order(), Told("busy"));
    }

    [Fact]
    public async Task A_message_that_fails_does_not_end_the_telling()
    {
        _streams.FailNext("acme");
        _publisher.Committed([Fired("acme", 1)]);
        await Until(() => _streams.Failed("acme"));
        _publisher.Committed([Fired("acme", 2)]);
        await Until(() => Told("acme") is [2]);
    }

    private static Commit Fired(string workspace, long fires, DateTimeOffset? hour = null)
    {
        var counters = Counters.Zero with { Verdicts = Counters.Zero.Verdicts.SetItem((int)Verdict.NoMoment, fires) };
        var prompt = new Prompt
        {
            Id = Guid.NewGuid(),
            Event = "e",
            UserKey = "u:a",
            GrantedAt = Hour,
            LeaseUntil = Hour,
            LiveUntil = Hour,
            Question = "?",
            DefinitionVersion = 1,
            Test = false,
        };
        return new Commit(
            workspace, [new EventTotals("e", 1, Hour, Hour, counters, hour ?? Hour, counters)],
            [new RecentFire(Guid.NewGuid(), "e", Hour, Hour, null, Verdict.NoMoment, null, Test: false)], [prompt]);
    }

    private long[] Told(string workspace) => [.. _streams.Of<TotalsChanged>(workspace).Select(static t => t.Totals[0].AllTime.Fires)];

    private async Task Until(Func<bool> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        do
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "It did not come to hold within 10 s.");
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(1);
        }
        while (!holds());
    }
}
