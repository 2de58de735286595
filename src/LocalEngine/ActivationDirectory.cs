using System.Collections.Concurrent;
using Conclude.LocalEngine.Calls;
using Orleans;
using Orleans.Runtime;

namespace Conclude.LocalEngine;

/// <summary>The living activations: at most one for a grain.</summary>
internal sealed class ActivationDirectory
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private volatile bool _closed;

    /// <summary>Closed: no activation is made any more.</summary>
    internal bool IsClosed => _closed;

    internal int Count => _activations.Count;

    /// <summary>How many there are of each type; walks over all of them.</summary>
    internal IReadOnlyDictionary<GrainType, int> CountByType()
    {
        Dictionary<GrainType, int> counts = [];
        foreach (var (id, _) in _activations)
        {
            counts[id.Type] = counts.GetValueOrDefault(id.Type) + 1;
        }

        return counts;
    }

    internal void Send(GrainClass grainClass, GrainId grainId, Request request)
    {
        while (true)
        {
            if (!_activations.TryGetValue(grainId, out var activation))
            {
                if (_closed)
                {
                    request.Fail(new SiloUnavailableException("The engine is stopping and activates no grains."));
                    return;
                }

                activation = _activations.GetOrAdd(grainId, static (id, ofClass) => new Activation(ofClass, id), grainClass);
            }

            if (activation.TryEnqueue(request))
            {
                return;
            }
        }
    }

    internal void Remove(Activation activation) => _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));

    internal void Replace(Activation activation, Activation successor) => _activations.TryUpdate(activation.GrainId, successor, activation);

    internal void DeactivateIdle(long now)
    {
        foreach (var (_, activation) in _activations)
        {
            activation.DeactivateIfIdle(now);
        }
    }

    /// <summary>Ends every activation; returns when all are gone or the token is cancelled.</summary>
    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        _closed = true;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The engine is stopping.");
        while (!_activations.IsEmpty && !cancellationToken.IsCancellationRequested)
        {
            foreach (var (_, activation) in _activations)
            {
                activation.Deactivate(reason);
            }

            // The host's clock, not the engine's: a host that stops waits in real time.
            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        }
    }
}
