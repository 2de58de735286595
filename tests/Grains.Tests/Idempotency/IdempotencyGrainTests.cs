using Conclude.Grains.Idempotency;
using Conclude.Grains.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Conclude.Grains.Tests.Idempotency;

/// <summary>Proves on a real engine that a request under an idempotency key is given out once, for a day, in bounded memory.</summary>
public sealed class IdempotencyGrainTests
{
    private static readonly KeptAnswer Answer = new(201, "application/json", null, "\"1\"", "AAEC");

    [Fact]
    public async Task One_attempt_at_a_time_runs_and_what_it_was_answered_is_kept_for_a_day()
    {
        await using var cluster = await Cluster.Start();
        var grain = cluster.Grains.Idempotency("acme");
        var attempt = Guid.NewGuid();
        Assert.Equal(IdempotencyStatus.Started, await Begin(grain, attempt: attempt));
        Assert.Equal(IdempotencyStatus.Running, await Begin(grain));
        Assert.Equal(IdempotencyStatus.Reused, await Begin(grain, fingerprint: "other"));
        await grain.Finish("key", Guid.NewGuid(), Answer);
        Assert.Equal(IdempotencyStatus.Running, await Begin(grain));
        await grain.Finish("key", attempt, Answer);
        Assert.Equal(new IdempotencyStart(IdempotencyStatus.Answered, Answer), await grain.Begin("key", "print", Guid.NewGuid()));
        Assert.Equal(IdempotencyStatus.Started, await Begin(cluster.Grains.Idempotency("other")));

        cluster.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(IdempotencyStatus.Answered, await Begin(grain));
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(IdempotencyStatus.Started, await Begin(grain));
    }

    [Fact]
    public async Task A_request_that_kept_nothing_or_died_runs_again()
    {
        await using var cluster = await Cluster.Start();
        var grain = cluster.Grains.Idempotency("acme");
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await Begin(grain, attempt: first);
        await grain.Finish("key", first, answer: null);
        Assert.Equal(IdempotencyStatus.Started, await Begin(grain, attempt: first));

        cluster.Time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(IdempotencyStatus.Running, await Begin(grain));
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(IdempotencyStatus.Started, await Begin(grain, attempt: second));
        // The one that was given up comes late: the other is still running.
        await grain.Finish("key", first, Answer);
        Assert.Equal(IdempotencyStatus.Running, await Begin(grain));
    }

    [Fact]
    public async Task A_workspace_may_have_so_many_in_a_day_and_no_more()
    {
        await using var cluster = await Cluster.Start();
        var grain = cluster.Grains.Idempotency("acme");
        for (var i = 0; i < IdempotencyGrain.MaxRequests; i++)
        {
            Assert.Equal(IdempotencyStatus.Started, await Begin(grain, key: $"key{i}"));
        }

        Assert.Equal(IdempotencyStatus.Full, await Begin(grain));
        Assert.Equal(IdempotencyStatus.Running, await Begin(grain, key: "key7"));
        cluster.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1));
        await grain.Sweep();
        Assert.Equal(IdempotencyGrain.MaxRequests, await Stored(cluster, grain));
        cluster.Time.Advance(TimeSpan.FromMinutes(1));
        await grain.Sweep();
        Assert.Equal(0, await Stored(cluster, grain));
        Assert.Equal(IdempotencyStatus.Started, await Begin(grain));
    }

    [Fact]
    public async Task Long_answers_use_up_the_room_of_short_ones()
    {
        await using var cluster = await Cluster.Start();
        var grain = cluster.Grains.Idempotency("acme");
        var attempt = Guid.NewGuid();
        await Begin(grain, attempt: attempt);
        await grain.Finish("key", attempt, Answer with { Body = new string('A', 1 << 20) });
        Assert.Equal((IdempotencyStatus.Full, IdempotencyStatus.Answered), (await Begin(grain, key: "next"), await Begin(grain)));
    }

    private static async Task<int> Stored(Cluster cluster, IIdempotencyGrain grain)
    {
        var read = new GrainState<IdempotencyState> { State = new IdempotencyState() };
        await cluster.Process(0).GetRequiredKeyedService<IGrainStorage>(Storage.Provider).ReadStateAsync(Storage.Idempotency, grain.GetGrainId(), read);
        return read.State.Requests.Count;
    }

    private static async Task<IdempotencyStatus> Begin(IIdempotencyGrain grain, string key = "key", string fingerprint = "print", Guid? attempt = null) =>
        (await grain.Begin(key, fingerprint, attempt ?? Guid.NewGuid())).Status;
}
