namespace Conclude.LocalEngine.Copying;

/// <summary>Copies an object whose runtime type is exactly <typeparamref name="T"/>.</summary>
internal static class ExactCopier<T>
{
    private static readonly Func<T, CopyContext, T> Function = CopierFactory.ForRuntimeType<T>();

    internal static T Copy(T value, CopyContext context)
    {
        if (typeof(T).IsValueType)
        {
            return Function(value, context);
        }

        return context.TryGet(value!, out var copy) ? (T)copy : Function(value, context);
    }

    /// <summary>For the table by runtime type.</summary>
    internal static object CopyObject(object value, CopyContext context) => Copy((T)value, context)!;
}
