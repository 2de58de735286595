namespace Conclude.LocalEngine.Copying;

/// <summary>Copies a value whose static type is <typeparamref name="T"/>, whatever its runtime type.</summary>
internal static class Copier<T>
{
    private static readonly Func<T, CopyContext, T>? Function = CopierFactory.ForStaticType<T>();

    internal static T Copy(T value, CopyContext context) => Function is null || value is null ? value : Function(value, context);
}
