using Orleans;
using Orleans.Runtime;

namespace Conclude.LocalEngine;

/// <summary>What all activations of one grain class share.</summary>
internal sealed class GrainClass
{
    private readonly Func<Activation, object> _create;

    internal GrainClass(Engine engine, Type type)
    {
        Engine = engine;
        Type = type;
        GrainType = GrainType.Create(NameOf(type));
        Interfaces = [.. type.GetInterfaces().Where(static candidate => typeof(IGrainWithStringKey).IsAssignableFrom(candidate) && candidate != typeof(IGrainWithStringKey))];
        CollectionAge = engine.ToTicks(engine.Collection.ClassSpecificCollectionAge.GetValueOrDefault(type.FullName!, engine.Collection.CollectionAge));
        HasOnActivate = Overrides(nameof(IGrainBase.OnActivateAsync));
        HasOnDeactivate = Overrides(nameof(IGrainBase.OnDeactivateAsync));
        Subscriptions = [.. Attribute.GetCustomAttributes(type, typeof(ImplicitStreamSubscriptionAttribute)).Cast<ImplicitStreamSubscriptionAttribute>()];
        _create = GrainActivator.Compile(type);
    }

    internal Engine Engine { get; }

    internal Type Type { get; }

    internal GrainType GrainType { get; }

    /// <summary>The grain interfaces it implements; never empty.</summary>
    internal Type[] Interfaces { get; }

    /// <summary>In ticks of the engine's clock.</summary>
    internal long CollectionAge { get; }

    internal bool HasOnActivate { get; }

    internal bool HasOnDeactivate { get; }

    internal ImplicitStreamSubscriptionAttribute[] Subscriptions { get; }

    internal object Create(Activation activation) => _create(activation);

    private static string NameOf(Type type)
    {
        const string Suffix = "grain";
        var name = type.Name.ToLowerInvariant();
        return name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
    }

    private bool Overrides(string method) =>
        !Type.IsSubclassOf(typeof(Grain)) || Type.GetMethod(method)?.DeclaringType != typeof(Grain);
}
