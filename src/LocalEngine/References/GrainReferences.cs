using Orleans;
using Orleans.Runtime;

namespace Conclude.LocalEngine.References;

/// <summary>Turns what is passed as a grain into a reference.</summary>
internal static class GrainReferences
{
    /// <exception cref="NotSupportedException">An observer object was passed instead of its reference.</exception>
    /// <exception cref="ArgumentException">The grain was not made by the engine.</exception>
    internal static object For(IAddressable addressable, Type interfaceType) => addressable switch
    {
        GrainReference reference when interfaceType.IsInstanceOfType(reference) => reference,
        GrainReference reference => reference.Engine.Factory.CreateReference(interfaceType, reference.GrainId),
        IGrainBase { GrainContext: Activation activation } => activation.Engine.Factory.CreateReference(interfaceType, activation.GrainId),
        IGrainObserver observer => throw new NotSupportedException($"{observer.GetType()} is an observer: pass what CreateObjectReference returned."),
        _ => throw new ArgumentException($"{addressable.GetType()} is neither a grain reference nor a grain made by the engine.", nameof(addressable)),
    };
}
