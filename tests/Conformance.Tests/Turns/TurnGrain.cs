using Conclude.Conformance.Tests.Engine;
using Orleans.Concurrency;

namespace Conclude.Conformance.Tests.Turns;

public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Notes its number at begin and end with awaits between.</summary>
    Task StepAsync(int number);

    /// <summary>Waits until <see cref="OpenAsync"/> was called.</summary>
    Task<string> WaitAsync();

    [AlwaysInterleave]
    Task OpenAsync();

    /// <summary>Runs several loops at once inside one call; the number of times two of them ran at the same time.</summary>
    Task<int> RunLoopsAsync(int loops, int rounds);

    Task<int> ActivationsAsync();
}

internal sealed class TurnGrain : Grain, ITurnGrain
{
    private readonly TaskCompletionSource _opened = new();
    private int _inside;
    private int _overlaps;
    private int _rounds;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Journal.Write(this.GetPrimaryKeyString() + "activations", "activated");
        return Task.CompletedTask;
    }

    public async Task StepAsync(int number)
    {
        Journal.Write(this.GetPrimaryKeyString(), $"+{number}");
        await Task.Yield();
        await Task.Run(static () => Thread.Yield());
        Journal.Write(this.GetPrimaryKeyString(), $"-{number}");
    }

    public async Task<string> WaitAsync()
    {
        Journal.Write(this.GetPrimaryKeyString(), "waiting");
        await _opened.Task;
        return "opened";
    }

    public Task OpenAsync()
    {
        _opened.TrySetResult();
        return Task.CompletedTask;
    }

    public async Task<int> RunLoopsAsync(int loops, int rounds)
    {
        _rounds = 0;
        var scheduler = TaskScheduler.Current;
        await Task.WhenAll(Enumerable.Range(0, loops).Select(async _ =>
        {
            for (var round = 0; round < rounds; round++)
            {
                await Task.Run(static () => Thread.SpinWait(50));
                if (Interlocked.Increment(ref _inside) > 1 || TaskScheduler.Current != scheduler)
                {
                    Interlocked.Increment(ref _overlaps);
                }

                // Gives the processor away inside the turn: on one core, too, another continuation could come in between.
                Thread.Yield();
                Thread.SpinWait(200);
                _rounds++;
                Interlocked.Decrement(ref _inside);
            }
        }));
        return _overlaps + (loops * rounds) - _rounds;
    }

    public Task<int> ActivationsAsync() => Task.FromResult(Journal.Count(this.GetPrimaryKeyString() + "activations", "activated"));
}
