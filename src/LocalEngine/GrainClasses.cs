using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Conclude.LocalEngine;

/// <summary>Which class stands behind an interface or a grain type.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _byInterface = new();

    internal GrainClasses(Engine engine, GrainRegistry registry)
    {
        foreach (var type in registry.Types)
        {
            var grainClass = new GrainClass(engine, type);
            if (grainClass.Interfaces.Length == 0)
            {
                throw new OrleansConfigurationException($"{type} implements no interface derived from IGrainWithStringKey.");
            }

            if (!_byType.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new OrleansConfigurationException($"{type} and {_byType[grainClass.GrainType].Type} have the same grain type '{grainClass.GrainType}'.");
            }
        }
    }

    internal IEnumerable<GrainClass> All => _byType.Values;

    /// <exception cref="ArgumentException">There is no class for the type.</exception>
    internal GrainClass Get(GrainType type) => _byType.TryGetValue(type, out var grainClass)
        ? grainClass
        : throw new ArgumentException($"Could not find a grain class for grain type '{type}'.", nameof(type));

    /// <exception cref="ArgumentException">There is no class for the interface, or more than one.</exception>
    internal GrainClass Get(Type interfaceType, string? prefix) =>
        _byInterface.GetOrAdd((interfaceType, prefix), static (key, self) => self.Find(key.Interface, key.Prefix), this);

    private GrainClass Find(Type interfaceType, string? prefix)
    {
        GrainClass[] candidates = [.. _byType.Values.Where(candidate => interfaceType.IsAssignableFrom(candidate.Type))];
        if (prefix is not null)
        {
            candidates = [.. candidates.Where(candidate => candidate.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal)
                || candidate.Type.Name.StartsWith(prefix, StringComparison.Ordinal))];
        }

        if (candidates.Length > 1)
        {
            // By convention IFooGrain is meant to be FooGrain.
            GrainClass[] named = [.. candidates.Where(candidate => interfaceType.Name == "I" + candidate.Type.Name)];
            candidates = named.Length == 1 ? named : candidates;
        }

        return candidates.Length switch
        {
            1 => candidates[0],
            0 => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}.", nameof(interfaceType)),
            _ => throw new ArgumentException($"Unable to identify a single implementation for interface {interfaceType}: "
                + string.Join(", ", candidates.Select(static candidate => candidate.Type)), nameof(interfaceType)),
        };
    }
}
