using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Conclude.Grains.Live;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Wire;

/// <summary>
/// What silos of two versions must agree on, and stores keep: every grain interface, every type that crosses a call, a stream or a
/// storage, every name under which something is found again. One line each, found by reflection on the attributes of either engine.
/// </summary>
internal static class WireFacts
{
    private static readonly Assembly[] Own = [typeof(GrainKeys).Assembly, typeof(ILedger).Assembly];

    /// <summary>Grain interfaces and observers.</summary>
    public static ImmutableArray<Type> Interfaces { get; } =
        [.. Written().Where(static t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t))];

    /// <summary>Every type of ours that is marked to cross, or that something that crosses refers to.</summary>
    public static ImmutableArray<Type> Types { get; } = [.. Crossing().OrderBy(static t => t.FullName, StringComparer.Ordinal)];

    public static string? AliasOf(MemberInfo member) => member.GetCustomAttributes<AliasAttribute>().FirstOrDefault()?.Alias;

    /// <summary>The members with a number, by number.</summary>
    public static IEnumerable<(uint Id, string Name, Type Type)> MembersOf(Type type) => type
        .GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(static m => m.IsDefined(typeof(IdAttribute), inherit: false))
        .Select(static m => (m.GetCustomAttribute<IdAttribute>()!.Id, m.Name, m is PropertyInfo property ? property.PropertyType : ((FieldInfo)m).FieldType))
        .OrderBy(static m => m.Id);

    /// <summary>What an object of the type holds beside its numbered members; it would not arrive.</summary>
    public static IEnumerable<string> UnnumberedOf(Type type)
    {
        var numbered = MembersOf(type).Select(static m => m.Name).ToHashSet(StringComparer.Ordinal);
        return type.IsEnum ? [] : type
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Select(static f => f.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && f.Name.StartsWith('<') ? f.Name[1..f.Name.IndexOf('>', StringComparison.Ordinal)] : f.Name)
            .Where(name => !numbered.Contains(name));
    }

    public static IEnumerable<string> All() => Interfaces.SelectMany(OfInterface).Concat(Types.SelectMany(OfType)).Concat(Grains().SelectMany(OfGrain))
        .Concat(OfNames(typeof(Storage))).Concat(OfNames(typeof(LiveStreams))).Order(StringComparer.Ordinal);

    private static IEnumerable<string> OfInterface(Type type) => type.GetMethods()
        .Select(method => $"{AliasOf(type)} {AliasOf(method)}({string.Join(", ", method.GetParameters().Select(static p => NameOf(p.ParameterType)))}) {NameOf(method.ReturnType)}")
        .Prepend($"{AliasOf(type)} interface");

    private static IEnumerable<string> OfType(Type type) => type.IsEnum
        ? Enum.GetValuesAsUnderlyingType(type).Cast<object>()
            .Select(value => string.Create(CultureInfo.InvariantCulture, $"{AliasOf(type)} {value} {Enum.GetName(type, value)}"))
            .Prepend($"{AliasOf(type)} enum {NameOf(Enum.GetUnderlyingType(type))}")
        : MembersOf(type)
            .Select(member => string.Create(CultureInfo.InvariantCulture, $"{AliasOf(type)} {member.Id} {member.Name} {NameOf(member.Type)}{(IsOfConstructor(type, member.Name) ? " of the constructor" : "")}"))
            .Prepend($"{AliasOf(type)} {(type.IsValueType ? "struct" : IsRecord(type) ? "record" : "class")}{(IsOwn(type.BaseType!) ? " of " + NameOf(type.BaseType!) : "")}");

    /// <summary>Both engines name a grain's type after its class; its id is the key of its state and of its streams.</summary>
    private static IEnumerable<string> OfGrain(Type grain)
    {
        var name = grain.Name[..^"Grain".Length].ToLowerInvariant();
        var hears = grain.GetCustomAttributes<ImplicitStreamSubscriptionAttribute>()
            .Select(attribute => $"grain {name} hears {grain.GetCustomAttributesData().Single(d => d.AttributeType == attribute.GetType()).ConstructorArguments[0].Value}");
        return StatesOf(grain).Select(state => $"grain {name} keeps {state.Name} {NameOf(state.Type)}").Concat(hears).Prepend($"grain {name}");
    }

    private static IEnumerable<string> OfNames(Type constants) => constants
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(static f => f.IsLiteral)
        .Select(field => $"name {constants.Name}.{field.Name} {field.GetRawConstantValue()}");

    private static IEnumerable<(string Name, Type Type)> StatesOf(Type grain) => grain.GetConstructors().SelectMany(static c => c.GetParameters())
        .Select(static p => (p.GetCustomAttribute<PersistentStateAttribute>()?.StateName, p.ParameterType))
        .Where(static p => p.StateName is not null)
        .Select(static p => (p.StateName!, p.ParameterType.GetGenericArguments()[0]));

    private static IEnumerable<Type> Grains() => Written().Where(static t => t is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(t));

    /// <summary>Types that stand in our sources; what Orleans generates beside them is left out.</summary>
    private static IEnumerable<Type> Written() => Own.SelectMany(static a => a.GetTypes()).Where(static t => t.Namespace?.StartsWith("Conclude.", StringComparison.Ordinal) is true);

    private static HashSet<Type> Crossing()
    {
        var found = new HashSet<Type>();
        var methods = Interfaces.SelectMany(static i => i.GetMethods());
        var roots = methods.SelectMany(static m => m.GetParameters().Select(static p => p.ParameterType).Append(m.ReturnType))
            .Concat(Grains().SelectMany(StatesOf).Select(static s => s.Type))
            .Concat(typeof(LiveStreams).GetMethods().Select(static m => m.ReturnType))
            .Concat(Written().Where(static t => t.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)));
        foreach (var root in roots)
        {
            Reach(root, found);
        }

        return found;
    }

    private static void Reach(Type type, HashSet<Type> found)
    {
        foreach (var argument in type.GetGenericArguments())
        {
            Reach(argument, found);
        }

        if (type.HasElementType)
        {
            Reach(type.GetElementType()!, found);
        }

        if (!IsOwn(type) || type.IsInterface || !found.Add(type))
        {
            return;
        }

        Reach(type.BaseType!, found);
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(_ => !type.IsEnum))
        {
            Reach(field.FieldType, found);
        }
    }

    /// <summary>Orleans writes a class, a record's own members and those of its constructor in different ways: none turns into another.</summary>
    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsOfConstructor(Type type, string member) =>
        IsRecord(type) && type.GetMethod("Deconstruct")?.GetParameters().Any(p => p.Name == member) is true;

    private static bool IsOwn(Type type) => Own.Contains(type.Assembly);

    private static string NameOf(Type type) =>
        IsOwn(type) ? AliasOf(type) ?? type.FullName!
        : Nullable.GetUnderlyingType(type) is { } value ? NameOf(value) + "?"
        : type.IsArray ? NameOf(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;
}
