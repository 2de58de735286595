using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Conclude.LocalEngine.References;

/// <summary>The proxy class of one interface, emitted once in the process, and the descriptors of its methods in order.</summary>
internal sealed record ProxyType(Type Interface, object[] Methods, Func<ReferenceTarget, IdSpan, GrainReference> Create)
{
    private static readonly ConcurrentDictionary<Type, Lazy<ProxyType>> Emitted = new();

    /// <exception cref="NotSupportedException">The interface has a member that cannot be called through a reference.</exception>
    internal static ProxyType For(Type interfaceType) => Emitted.GetOrAdd(interfaceType, static type => new(() => ProxyFactory.Emit(type))).Value;
}
