using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Conclude.LocalEngine.Copying;

/// <summary>
/// Which types are shared, which are copied and which may not cross a call at all. Types of our own need
/// <see cref="GenerateSerializerAttribute"/>, because Orleans refuses them without. Types all of whose fields are read-only
/// and shared are found out and shared; records of values are, mostly.
/// </summary>
internal static class CopyRules
{
    private static readonly ConcurrentDictionary<Type, bool> Shared = new();

    private static readonly HashSet<Type> Values =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Uri), typeof(Version), typeof(CancellationToken), typeof(Int128), typeof(UInt128), typeof(Half), typeof(BigInteger), typeof(Index), typeof(Range),
        typeof(IPAddress), typeof(DBNull), typeof(Calls.NoResult),
    ];

    private static readonly HashSet<Type> ImmutableCollections =
    [
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>),
        typeof(ImmutableStack<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>),
    ];

    /// <summary>Values of this type, taken as a runtime type or as the type of a field, never need a copy.</summary>
    internal static bool IsShared(Type type) => Shared.GetOrAdd(type, static key => IsShared(key, []));

    internal static Type RequireVector(Type array) => array.IsSZArray ? array
        : throw new NotSupportedException($"{array} has more than one dimension; only vectors cross a call.");

    /// <exception cref="NotSupportedException">The type is neither ours and marked nor one of the framework's that can be copied by fields.</exception>
    internal static Type RequireCopyable(Type type)
    {
        var isFrameworkType = type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
        var mayCross = isFrameworkType
            ? IsTuple(type) || (type.IsGenericType && type.GetGenericTypeDefinition() is var definition
                && (definition == typeof(Nullable<>) || definition == typeof(KeyValuePair<,>) || definition == typeof(ImmutableArray<>)))
            : type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);
        return mayCross ? type : throw new NotSupportedException(isFrameworkType || type.Name.StartsWith('<')
            ? $"{type} cannot cross a grain call; pass an array, a list, a dictionary, a set or a record."
            : $"{type} crosses a grain call but has no [GenerateSerializer]; Orleans would refuse it.");
    }

    internal static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }

    private static bool IsTuple(Type type) => typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type);

    private static bool IsShared(Type type, HashSet<Type> visiting)
    {
        if (type.IsPrimitive || type.IsEnum || Values.Contains(type)
            || type.IsDefined(typeof(ImmutableAttribute), inherit: false)
            || typeof(GrainReference).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type) || typeof(Type).IsAssignableFrom(type))
        {
            return true;
        }

        if (type.IsGenericType && ImmutableCollections.Contains(type.GetGenericTypeDefinition()))
        {
            return Array.TrueForAll(type.GetGenericArguments(), argument => IsShared(argument, visiting));
        }

        if (type.IsArray || type.IsInterface || type.IsPointer || !(type.IsSealed || type.IsValueType) || typeof(Delegate).IsAssignableFrom(type))
        {
            return false;
        }

        // A type that contains itself is shared when everything else in it is.
        return !visiting.Add(type) || (IsMarked(type) && FieldsOf(type).All(field =>
            (field.IsInitOnly || type.IsValueType) && IsShared(field.FieldType, visiting)));
    }

    private static bool IsMarked(Type type)
    {
        try
        {
            RequireCopyable(type);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
