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
    private bool _isActivated;

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _isActivated = true;
        Journal.Write(Key, "activated");
        if (Key.StartsWith("begins-slowly", StringComparison.Ordinal))
        {
            await Journal.GateAsync(Key);
        }

        if (Key.Contains("fails-once", StringComparison.Ordinal) && Journal.Count(Key, "activated") == 1)
        {
            throw new InvalidOperationException("Not today.");
        }

        if (Key.StartsWith("ends-at-once", StringComparison.Ordinal))
        {
            DeactivateOnIdle();
        }
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

    /// <summary>An instance that lost the race of two silos for one grain goes before it is activated.</summary>
    public void Dispose()
    {
        if (_isActivated)
        {
            Journal.Write(Key, "disposed");
        }
    }

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
