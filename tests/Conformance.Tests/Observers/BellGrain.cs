using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.Observers;

public interface IListener : IGrainObserver
{
    Task<int> OnRungAsync(List<int> strokes);

    Task OnBrokenAsync(string message);

    void OnQuietRing(int stroke);
}

public interface IBellGrain : IGrainWithStringKey
{
    Task JoinAsync(IListener listener);

    Task<int> RingAsync(List<int> strokes);

    Task BreakAsync(string message);

    Task RingQuietlyAsync(int strokes);
}

internal sealed class BellGrain : Grain, IBellGrain
{
    private IListener? _listener;

    public Task JoinAsync(IListener listener)
    {
        _listener = listener;
        return Task.CompletedTask;
    }

    public Task<int> RingAsync(List<int> strokes) => _listener!.OnRungAsync(strokes);

    public Task BreakAsync(string message) => _listener!.OnBrokenAsync(message);

    public Task RingQuietlyAsync(int strokes)
    {
        for (var stroke = 0; stroke < strokes; stroke++)
        {
            _listener!.OnQuietRing(stroke);
        }

        return Task.CompletedTask;
    }
}

/// <summary>An object outside any grain.</summary>
internal sealed class Listener(string key) : IListener
{
    public Task<int> OnRungAsync(List<int> strokes)
    {
        strokes.Add(100);
        return Task.FromResult(strokes.Sum());
    }

    public async Task OnBrokenAsync(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public void OnQuietRing(int stroke) => Journal.Write(key, $"{stroke}");
}
