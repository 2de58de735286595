namespace Conclude.LocalEngine.Copying;

/// <summary>Copies what crosses a call, so that neither side can change the other's objects.</summary>
internal static class DeepCopier
{
    [ThreadStatic]
    private static CopyContext? _context;

    /// <exception cref="NotSupportedException">A type in the value may not cross a call.</exception>
    internal static T Copy<T>(T value) => CopyRules.IsShared(typeof(T)) ? value : Run(Copier<T>.Copy, value);

    internal static T Run<T>(Func<T, CopyContext, T> copy, T value)
    {
        var context = _context ?? new();
        _context = null;
        try
        {
            return copy(value, context);
        }
        finally
        {
            context.Clear();
            _context = context;
        }
    }
}
