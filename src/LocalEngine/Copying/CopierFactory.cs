using System.Collections.Concurrent;
using System.Reflection;
using Conclude.LocalEngine.References;
using Orleans.Runtime;

namespace Conclude.LocalEngine.Copying;

/// <summary>Chooses how a type is copied. Runs once per type.</summary>
internal static class CopierFactory
{
    private static readonly ConcurrentDictionary<Type, Func<object, CopyContext, object>> ByRuntimeType = new();

    /// <summary>Null: values of the type are shared.</summary>
    internal static Func<T, CopyContext, T>? ForStaticType<T>()
    {
        var type = typeof(T);
        if (CopyRules.IsShared(type))
        {
            return null;
        }

        if (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))
        {
            return static (value, _) => (T)GrainReferences.For((IAddressable)value!, typeof(T));
        }

        return type.IsValueType || type.IsSealed ? ExactCopier<T>.Copy : static (value, context) => (T)CopyObject(value!, context);
    }

    /// <summary>The returned function throws <see cref="NotSupportedException"/> when the type may not cross a call.</summary>
    internal static Func<T, CopyContext, T> ForRuntimeType<T>()
    {
        try
        {
            var type = typeof(T);
            return CopyRules.IsShared(type) ? static (value, _) => value
                : type.IsArray ? Generic<T>(nameof(CollectionCopiers.Array), type.GetElementType()!, CopyRules.RequireVector(type))
                : type.IsGenericType && CollectionCopiers.For(type) is { } method ? method.CreateDelegate<Func<T, CopyContext, T>>()
                : FieldCopier.Compile<T>(CopyRules.RequireCopyable(type));
        }
        catch (NotSupportedException reason)
        {
            return (_, _) => throw new NotSupportedException(reason.Message, reason);
        }
    }

    private static object CopyObject(object value, CopyContext context) =>
        ByRuntimeType.GetOrAdd(value.GetType(), static type => CopyRules.IsShared(type)
            ? static (shared, _) => shared
            : typeof(ExactCopier<>).MakeGenericType(type)
                .GetMethod(nameof(ExactCopier<>.CopyObject), BindingFlags.Static | BindingFlags.NonPublic)!
                .CreateDelegate<Func<object, CopyContext, object>>())(value, context);

    private static Func<T, CopyContext, T> Generic<T>(string name, params Type[] arguments) =>
        typeof(CollectionCopiers).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(arguments[..1]).CreateDelegate<Func<T, CopyContext, T>>();
}
