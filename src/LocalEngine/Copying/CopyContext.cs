using System.Diagnostics.CodeAnalysis;

namespace Conclude.LocalEngine.Copying;

/// <summary>What one copy has copied already, so that shared and cyclic references stay shared and cyclic.</summary>
internal sealed class CopyContext
{
    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);

    internal bool TryGet(object original, [NotNullWhen(true)] out object? copy) => _copies.TryGetValue(original, out copy);

    internal void Record(object original, object copy) => _copies[original] = copy;

    internal void Clear() => _copies.Clear();
}
