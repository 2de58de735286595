namespace Conclude.LocalEngine;

/// <summary>The one loop that ends idle activations, every <c>CollectionQuantum</c>.</summary>
internal sealed class IdleCollector : IDisposable
{
    private readonly ITimer _timer;

    internal IdleCollector(Engine engine) => _timer = engine.Time.CreateTimer(
        static state => ((Engine)state!).Directory.DeactivateIdle(((Engine)state).Now),
        engine,
        engine.Collection.CollectionQuantum,
        engine.Collection.CollectionQuantum);

    public void Dispose() => _timer.Dispose();
}
