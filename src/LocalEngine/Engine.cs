using Conclude.LocalEngine.Calls;
using Conclude.LocalEngine.Observers;
using Conclude.LocalEngine.References;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Conclude.LocalEngine;

/// <summary>The parts of one engine and the one way a request takes to its target.</summary>
internal sealed class Engine : IDisposable
{
    private const string Stopping = "The engine is stopping and takes no calls.";
    private readonly IdleCollector _collector;
    private readonly EngineMetrics _metrics;
    private volatile bool _closedToOutside;
    private int _delivering;

    public Engine(
        IServiceProvider services,
        TimeProvider time,
        GrainRegistry registry,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        ILogger<Engine> logger)
    {
        Services = services;
        Time = time;
        Collection = collection.Value;
        Settings.Check(Collection, messaging.Value);
        Log = new EngineLog(logger);
        Directory = new ActivationDirectory();
        Observers = new ObserverDirectory();
        Pending = new PendingCalls(time, messaging.Value.ResponseTimeout);
        Classes = new GrainClasses(this, registry);
        Factory = new GrainFactory(this);
        _collector = new IdleCollector(this);
        _metrics = new EngineMetrics(Directory);
    }

    internal IServiceProvider Services { get; }

    internal TimeProvider Time { get; }

    internal GrainCollectionOptions Collection { get; }

    internal EngineLog Log { get; }

    internal ActivationDirectory Directory { get; }

    internal ObserverDirectory Observers { get; }

    internal PendingCalls Pending { get; }

    internal GrainClasses Classes { get; }

    internal GrainFactory Factory { get; }

    /// <summary>The engine's clock in its own ticks.</summary>
    internal long Now => Time.GetTimestamp();

    internal long ToTicks(TimeSpan span) => (long)(span.TotalSeconds * Time.TimestampFrequency);

    private bool IsClosedToCaller => _closedToOutside && RuntimeContext.Current is null;

    internal void RefuseOutsideCallsWhenStopping()
    {
        if (IsClosedToCaller)
        {
            throw new SiloUnavailableException(Stopping);
        }
    }

    /// <summary>A stream subscriber has events waiting; a stop waits for it.</summary>
    internal void BeginDelivering() => Interlocked.Increment(ref _delivering);

    internal void EndDelivering() => Interlocked.Decrement(ref _delivering);

    internal void Send(ReferenceTarget target, GrainId grainId, Request request)
    {
        if (IsClosedToCaller)
        {
            request.Fail(new SiloUnavailableException(Stopping));
        }
        else if (target.Class is { } grainClass)
        {
            Directory.Send(grainClass, grainId, request);
        }
        else
        {
            Observers.Send(grainId, request);
        }
    }

    /// <summary>
    /// Takes no calls from outside, lets running ones end for at most <paramref name="drain"/>, ends every activation and
    /// fails whatever still waits.
    /// </summary>
    internal async Task StopAsync(TimeSpan drain, CancellationToken cancellationToken)
    {
        _closedToOutside = true;
        var drained = TimeProvider.System.GetTimestamp();
        while (!(Pending.IsEmpty && Volatile.Read(ref _delivering) == 0) && !cancellationToken.IsCancellationRequested && TimeProvider.System.GetElapsedTime(drained) < drain)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        }

        // Grains that wait for each other end when their calls do.
        var reason = new SiloUnavailableException("The engine stopped before the call was answered.");
        Pending.FailAll(reason);

        // An activation whose call never ends can not be ended either; it must not keep the process.
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Collection.DeactivationTimeout);
        await Directory.CloseAsync(bound.Token);
        Pending.FailAll(reason);
        Dispose();
    }

    public void Dispose()
    {
        _closedToOutside = true;
        _collector.Dispose();
        _metrics.Dispose();
        Pending.Dispose();
    }
}
