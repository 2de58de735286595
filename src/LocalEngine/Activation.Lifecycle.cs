using Conclude.LocalEngine.Calls;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Conclude.LocalEngine;

/// <summary>How an activation begins and ends. Requests that arrive meanwhile wait and are never lost.</summary>
internal sealed partial class Activation
{
    private IServiceScope? _scope;

    public IServiceProvider ActivationServices => (_scope ??= Engine.Services.CreateScope()).ServiceProvider;

    private void ContinueLifecycle() => _ = _state == ActivationState.Activating ? ActivateAsync() : DeactivateAsync();

    private async Task ActivateAsync()
    {
        try
        {
            await StartGrainAsync();
        }
        catch (Exception exception)
        {
            Engine.Log.ActivationFailed(GrainId.ForLog(), exception);
            await ReleaseAsync();
            LeaveDirectory(successorAllowed: false).FailAll(exception);
            return;
        }

        lock (_turns)
        {
            _state = ActivationState.Valid;
            _lastUsed = Engine.Now;
            _servedNothing = _ending;
        }

        Pump();
    }

    private async Task StartGrainAsync()
    {
        GrainInstance = _class.Create(this);
        if (_extras?.Unread is null && !_class.HasOnActivate)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(Engine.Collection.ActivationTimeout, Engine.Time);
        try
        {
            if (_extras?.Unread is { } unread)
            {
                _extras.Unread = null;
                foreach (var value in unread)
                {
                    await value.ReadAsync(timeout.Token).WaitAsync(timeout.Token);
                }
            }

            if (_class.HasOnActivate)
            {
                await ((IGrainBase)GrainInstance).OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
            }
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"Activation of {GrainId.ForLog()} took longer than {Engine.Collection.ActivationTimeout}.", exception);
        }
    }

    private async Task DeactivateAsync()
    {
        DisposeTimers();
        if (_class.HasOnDeactivate)
        {
            try
            {
                using var timeout = new CancellationTokenSource(Engine.Collection.DeactivationTimeout, Engine.Time);
                await ((IGrainBase)GrainInstance!).OnDeactivateAsync(_extras!.Reason, timeout.Token).WaitAsync(timeout.Token);
            }
            catch (Exception exception)
            {
                Engine.Log.DeactivationFailed(GrainId.ForLog(), exception);
            }
        }

        await ReleaseAsync();
        if (_servedNothing)
        {
            RejectForwarded();
        }

        LeaveDirectory(successorAllowed: true).FailAll(new SiloUnavailableException($"The engine stopped before {GrainId.ForLog()} could answer."));
    }

    /// <summary>As Orleans does, else a grain that always ends itself while activating would activate for ever.</summary>
    private void RejectForwarded()
    {
        RequestQueue tired;
        lock (_turns)
        {
            tired = _waiting.TakeForwarded(MaxForwards);
        }

        tired.FailAll(new OrleansMessageRejectionException($"{GrainId.ForLog()} ended {MaxForwards + 1} times in a row before it answered anything."));
    }

    /// <summary>
    /// Gives the grain's place in the directory up. What waits goes, in order, to a successor that takes the place in the same
    /// step; so nothing overtakes it. Without one, what waits is returned.
    /// </summary>
    private RequestQueue LeaveDirectory(bool successorAllowed)
    {
        Activation successor;
        lock (_turns)
        {
            var waiting = _waiting.TakeAll();
            _state = ActivationState.Invalid;
            if (!successorAllowed || waiting.IsEmpty || Engine.Directory.IsClosed)
            {
                Engine.Directory.Remove(this);
                return waiting;
            }

            successor = new Activation(_class, GrainId) { _waiting = waiting };
            Engine.Directory.Replace(this, successor);
        }

        successor._turns.AskForPump();
        return default;
    }

    private async Task ReleaseAsync()
    {
        DisposeTimers();
        try
        {
            switch (GrainInstance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }

            if (_scope is IAsyncDisposable scope)
            {
                await scope.DisposeAsync();
            }
        }
        catch (Exception exception)
        {
            Engine.Log.DisposalFailed(GrainId.ForLog(), exception);
        }
    }

    private void DisposeTimers()
    {
        GrainTimer[] timers;
        lock (_turns)
        {
            timers = _extras?.Timers is { } own ? [.. own] : [];
        }

        Array.ForEach(timers, static timer => timer.Dispose());
    }

    internal void AddTimer(GrainTimer timer)
    {
        lock (_turns)
        {
            ((_extras ??= new()).Timers ??= []).Add(timer);
        }
    }

    internal void RemoveTimer(GrainTimer timer)
    {
        lock (_turns)
        {
            _extras?.Timers?.Remove(timer);
        }
    }
}
