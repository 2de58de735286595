using System.Linq.Expressions;
using System.Reflection;

namespace Conclude.LocalEngine.Calls;

/// <summary>The value tuple that carries a method's arguments.</summary>
internal static class ArgumentTuple
{
    private static readonly Type[] Definitions =
    [
        typeof(ValueTuple), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>),
        typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>),
    ];

    /// <exception cref="NotSupportedException">The method has more than seven parameters.</exception>
    internal static Type TypeFor(MethodInfo method)
    {
        var types = Array.ConvertAll(method.GetParameters(), static parameter => parameter.ParameterType);
        if (types.Length >= Definitions.Length)
        {
            throw new NotSupportedException($"{method.DeclaringType}.{method.Name} has more than {Definitions.Length - 1} parameters; pass a record instead.");
        }

        return types.Length == 0 ? Definitions[0] : Definitions[types.Length].MakeGenericType(types);
    }

    internal static Expression Item(Expression tuple, int index) => Expression.Field(tuple, $"Item{index + 1}");
}
