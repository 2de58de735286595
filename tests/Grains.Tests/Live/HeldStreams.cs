using System.Collections.Concurrent;
using NSubstitute;
using Orleans.Streams;

namespace Conclude.Grains.Tests.Live;

/// <summary>Streams that keep what they are told, by workspace, and that hang or fail when a test says so.</summary>
internal sealed class HeldStreams : IStreamProvider
{
    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    public string Name => "held";

    public bool IsRewindable => false;

    public IAsyncStream<T> GetStream<T>(StreamId streamId)
    {
        var place = Of(streamId.GetKeyAsString());
        var stream = Substitute.For<IAsyncStream<T>>();
        stream.OnNextAsync(default!).ReturnsForAnyArgs(call => place.Tell(call.ArgAt<T>(0)!));
        return stream;
    }

    /// <summary>Messages take no end from now on.</summary>
    public void Hold(string workspace) => Of(workspace).Held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release(string workspace)
    {
        var place = Of(workspace);
        (place.Held, var held) = (null, place.Held);
        held!.SetResult();
    }

    public void FailNext(string workspace) => Of(workspace).Fails = true;

    public bool Failed(string workspace) => !Of(workspace).Fails;

    public int MostAtOnce(string workspace) => Of(workspace).MostAtOnce;

    public T[] Of<T>(string workspace) => [.. Of(workspace).Told.OfType<T>()];

    private Place Of(string workspace) => _places.GetOrAdd(workspace, static _ => new Place());

    private sealed class Place
    {
        private int _now;

        public ConcurrentQueue<object> Told { get; } = new();

        public TaskCompletionSource? Held { get; set; }

        public bool Fails { get; set; }

        public int MostAtOnce { get; private set; }

        public async Task Tell(object message)
        {
            if (Fails)
            {
                Fails = false;
                throw new InvalidOperationException("The stream is broken.");
            }

            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            Told.Enqueue(message);
            await (Held?.Task ?? Task.CompletedTask);
            Interlocked.Decrement(ref _now);
        }
    }
}
