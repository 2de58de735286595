using Conclude.Conformance.Tests.Engine;
using Orleans.Concurrency;

namespace Conclude.Conformance.Tests.Timers;

public interface ITimerGrain : IGrainWithStringKey
{
    Task StartAsync(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive);

    Task ChangeAsync(TimeSpan due, TimeSpan period);

    Task StopAsync();

    /// <summary>Waits until the gate is open.</summary>
    Task WaitAsync(string gate);

    Task EndAsync();

    [AlwaysInterleave]
    Task NothingAsync();
}

/// <summary>The key's first word says what its timer does.</summary>
internal sealed class TimerGrain : Grain, ITimerGrain
{
    private IGrainTimer? _timer;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Journal.Write(Key, "deactivated");
        return Task.CompletedTask;
    }

    public Task StartAsync(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(TickAsync, "tick", new GrainTimerCreationOptions(due, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task ChangeAsync(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task WaitAsync(string gate)
    {
        Journal.Write(Key, "waiting");
        await Journal.GateAsync(gate);
        Journal.Write(Key, "waited");
    }

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task NothingAsync() => Task.CompletedTask;

    private async Task TickAsync(string entry, CancellationToken cancellationToken)
    {
        Journal.Write(Key, entry);
        if (Key.StartsWith("fails", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("Not today.");
        }

        if (Key.StartsWith("slow", StringComparison.Ordinal))
        {
            await Journal.GateAsync(Key);
        }
    }
}
