using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Proves that sampling is repeatable, near its rate, and sticky per person when asked to be.</summary>
public sealed class SamplingTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.5, 20, 85)]
    [InlineData(25, 2350, 2650)]
    [InlineData(100, 10_000, 10_000)]
    public void About_the_rate_is_in(double rate, int least, int most)
    {
        var moment = Some.Moment with { SamplingRate = (decimal)rate };
        var inside = Enumerable.Range(0, 10_000).Count(i => Sampling.IsIn(moment, new Guid(i, 0, 0, new byte[8]), "u:1"));
        Assert.InRange(inside, least, most);
    }

    [Fact]
    public void The_same_fire_always_falls_on_the_same_side()
    {
        var moment = Some.Moment with { SamplingRate = 50 };
        var ids = Enumerable.Range(0, 100).Select(static i => new Guid(i, 0, 0, new byte[8])).ToArray();
        Assert.Equal(ids.Select(id => Sampling.IsIn(moment, id, "u:1")), ids.Select(id => Sampling.IsIn(moment, id, "u:2")));
    }

    [Fact]
    public void Per_user_a_person_is_in_or_out_for_every_fire_but_not_for_every_moment()
    {
        var moment = Some.Moment with { SamplingRate = 50, SamplingMode = SamplingMode.PerUser };
        var users = Enumerable.Range(0, 200).Select(static i => $"u:{i}").ToArray();
        var first = users.Select(u => Sampling.IsIn(moment, Guid.NewGuid(), u)).ToArray();
        Assert.Equal(first, users.Select(u => Sampling.IsIn(moment, Guid.NewGuid(), u)));
        Assert.NotEqual(first, users.Select(u => Sampling.IsIn(moment with { Event = "other" }, Guid.NewGuid(), u)));
    }

    [Fact]
    public void A_position_is_pinned_so_that_upgrades_keep_everybody_where_they_were() =>
        Assert.Equal(0.799162504, Sampling.Position("u:user_123", "report_exported"), 9);
}
