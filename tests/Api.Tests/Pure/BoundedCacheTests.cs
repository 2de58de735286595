namespace Conclude.Api.Tests.Pure;

/// <summary>A cache that forgets, but not what is in use.</summary>
public sealed class BoundedCacheTests
{
    [Fact]
    public void It_keeps_the_last_entries_and_those_in_use_and_forgets_the_rest()
    {
        var cache = new BoundedCache<int, string>(10);
        cache.Set(-1, "in use");
        for (var i = 0; i < 100; i++)
        {
            cache.Set(i, "passing");
            Assert.True(cache.TryGet(-1, out var kept) && kept == "in use");
        }

        Assert.InRange(Enumerable.Range(0, 100).Count(i => cache.TryGet(i, out _)), 5, 20);
        Assert.False(cache.TryGet(0, out _));
    }

    [Fact]
    public void A_value_can_be_replaced()
    {
        var cache = new BoundedCache<int, string>(10);
        cache.Set(1, "old");
        cache.Set(1, "new");
        Assert.True(cache.TryGet(1, out var value));
        Assert.Equal("new", value);
    }
}
