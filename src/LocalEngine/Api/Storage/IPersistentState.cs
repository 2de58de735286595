using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A grain's stored value, injected by <see cref="PersistentStateAttribute"/> and read before <c>OnActivateAsync</c>.</summary>
public interface IPersistentState<TState> : IStorage<TState>
{
}
