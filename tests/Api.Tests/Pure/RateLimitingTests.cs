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
        var buckets = new TokenBuckets<string>(_time);
        var policy = new RatePolicy("key", perSecond: 10, burst: 20, _time);
        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal(0, buckets.Take("a", policy).Wait));
        Assert.Equal(1, buckets.Take("a", policy).Wait);
        Assert.Equal(0, buckets.Take("b", policy).Wait);

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal((0, 1), (buckets.Take("a", policy).Wait, buckets.Take("a", policy).Wait));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Enumerable.Range(0, 50).Count(_ => buckets.Take("a", policy).Wait == 0));
    }

    [Fact]
    public void Over_any_stretch_of_time_no_more_is_given_than_burst_and_rate_allow()
    {
        var buckets = new TokenBuckets<string>(_time);
        var policy = new RatePolicy("key", perSecond: 7, burst: 14, _time);
        var given = 0;
        for (var i = 0; i < 1_000; i++)
        {
            given += buckets.Take("a", policy).Wait == 0 ? 1 : 0;
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(given, 14 + 70 - 1, 14 + 70);
    }

    [Fact]
    public void A_slow_bucket_says_how_many_seconds_to_wait()
    {
        var buckets = new TokenBuckets<string>(_time);
        var policy = new RatePolicy("key", perSecond: 1, burst: 1, _time);
        Assert.Equal(0, buckets.Take("a", policy).Wait);
        Assert.Equal(1, buckets.Take("a", policy).Wait);
    }

    [Fact]
    public void What_is_left_and_when_all_is_there_again_is_told_as_it_is()
    {
        var buckets = new TokenBuckets<string>(_time);
        var policy = new RatePolicy("key", perSecond: 10, burst: 20, _time);
        Assert.Equal("\"key\";q=20;w=2", policy.Policy);
        var told = Enumerable.Range(0, 21).Select(_ => policy.Left(buckets.Take("a", policy).Remaining)).ToArray();
        Assert.Equal(("\"key\";r=19;t=1", "\"key\";r=9;t=2", "\"key\";r=0;t=2", "\"key\";r=0;t=2"), (told[0], told[10], told[19], told[20]));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(new Taken(0, 4), buckets.Take("a", policy));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new Taken(0, 19), buckets.Take("a", policy));
    }

    [Fact]
    public void A_large_quota_is_told_in_steps_and_never_more_than_there_is()
    {
        var policy = new RatePolicy("key", perSecond: 2_000, burst: 4_000, _time);
        Assert.Equal(("\"key\";r=3996;t=1", "\"key\";r=0;t=2"), (policy.Left(3_999), policy.Left(3)));
        Assert.Same(policy.Left(3_998), policy.Left(3_999));
        Assert.StartsWith("\"key\";r=", new RatePolicy("key", int.MaxValue / 2, int.MaxValue, _time).Left(int.MaxValue), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_share_one_bucket_exactly()
    {
        var buckets = new TokenBuckets<string>(_time);
        var policy = new RatePolicy("key", perSecond: 100, burst: 200, _time);
        var given = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                if (buckets.Take("a", policy).Wait == 0)
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
        var buckets = new TokenBuckets<int>(_time, capacity: 10);
        var policy = new RatePolicy("key", perSecond: 1, burst: 2, _time);
        Assert.All(Enumerable.Range(0, 12), key => Assert.Equal(0, buckets.Take(key, policy).Wait));
        // Strangers beyond the capacity share what is left of one bucket.
        Assert.Equal(1, buckets.Take(100, policy).Wait);
        Assert.Equal((10, 0), (buckets.Count, buckets.Take(0, policy).Wait));

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((0, 0, 1), (buckets.Take(100, policy).Wait, buckets.Take(100, policy).Wait, buckets.Take(100, policy).Wait));
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
