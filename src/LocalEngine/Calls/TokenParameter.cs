using System.Linq.Expressions;
using System.Reflection;

namespace Conclude.LocalEngine.Calls;

/// <summary>Reads and replaces the cancellation token among a method's arguments.</summary>
internal sealed class TokenParameter<TArgs>
{
    private TokenParameter(Func<TArgs, CancellationToken> read, Func<TArgs, CancellationToken, TArgs> replace)
    {
        Read = read;
        Replace = replace;
    }

    internal Func<TArgs, CancellationToken> Read { get; }

    internal Func<TArgs, CancellationToken, TArgs> Replace { get; }

    internal static TokenParameter<TArgs>? Find(MethodInfo method)
    {
        var types = Array.ConvertAll(method.GetParameters(), static parameter => parameter.ParameterType);
        var index = Array.IndexOf(types, typeof(CancellationToken));
        if (index < 0)
        {
            return null;
        }

        var args = Expression.Parameter(typeof(TArgs), "args");
        var token = Expression.Parameter(typeof(CancellationToken), "token");
        var read = Expression.Lambda<Func<TArgs, CancellationToken>>(ArgumentTuple.Item(args, index), args);
        var items = types.Select((_, item) => item == index ? token : ArgumentTuple.Item(args, item));
        var replace = Expression.Lambda<Func<TArgs, CancellationToken, TArgs>>(
            Expression.New(typeof(TArgs).GetConstructor(types)!, items), args, token);
        return new(read.Compile(), replace.Compile());
    }
}
