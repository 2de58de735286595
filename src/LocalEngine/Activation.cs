using Conclude.LocalEngine.Calls;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Conclude.LocalEngine;

/// <summary>
/// One living grain: its queue of requests and the rule that one non-interleaving request runs at a time. Lifecycle in
/// Activation.Lifecycle.cs. Every field is guarded by <c>lock (_turns)</c>; grain code never runs under it.
/// </summary>
internal sealed partial class Activation : IGrainContext
{
    /// <summary>Requests begun in a row before other activations get the thread.</summary>
    private const int Quantum = 64;

    /// <summary>From activations that ended while they activated; Orleans' default.</summary>
    private const int MaxForwards = 2;

    private readonly GrainClass _class;
    private readonly TurnScheduler _turns;
    private RequestQueue _waiting;
    private Request? _blocking;
    private ActivationExtras? _extras;
    private long _lastUsed;
    private int _running;
    private ActivationState _state;
    private bool _ending;
    private bool _servedNothing;

    internal Activation(GrainClass grainClass, GrainId grainId)
    {
        _class = grainClass;
        GrainId = grainId;
        _turns = new TurnScheduler(this);
    }

    public GrainId GrainId { get; }

    public object? GrainInstance { get; private set; }

    public GrainReference GrainReference => Engine.Factory.CreateReference(_class.Interfaces[0], GrainId);

    internal Engine Engine => _class.Engine;

    internal GrainClass Class => _class;

    internal ActivationExtras Extras
    {
        get
        {
            lock (_turns)
            {
                return _extras ??= new();
            }
        }
    }

    /// <summary>False: this activation has ended and the caller must look the grain up again.</summary>
    internal bool TryEnqueue(Request request)
    {
        lock (_turns)
        {
            if (_state == ActivationState.Invalid)
            {
                return false;
            }

            _waiting.Enqueue(request);
            if (_blocking is not null && !request.Interleaves)
            {
                return true;
            }
        }

        _turns.AskForPump();
        return true;
    }

    /// <summary>Queues a tick of a timer of this activation, unless the activation is ending.</summary>
    internal bool TryEnqueueTick(Request tick)
    {
        lock (_turns)
        {
            if (_ending || _state is not (ActivationState.Valid or ActivationState.Activating))
            {
                return false;
            }
        }

        return TryEnqueue(tick);
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_turns)
        {
            if (!TryEnd(deactivationReason))
            {
                return;
            }
        }

        _turns.AskForPump();
    }

    /// <summary>Ends the activation if nothing runs or waits and it was not used for as long as its class says.</summary>
    internal void DeactivateIfIdle(long now)
    {
        lock (_turns)
        {
            if (_state != ActivationState.Valid || _running > 0 || !_waiting.IsEmpty
                || now - _lastUsed < _class.CollectionAge
                || !TryEnd(new(DeactivationReasonCode.ActivationIdle, "This activation has become idle.")))
            {
                return;
            }
        }

        _turns.AskForPump();
    }

    /// <summary>Begins what may begin. Runs on the activation's scheduler.</summary>
    internal void Pump()
    {
        for (var count = 0; count < Quantum; count++)
        {
            Request? next;
            lock (_turns)
            {
                if (_state == ActivationState.Created)
                {
                    _state = ActivationState.Activating;
                    next = null;
                }
                else if (_state != ActivationState.Valid)
                {
                    return;
                }
                else if (_ending)
                {
                    if (_running > 0)
                    {
                        return;
                    }

                    _state = ActivationState.Deactivating;
                    next = null;
                }
                else if (_waiting.TryDequeue(onlyInterleaving: _blocking is not null, out next))
                {
                    _running++;
                    if (!next.Interleaves)
                    {
                        _blocking = next;
                    }
                }
                else
                {
                    return;
                }
            }

            if (next is null)
            {
                ContinueLifecycle();
                return;
            }

            var run = next.RunAsync(GrainInstance!);
            if (run.IsCompleted)
            {
                EndTurn(next);
            }
            else
            {
                _ = EndTurnLaterAsync(run, next);
            }
        }

        _turns.AskForPump();
    }

    private async Task EndTurnLaterAsync(ValueTask run, Request request)
    {
        await run;
        EndTurn(request);
        Pump();
    }

    /// <summary>The turn ends before the caller hears of it, so that what the caller does next finds the activation as the call left it.</summary>
    private void EndTurn(Request request)
    {
        lock (_turns)
        {
            _running--;
            if (ReferenceEquals(_blocking, request))
            {
                _blocking = null;
            }

            if (request.KeepsAlive)
            {
                _lastUsed = Engine.Now;
            }

            if (request.Error is InconsistentStateException { IsSourceActivation: true } conflict)
            {
                conflict.IsSourceActivation = false;
                TryEnd(new(DeactivationReasonCode.ApplicationError, conflict, "The stored state was changed by another activation."));
            }
        }

        request.Respond();
    }

    private bool TryEnd(DeactivationReason reason)
    {
        if (_ending || _state is ActivationState.Deactivating or ActivationState.Invalid)
        {
            return false;
        }

        _ending = true;
        (_extras ??= new()).Reason = reason;
        return true;
    }
}
