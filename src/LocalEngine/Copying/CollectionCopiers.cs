using System.Collections.Immutable;
using System.Reflection;

namespace Conclude.LocalEngine.Copying;

/// <summary>Copies the collections of the framework by their public surface: comparers are kept, hash tables rebuilt.</summary>
internal static class CollectionCopiers
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(HashSet<>)] = nameof(HashSet),
        [typeof(SortedSet<>)] = nameof(SortedSet),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(Stack<>)] = nameof(Stack),
        [typeof(Dictionary<,>)] = nameof(Dictionary),
        [typeof(SortedDictionary<,>)] = nameof(SortedDictionary),
        [typeof(ImmutableList<>)] = nameof(ImmutableListOf),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableDictionaryOf),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(ImmutableSortedDictionaryOf),
    };

    internal static MethodInfo? For(Type type) => Names.TryGetValue(type.GetGenericTypeDefinition(), out var name)
        ? typeof(CollectionCopiers).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type.GetGenericArguments())
        : null;

    internal static T[] Array<T>(T[] source, CopyContext context)
    {
        var copy = (T[])source.Clone();
        context.Record(source, copy);
        if (!CopyRules.IsShared(typeof(T)))
        {
            for (var index = 0; index < copy.Length; index++)
            {
                copy[index] = Copier<T>.Copy(copy[index], context);
            }
        }

        return copy;
    }

    private static List<T> List<T>(List<T> source, CopyContext context)
    {
        var copy = new List<T>(source.Count);
        context.Record(source, copy);
        foreach (var item in source)
        {
            copy.Add(Copier<T>.Copy(item, context));
        }

        return copy;
    }

    private static HashSet<T> HashSet<T>(HashSet<T> source, CopyContext context)
    {
        var copy = new HashSet<T>(source.Count, source.Comparer);
        context.Record(source, copy);
        foreach (var item in source)
        {
            copy.Add(Copier<T>.Copy(item, context));
        }

        return copy;
    }

    private static SortedSet<T> SortedSet<T>(SortedSet<T> source, CopyContext context)
    {
        var copy = new SortedSet<T>(source.Comparer);
        context.Record(source, copy);
        foreach (var item in source)
        {
            copy.Add(Copier<T>.Copy(item, context));
        }

        return copy;
    }

    private static Queue<T> Queue<T>(Queue<T> source, CopyContext context)
    {
        var copy = new Queue<T>(source.Count);
        context.Record(source, copy);
        foreach (var item in source)
        {
            copy.Enqueue(Copier<T>.Copy(item, context));
        }

        return copy;
    }

    private static Stack<T> Stack<T>(Stack<T> source, CopyContext context)
    {
        var copy = new Stack<T>(source.Count);
        context.Record(source, copy);
        foreach (var item in source.Reverse())
        {
            copy.Push(Copier<T>.Copy(item, context));
        }

        return copy;
    }

    private static Dictionary<TKey, TValue> Dictionary<TKey, TValue>(Dictionary<TKey, TValue> source, CopyContext context)
        where TKey : notnull
    {
        var copy = new Dictionary<TKey, TValue>(source.Count, source.Comparer);
        context.Record(source, copy);
        foreach (var (key, value) in source)
        {
            copy.Add(Copier<TKey>.Copy(key, context), Copier<TValue>.Copy(value, context));
        }

        return copy;
    }

    private static SortedDictionary<TKey, TValue> SortedDictionary<TKey, TValue>(SortedDictionary<TKey, TValue> source, CopyContext context)
        where TKey : notnull
    {
        var copy = new SortedDictionary<TKey, TValue>(source.Comparer);
        context.Record(source, copy);
        foreach (var (key, value) in source)
        {
            copy.Add(Copier<TKey>.Copy(key, context), Copier<TValue>.Copy(value, context));
        }

        return copy;
    }

    private static ImmutableList<T> ImmutableListOf<T>(ImmutableList<T> source, CopyContext context)
    {
        var copy = source.ConvertAll(item => Copier<T>.Copy(item, context));
        context.Record(source, copy);
        return copy;
    }

    private static ImmutableDictionary<TKey, TValue> ImmutableDictionaryOf<TKey, TValue>(ImmutableDictionary<TKey, TValue> source, CopyContext context)
        where TKey : notnull
    {
        var builder = source.Clear().ToBuilder();
        foreach (var (key, value) in source)
        {
            builder.Add(Copier<TKey>.Copy(key, context), Copier<TValue>.Copy(value, context));
        }

        var copy = builder.ToImmutable();
        context.Record(source, copy);
        return copy;
    }

    private static ImmutableSortedDictionary<TKey, TValue> ImmutableSortedDictionaryOf<TKey, TValue>(ImmutableSortedDictionary<TKey, TValue> source, CopyContext context)
        where TKey : notnull
    {
        var builder = source.Clear().ToBuilder();
        foreach (var (key, value) in source)
        {
            builder.Add(Copier<TKey>.Copy(key, context), Copier<TValue>.Copy(value, context));
        }

        var copy = builder.ToImmutable();
        context.Record(source, copy);
        return copy;
    }
}
