using System.Linq.Expressions;
using System.Reflection;
using Conclude.LocalEngine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Conclude.LocalEngine;

/// <summary>Compiles a grain class' constructor: state by attribute, the grain context, everything else from the activation's services.</summary>
internal static class GrainActivator
{
    internal static Func<Activation, object> Compile(Type type)
    {
        var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public);
        var constructor = constructors.Length == 1
            ? constructors[0]
            : constructors.SingleOrDefault(static candidate => candidate.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
                ?? throw new OrleansConfigurationException($"{type} must have one public constructor, or one with [ActivatorUtilitiesConstructor].");
        var activation = Expression.Parameter(typeof(Activation), "activation");
        var arguments = Array.ConvertAll(constructor.GetParameters(), parameter => Argument(activation, parameter));
        return Expression.Lambda<Func<Activation, object>>(Expression.New(constructor, arguments), activation).Compile();
    }

    private static Expression Argument(Expression activation, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            {
                throw new OrleansConfigurationException($"[PersistentState] of {parameter.Member.DeclaringType} must stand on an IPersistentState<T>.");
            }

            var create = typeof(PersistentState<>).MakeGenericType(type.GetGenericArguments())
                .GetMethod(nameof(PersistentState<>.Create), BindingFlags.Static | BindingFlags.NonPublic)!;
            return Expression.Convert(Expression.Call(create, activation, Expression.Constant(state)), type);
        }

        return type == typeof(IGrainContext)
            ? Expression.Convert(activation, type)
            : Expression.Convert(Expression.Call(((Func<Activation, ParameterInfo, object?>)Resolve).Method, activation, Expression.Constant(parameter)), type);
    }

    private static object? Resolve(Activation activation, ParameterInfo parameter)
    {
        var services = activation.ActivationServices;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return services.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);
        }

        return parameter.HasDefaultValue
            ? services.GetService(parameter.ParameterType) ?? parameter.DefaultValue
            : services.GetRequiredService(parameter.ParameterType);
    }
}
