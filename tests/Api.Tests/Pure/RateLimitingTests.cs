using System.Net;
using Conclude.Api.RateLimiting;
using Conclude.Testing;
using Microsoft.Extensions.Configuration;

namespace Conclude.Api.Tests.Pure;

/// <summary>Token buckets, what counts as one address, and how trusted proxies are written.</summary>
public sealed class RateLimitingTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_bucket_gives_its_burst_at_once_and_then_its_rate()
    {
        var buckets = new TokenBuckets<string>(perSecond: 10, burst: 20, _time);
        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal(0, buckets.Take("a")));
        Assert.Equal(1, buckets.Take("a"));
        Assert.Equal(0, buckets.Take("b"));

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal((0, 1), (buckets.Take("a"), buckets.Take("a")));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Enumerable.Range(0, 50).Count(_ => buckets.Take("a") == 0));
    }

    [Fact]
    public void Over_any_stretch_of_time_no_more_is_given_than_burst_and_rate_allow()
    {
        var buckets = new TokenBuckets<string>(perSecond: 7, burst: 14, _time);
        var given = 0;
        for (var i = 0; i < 1_000; i++)
        {
            given += buckets.Take("a") == 0 ? 1 : 0;
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(given, 14 + 70 - 1, 14 + 70);
    }

    [Fact]
    public void A_slow_bucket_says_how_many_seconds_to_wait()
    {
        var buckets = new TokenBuckets<string>(perSecond: 1, burst: 1, _time);
        Assert.Equal(0, buckets.Take("a"));
        Assert.Equal(1, buckets.Take("a"));
    }

    [Fact]
    public async Task Many_at_once_share_one_bucket_exactly()
    {
        var buckets = new TokenBuckets<string>(perSecond: 100, burst: 200, _time);
        var given = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                if (buckets.Take("a") == 0)
                {
                    Interlocked.Increment(ref given);
                }
            }
        })));
        Assert.Equal(200, given);
    }

    [Fact]
    public void Memory_is_bounded_and_full_buckets_make_room()
    {
        var buckets = new TokenBuckets<int>(perSecond: 1, burst: 2, _time, capacity: 10);
        Assert.All(Enumerable.Range(0, 12), key => Assert.Equal(0, buckets.Take(key)));
        // Strangers beyond the capacity share what is left of one bucket.
        Assert.Equal(1, buckets.Take(100));
        Assert.Equal((10, 0), (buckets.Count, buckets.Take(0)));

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((0, 0, 1), (buckets.Take(100), buckets.Take(100), buckets.Take(100)));
        Assert.Equal(1, buckets.Count);
    }

    [Fact]
    public void An_IPv6_host_is_its_network_and_a_mapped_address_is_the_IPv4_one()
    {
        static AddressKey Of(string address) => AddressKey.Of(IPAddress.Parse(address));
        Assert.Equal(Of("2001:db8:1:2::1"), Of("2001:db8:1:2:ffff::9"));
        Assert.NotEqual(Of("2001:db8:1:2::1"), Of("2001:db8:1:3::1"));
        Assert.Equal(Of("203.0.113.7"), Of("::ffff:203.0.113.7"));
        Assert.NotEqual(Of("203.0.113.7"), Of("203.0.113.8"));
        Assert.NotEqual(Of("0.0.0.1"), Of("0:0:0:1::"));
    }

    [Fact]
    public void Trusted_proxies_are_a_list_or_text_with_commas()
    {
        static IEnumerable<string> Read(params (string Name, string? Value)[] settings) => TrustedProxies.Read(
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static s => s.Name, static s => s.Value, StringComparer.Ordinal)).Build());
        Assert.Empty(Read());
        Assert.Equal(["10.0.0.1", "10.1.0.0/16"], Read(("Conclude:TrustedProxies", "10.0.0.1, 10.1.0.0/16")));
        Assert.Equal(["10.0.0.1", "10.0.0.2"], Read(("Conclude:TrustedProxies:0", "10.0.0.1"), ("Conclude:TrustedProxies:1", "10.0.0.2")));
    }
}
