using System.Net;
using Conclude.Api.ObservedEvents;

namespace Conclude.Api.Tests.Pure;

/// <summary>Proves that neither a key nor an address holds all live connections, and that places come back.</summary>
public sealed class LiveConnectionsTests
{
    private static readonly IPAddress Address = IPAddress.Parse("198.51.100.7");

    [Fact]
    public void An_address_holds_no_more_than_its_share_however_many_keys_it_has()
    {
        LiveConnections connections = new();
        var places = Enumerable.Range(0, LiveConnections.MaxPerAddress).Select(n => connections.Enter($"key{n / LiveConnections.MaxPerKey}", Address)).ToList();
        Assert.All(places, Assert.NotNull);

        Assert.Null(connections.Enter("another", Address));
        Assert.NotNull(connections.Enter("another", IPAddress.Parse("198.51.100.8")));

        places[0]!.Dispose();
        Assert.NotNull(connections.Enter("another", Address));
        Assert.Null(connections.Enter("another", Address));
    }

    [Fact]
    public void A_network_of_one_host_is_one_address()
    {
        LiveConnections connections = new();
        Assert.All(Enumerable.Range(0, LiveConnections.MaxPerAddress), n => Assert.NotNull(connections.Enter($"key{n}", IPAddress.Parse($"2001:db8::{n:x}"))));

        Assert.Null(connections.Enter("another", IPAddress.Parse("2001:db8::ffff")));
        Assert.NotNull(connections.Enter("another", IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void A_key_holds_no_more_than_its_share_wherever_it_comes_from()
    {
        LiveConnections connections = new();
        var places = Enumerable.Range(1, LiveConnections.MaxPerKey).Select(n => connections.Enter("key", IPAddress.Parse($"198.51.100.{n}"))).ToList();
        Assert.All(places, Assert.NotNull);

        Assert.Null(connections.Enter("key", IPAddress.Parse("203.0.113.1")));
        Assert.NotNull(connections.Enter("other", IPAddress.Parse("203.0.113.1")));
        places[0]!.Dispose();
        Assert.NotNull(connections.Enter("key", IPAddress.Parse("203.0.113.1")));
        Assert.Null(connections.Enter("key", IPAddress.Parse("203.0.113.1")));
    }
}
