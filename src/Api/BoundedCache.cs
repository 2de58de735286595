using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Conclude.Api;

/// <summary>
/// A concurrent map that forgets: it holds at least the last <paramref name="capacity"/> entries and at most twice as many.
/// Two generations instead of a list of uses, so that a reading takes no lock.
/// </summary>
/// <param name="capacity">1 or more.</param>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _turn = new();
    private volatile ConcurrentDictionary<TKey, TValue> _young = new();
    private volatile ConcurrentDictionary<TKey, TValue> _old = new();
    private int _count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return false;
        }

        // In use: it moves to the generation that stays.
        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        if (_young.TryAdd(key, value))
        {
            if (Interlocked.Increment(ref _count) >= capacity)
            {
                NextGeneration();
            }
        }
        else
        {
            _young[key] = value;
        }
    }

    private void NextGeneration()
    {
        lock (_turn)
        {
            if (_count >= capacity)
            {
                _old = _young;
                _young = new();
                _count = 0;
            }
        }
    }
}
