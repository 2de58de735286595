namespace Conclude.Api.ObservedEvents;

/// <summary>Counts open live connections, so that one key cannot hold them all.</summary>
internal sealed class LiveConnections
{
    /// <summary>Open connections for each key.</summary>
    public const int MaxPerKey = 50;

    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <returns>Null when the key has as many as it may; else dispose it to give the place back.</returns>
    public IDisposable? Enter(string keyId)
    {
        lock (_open)
        {
            var open = _open.GetValueOrDefault(keyId);
            if (open >= MaxPerKey)
            {
                return null;
            }

            _open[keyId] = open + 1;
            return new Place(this, keyId);
        }
    }

    private void Leave(string keyId)
    {
        lock (_open)
        {
            if (--_open[keyId] == 0)
            {
                _open.Remove(keyId);
            }
        }
    }

    private sealed class Place(LiveConnections connections, string keyId) : IDisposable
    {
        public void Dispose() => connections.Leave(keyId);
    }
}
