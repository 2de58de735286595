using System.Reflection;
using Orleans;

namespace Conclude.LocalEngine;

/// <summary>The grain classes of the registered assemblies, in no engine yet.</summary>
internal sealed class GrainRegistry
{
    private readonly HashSet<Type> _types = [];

    internal IReadOnlyCollection<Type> Types => _types;

    internal void Add(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes())
        {
            if (type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
                && typeof(IGrain).IsAssignableFrom(type) && typeof(IGrainBase).IsAssignableFrom(type))
            {
                _types.Add(type);
            }
        }
    }
}
