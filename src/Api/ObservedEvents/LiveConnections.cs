using System.Net;
using Conclude.Api.RateLimiting;

namespace Conclude.Api.ObservedEvents;

/// <summary>
/// Counts open live connections, so that neither one key nor one address holds them all. They are made by an app's own servers, which may
/// stand behind one address with those of other workspaces: an address may have what four keys may.
/// </summary>
internal sealed class LiveConnections
{
    /// <summary>Open connections for each key.</summary>
    public const int MaxPerKey = 50;

    /// <summary>Open connections for each client address (IPv6: the /64 network), whatever their keys.</summary>
    public const int MaxPerAddress = 200;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<AddressKey, int> _addresses = [];

    /// <returns>Null when the key or the address has as many as it may; else dispose it to give the place back.</returns>
    public IDisposable? Enter(string keyId, IPAddress? address)
    {
        var network = AddressKey.Of(address);
        lock (_turn)
        {
            if (_keys.GetValueOrDefault(keyId) >= MaxPerKey || _addresses.GetValueOrDefault(network) >= MaxPerAddress)
            {
                return null;
            }

            Add(_keys, keyId, 1);
            Add(_addresses, network, 1);
            return new Place(this, keyId, network);
        }
    }

    private void Leave(string keyId, AddressKey network)
    {
        lock (_turn)
        {
            Add(_keys, keyId, -1);
            Add(_addresses, network, -1);
        }
    }

    private static void Add<TKey>(Dictionary<TKey, int> open, TKey key, int change)
        where TKey : notnull
    {
        var count = open.GetValueOrDefault(key) + change;
        if (count == 0)
        {
            open.Remove(key);
        }
        else
        {
            open[key] = count;
        }
    }

    private sealed class Place(LiveConnections connections, string keyId, AddressKey network) : IDisposable
    {
        public void Dispose() => connections.Leave(keyId, network);
    }
}
