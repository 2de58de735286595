using System.Diagnostics;
using Conclude.LocalEngine.Copying;
using Orleans.Runtime;

namespace Conclude.LocalEngine.Calls;

/// <summary>One call of one method. Arguments were copied by the sender, the result is copied here.</summary>
internal sealed class GrainCall<TArgs, TResult> : AwaitedRequest
{
    private readonly Engine _engine;
    private readonly MethodDescriptor<TArgs, TResult> _method;
    private readonly GrainId _target;
    private readonly TaskCompletionSource<TResult>? _completion;
    private readonly CancellationTokenSource? _calleeCancellation;
    private readonly CancellationTokenRegistration _callerCancellation;
    private readonly Activity? _span = Activity.Current;
    private TArgs _args;
    private TResult? _result;
    private TaskScheduler? _scheduler;

    internal GrainCall(Engine engine, MethodDescriptor<TArgs, TResult> method, GrainId target, TArgs args)
        : base(engine.Pending)
    {
        _engine = engine;
        _method = method;
        _target = target;
        _args = args;
        if (method.OneWay)
        {
            return;
        }

        _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Pending.Add(this);
        if (method.Token is { } token && token.Read(args) is { CanBeCanceled: true } callerToken)
        {
            // The callee gets a token of its own, so that its callbacks run on its own scheduler and not on the canceller's thread.
            _calleeCancellation = new CancellationTokenSource();
            _args = token.Replace(args, _calleeCancellation.Token);
            _callerCancellation = callerToken.UnsafeRegister(static (call, reason) => ((GrainCall<TArgs, TResult>)call!).Cancel(reason), this);
        }
    }

    internal Task<TResult>? Task => _completion?.Task;

    internal override bool Interleaves => _method.AlwaysInterleave;

    internal override bool IsAbandoned => _completion?.Task.IsCompleted ?? false;

    internal override ValueTask RunAsync(object target)
    {
        if (_span is null)
        {
            return InvokeAsync(target);
        }

        // Nothing else of the caller's execution context flows into a grain; the span is the trace's only thread through it.
        var outer = Activity.Current;
        Activity.Current = _span;
        try
        {
            return InvokeAsync(target);
        }
        finally
        {
            Activity.Current = outer;
        }
    }

    private ValueTask InvokeAsync(object target)
    {
        try
        {
            if (_calleeCancellation is not null)
            {
                // Either Cancel sees the scheduler, or this sees that Cancel came first.
                Interlocked.Exchange(ref _scheduler, TaskScheduler.Current);
                if (IsAbandoned)
                {
                    _ = _calleeCancellation.CancelAsync();
                }
            }

            var answer = _method.Invoke(target, _args);
            _args = default!;
            return TryKeep(answer) ? default : AwaitAsync(answer);
        }
        catch (Exception exception)
        {
            Error = exception;
            return default;
        }
    }

    internal override void Respond()
    {
        _callerCancellation.Dispose();
        if (_completion is null)
        {
            if (Error is not null)
            {
                _engine.Log.OneWayCallFailed(Describe(), Error);
            }

            return;
        }

        Pending.Remove(this);
        if (Error is null)
        {
            _completion.TrySetResult(_result!);
        }
        else
        {
            _completion.TrySetException(Error);
        }
    }

    internal override void TryFail(Exception reason)
    {
        _callerCancellation.Unregister();
        _completion?.TrySetException(reason);
    }

    internal override string Describe() => $"{_method.Name} on {_target.ForLog()}";

    private async ValueTask AwaitAsync(ValueTask<TResult> answer)
    {
        try
        {
            Keep(await answer);
        }
        catch (Exception exception)
        {
            Error = exception;
        }
    }

    private bool TryKeep(ValueTask<TResult> answer)
    {
        if (!answer.IsCompletedSuccessfully)
        {
            return false;
        }

#pragma warning disable VSTHRD002 // It is completed: most calls end here, without a state machine.
        Keep(answer.Result);
#pragma warning restore VSTHRD002
        return true;
    }

    private void Keep(TResult result) => _result = _method.SharesResult ? result : DeepCopier.Copy(result);

    private void Cancel(CancellationToken reason)
    {
        Pending.Remove(this);
        if (_completion!.TrySetException(new OperationCanceledException(reason)) && Interlocked.CompareExchange(ref _scheduler, null, null) is { } scheduler)
        {
            _ = System.Threading.Tasks.Task.Factory.StartNew(
                static source => ((CancellationTokenSource)source!).Cancel(), _calleeCancellation, CancellationToken.None, TaskCreationOptions.None, scheduler);
        }
    }
}
