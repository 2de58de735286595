using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.Activations;

public interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>Which activation answers, by a number of its own.</summary>
    Task<int> ActivationAsync();

    Task<int> EndAsync();

    /// <summary>Ends the activation and then waits for the gate.</summary>
    Task EndAndWaitAsync(string gate);
}

/// <summary>The key's first word says how it behaves.</summary>
internal sealed class LifeGrain : Grain, ILifeGrain, IDisposable
{
    private static int _count;
    private readonly int _activation = Interlocked.Increment(ref _count);

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Journal.Write(Key, "activated");
        if (Key.StartsWith("fails-once", StringComparison.Ordinal) && Journal.Count(Key, "activated") == 1)
        {
            throw new InvalidOperationException("Not today.");
        }

        if (Key.StartsWith("ends-at-once", StringComparison.Ordinal))
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (Key.StartsWith("ends-slowly", StringComparison.Ordinal))
        {
            Journal.Write(Key, "deactivating");
            await Journal.GateAsync(Key);
        }

        Journal.Write(Key, $"{reason.ReasonCode}");
        if (Key.StartsWith("ends-badly", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("Not today.");
        }
    }

    public void Dispose() => Journal.Write(Key, "disposed");

    public Task<int> ActivationAsync() => Task.FromResult(_activation);

    public Task<int> EndAsync()
    {
        DeactivateOnIdle();
        return Task.FromResult(_activation);
    }

    public async Task EndAndWaitAsync(string gate)
    {
        DeactivateOnIdle();
        Journal.Write(gate, "waiting");
        await Journal.GateAsync(gate);
    }
}
