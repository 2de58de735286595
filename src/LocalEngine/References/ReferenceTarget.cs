using Orleans.Runtime;

namespace Conclude.LocalEngine.References;

/// <summary>What all references of one interface to one kind of target share.</summary>
internal sealed record ReferenceTarget(Engine Engine, ProxyType Proxy, GrainType GrainType, GrainClass? Class);
