using System.Linq.Expressions;
using System.Reflection;
using Conclude.LocalEngine.Copying;
using Orleans;
using Orleans.Concurrency;

namespace Conclude.LocalEngine.Calls;

/// <summary>
/// One method of a grain interface with everything a call needs, compiled once. <typeparamref name="TArgs"/> is a
/// <see cref="ValueTuple"/> of the parameters.
/// </summary>
internal sealed class MethodDescriptor<TArgs, TResult>
{
    private readonly Func<TArgs, CopyContext, TArgs>? _copy;

    public MethodDescriptor(MethodInfo method)
    {
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        OneWay = method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void);
        Invoke = CompileInvoke(method);
        _copy = CompileCopy(method);
        SharesResult = CopyRules.IsShared(typeof(TResult)) || method.ReturnParameter.IsDefined(typeof(ImmutableAttribute));
        Token = TokenParameter<TArgs>.Find(method);
    }

    internal string Name { get; }

    internal bool AlwaysInterleave { get; }

    internal bool OneWay { get; }

    internal bool SharesResult { get; }

    internal Func<object, TArgs, ValueTask<TResult>> Invoke { get; }

    internal TokenParameter<TArgs>? Token { get; }

    internal TArgs CopyArguments(TArgs args) => _copy is null ? args : DeepCopier.Run(_copy, args);

    private static Func<object, TArgs, ValueTask<TResult>> CompileInvoke(MethodInfo method)
    {
        var target = Expression.Parameter(typeof(object), "target");
        var args = Expression.Parameter(typeof(TArgs), "args");
        var call = Expression.Call(
            Expression.Convert(target, method.DeclaringType!),
            method,
            method.GetParameters().Select((_, index) => ArgumentTuple.Item(args, index)));
        Expression<Func<object, TArgs, ValueTask<TResult>>> invoke;
        if (method.ReturnType == typeof(void))
        {
            invoke = Expression.Lambda<Func<object, TArgs, ValueTask<TResult>>>(
                Expression.Block(call, Expression.Default(typeof(ValueTask<TResult>))), target, args);
        }
        else
        {
            var adapt = typeof(Answers).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
                .Select(candidate => candidate.IsGenericMethod ? candidate.MakeGenericMethod(typeof(TResult)) : candidate)
                .Single(candidate => candidate.Name == nameof(Answers.From) && candidate.GetParameters()[0].ParameterType == method.ReturnType);
            invoke = Expression.Lambda<Func<object, TArgs, ValueTask<TResult>>>(Expression.Call(adapt, call), target, args);
        }

        return invoke.Compile();
    }

    private static Func<TArgs, CopyContext, TArgs>? CompileCopy(MethodInfo method)
    {
        var parameters = method.GetParameters();
        var shared = Array.ConvertAll(parameters, static parameter =>
            parameter.IsDefined(typeof(ImmutableAttribute)) || CopyRules.IsShared(parameter.ParameterType));
        if (Array.TrueForAll(shared, static isShared => isShared))
        {
            return null;
        }

        var args = Expression.Parameter(typeof(TArgs), "args");
        var context = Expression.Parameter(typeof(CopyContext), "context");
        var items = parameters.Select((parameter, index) => shared[index]
            ? ArgumentTuple.Item(args, index)
            : (Expression)Expression.Call(
                typeof(Copier<>).MakeGenericType(parameter.ParameterType).GetMethod(nameof(Copier<>.Copy), BindingFlags.Static | BindingFlags.NonPublic)!,
                ArgumentTuple.Item(args, index),
                context));
        var copy = Expression.New(typeof(TArgs).GetConstructor([.. parameters.Select(parameter => parameter.ParameterType)])!, items);
        return Expression.Lambda<Func<TArgs, CopyContext, TArgs>>(copy, args, context).Compile();
    }
}
