using Conclude.Dashboard.Live;
using Conclude.Dashboard.Moments;
using Conclude.Dashboard.Reports;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests.Reports;

/// <summary>Proves which fires are eligible, what stopped the others, and that advice fits the settings.</summary>
public sealed class FunnelTests
{
    /// <summary>One fire of each verdict, in the order of the rules: 1, 2, 3, …</summary>
    private static readonly Counters Each = Counters.Zero with
    {
        Verdicts = [.. Enumerable.Range(1, Verdicts.Count).Select(static i => (long)i)],
        Seen = 10,
        Positive = 4,
        Neutral = 1,
        Frustrated = 2,
        Comments = 3,
    };

    [Fact]
    public void A_response_rate_is_of_prompts_seen_and_never_more_than_all()
    {
        Assert.Equal(new Share(7, 10), ReactionCounts.ResponseRate(Each));
        Assert.Equal(new Share(4, 4), ReactionCounts.ResponseRate(Each with { Seen = 4 }));
        Assert.Equal(0.7, MomentLine.Of(new() { Event = "e", Question = "?" }, EventRow.Told(new("e", 1, default, default, Each, default, Each), default), DayLines.None, default, static _ => "").ResponseRate);
    }

    [Fact]
    public void Eligible_is_all_but_what_no_setting_of_caps_and_waits_would_ask()
    {
        var steps = Funnel.Of(Each);

        // All 91, but 1 bot, 2 no moment, 3 disabled, 4 outside schedule, 5 not in audience, 6 stale.
        Assert.Equal([("fires", 91), ("eligible", 70), ("prompted", 13), ("seen", 10), ("answered", 7), ("commented", 3)], steps.Select(s => (s.Id, s.Count)));
        Assert.Equal([null, 91, 70, 13, 10, 7], steps.Select(s => s.Before));
        Assert.All(steps, s => Assert.Equal(91, s.Fires));
    }

    [Fact]
    public void What_began_before_the_range_makes_no_bar_longer_than_all()
    {
        var answered = Funnel.Of(Counters.Zero with { Positive = 2 }).Single(s => s.Id == "answered");

        Assert.True(answered.Exceeds);
        Assert.Equal(0, answered.OfAll);
        Assert.Equal(1, new FunnelStep("x", "X", "", 5, 1, 2).OfAll);
    }

    [Fact]
    public void The_verdicts_that_stopped_most_come_first_and_asking_is_none_of_them()
    {
        var stopped = Funnel.Stopped(Each);

        Assert.Equal((Verdict.SampledOut, 12), stopped[0]);
        Assert.Equal(12, stopped.Length);
        Assert.DoesNotContain(stopped, s => s.Verdict is Verdict.Shown);
        Assert.Empty(Funnel.Stopped(Counters.Zero));
    }

    [Fact]
    public void Every_verdict_has_advice_with_and_without_a_moment()
    {
        var moment = new MomentDefinition { Event = "e", Question = "?" };
        foreach (var verdict in Verdicts.All.Where(v => v is not Verdict.Shown))
        {
            Assert.EndsWith(".", StopAdvice.For(verdict, moment, 0));
            Assert.EndsWith(".", StopAdvice.For(verdict, null, 0));
        }
    }

    [Theory]
    [InlineData(Verdict.Cooldown, "Lower the wait of 7 days to ask more often.")]
    [InlineData(Verdict.QuietPeriod, "Lower the quiet period of 36 hours in Settings, General.")]
    [InlineData(Verdict.SampledOut, "Raise the sampling of 12.5% to ask more people.")]
    [InlineData(Verdict.ResponseCap, "Raise the cap of 1,000 answers to go on asking.")]
    [InlineData(Verdict.Disabled, "Switch the moment on to ask.")]
    public void Advice_names_the_setting_as_it_is(Verdict verdict, string advice) => Assert.Equal(advice, StopAdvice.For(
        verdict, new MomentDefinition { Event = "e", Question = "?", Enabled = false, CooldownHours = 168, SamplingRate = 12.5m, ResponseCap = 1000 }, 36));
}
