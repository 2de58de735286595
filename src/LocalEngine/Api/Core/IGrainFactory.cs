using Orleans.Runtime;

namespace Orleans;

/// <summary>Makes references. Making one neither activates nor checks a grain.</summary>
public interface IGrainFactory
{
    /// <exception cref="ArgumentException">The key is blank, or no registered class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;

    /// <summary>
    /// Makes a reference through which grains can call <paramref name="obj"/>. The engine holds the object weakly:
    /// the caller keeps it alive and ends the reference with <see cref="DeleteObjectReference{T}"/>.
    /// </summary>
    TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <exception cref="ArgumentException"><paramref name="obj"/> is not a living reference made by <see cref="CreateObjectReference{T}"/>.</exception>
    void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;
}
