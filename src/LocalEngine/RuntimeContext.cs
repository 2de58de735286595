namespace Conclude.LocalEngine;

/// <summary>Which activation the current thread runs code of. Null outside grains.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static Activation? _current;

    internal static Activation? Current
    {
        get => _current;
        set => _current = value;
    }
}
