using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Conclude.LocalEngine.Storage;

/// <summary>Makes the value a grain has before anything was stored.</summary>
internal static class StateActivator<T>
{
    internal static readonly Func<T> Create = Compile();

    private static Func<T> Compile()
    {
        var type = typeof(T);
        if (type.IsValueType || type.IsAbstract || type.IsArray || type == typeof(string))
        {
            return static () => default!;
        }

        var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []);
        return constructor is null
            ? static () => (T)RuntimeHelpers.GetUninitializedObject(typeof(T))
            : Expression.Lambda<Func<T>>(Expression.New(constructor)).Compile();
    }
}
