using System.Collections.Concurrent;
using Conclude.LocalEngine.Observers;
using Orleans;
using Orleans.Runtime;

namespace Conclude.LocalEngine.References;

internal sealed class GrainFactory(Engine engine) : IClusterClient
{
    private readonly ConcurrentDictionary<(Type Interface, GrainType Type), ReferenceTarget> _targets = new();
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), ReferenceTarget> _byInterface = new();

    public IServiceProvider ServiceProvider => engine.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        var target = _byInterface.GetOrAdd((typeof(TGrainInterface), grainClassNamePrefix), static (key, self) => self.Find(key.Interface, key.Prefix), this);
        return (TGrainInterface)(object)target.Proxy.Create(target, IdSpan.Create(primaryKey));
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)CreateReference(typeof(TGrainInterface), grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference or not TGrainObserverInterface)
        {
            throw new ArgumentException($"The object must implement {typeof(TGrainObserverInterface)} and not be a reference itself.", nameof(obj));
        }

        return GetGrain<TGrainObserverInterface>(engine.Observers.Add(obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference || !engine.Observers.Remove(reference.GrainId))
        {
            throw new ArgumentException("Not a living reference of an observer.", nameof(obj));
        }
    }

    internal GrainReference CreateReference(Type interfaceType, GrainId grainId)
    {
        var target = _targets.GetOrAdd((interfaceType, grainId.Type), static (key, self) => self.Find(key.Interface, key.Type), this);
        return target.Proxy.Create(target, grainId.Key);
    }

    private ReferenceTarget Find(Type interfaceType, string? prefix)
    {
        var grainClass = engine.Classes.Get(interfaceType, prefix);
        return _targets.GetOrAdd((interfaceType, grainClass.GrainType), static (key, self) => self.Find(key.Interface, key.Type), this);
    }

    private ReferenceTarget Find(Type interfaceType, GrainType type) =>
        new(engine, ProxyType.For(interfaceType), type, type == ObserverDirectory.Type ? null : engine.Classes.Get(type));
}
