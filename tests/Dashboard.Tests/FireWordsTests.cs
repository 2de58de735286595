using System.Collections.Immutable;
using System.Globalization;
using Conclude.Dashboard.Live;
using Conclude.Dashboard.ObservedEvents;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves what the live feed says of a fire, and which fires a filter lets through.</summary>
public sealed class FireWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly MomentDefinition Moment = new() { Event = "exported", Question = "How?", CooldownHours = 5, SamplingRate = 12.5m, ResponseCap = 1000 };

    private static readonly WorkspaceSnapshot Acme = new(
        "acme", "Acme", 1, ImmutableSortedDictionary<string, MomentDefinition>.Empty.Add(Moment.Event, Moment),
        WorkspaceSettings.Default with { QuietPeriodHours = 24 }, PlanLimits.SelfHosted, [], [], "s");

    [Theory]
    [InlineData(Verdict.Shown, null, "Asked")]
    [InlineData(Verdict.NoMoment, null, "Not asked: not a moment")]
    [InlineData(Verdict.Cooldown, 120, "Not asked: asked 3 h ago, again from 14:00")]
    [InlineData(Verdict.Cooldown, 298, "Not asked: asked 2 min ago, again from 16:58")]
    [InlineData(Verdict.Cooldown, 300, "Not asked: asked just now, again from 17:00")]
    [InlineData(Verdict.Cooldown, 900, "Not asked: asked recently, again from 03:00")]
    [InlineData(Verdict.QuietPeriod, 60, "Not asked: asked 23 h ago by some moment, quiet until 13:00")]
    [InlineData(Verdict.LeaseHeld, 2, "Not asked: another prompt is open, until 12:02")]
    [InlineData(Verdict.OutsideSchedule, 60, "Not asked: asks from 13:00")]
    [InlineData(Verdict.OutsideSchedule, null, "Not asked: its dates are over")]
    [InlineData(Verdict.SampledOut, null, "Not asked: sampled out (12.5 %)")]
    [InlineData(Verdict.ResponseCap, null, "Not asked: enough answers (1,000)")]
    [InlineData(Verdict.Stale, null, "Not asked: arrived 2 min late")]
    public void A_fire_says_why(Verdict verdict, int? untilMinutes, string words) => Assert.Equal(words, Words(Fire(verdict, untilMinutes), Acme));

    [Fact]
    public void What_was_changed_since_is_not_said_wrongly()
    {
        var gone = Acme with { Moments = ImmutableSortedDictionary<string, MomentDefinition>.Empty, Settings = WorkspaceSettings.Default };
        Assert.Equal("Not asked: asked recently, again from 14:00", Words(Fire(Verdict.Cooldown, 120), gone));
        Assert.Equal("Not asked: asked recently by some moment, quiet until 13:00", Words(Fire(Verdict.QuietPeriod, 60), gone));
        Assert.Equal("Not asked: sampled out", Words(Fire(Verdict.SampledOut, null), gone));
    }

    [Fact]
    public void Every_verdict_has_words_and_a_choice_of_its_own()
    {
        Assert.Equal(Verdicts.Count, Verdicts.All.Select(v => Words(Fire(v, null), Acme)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Verdicts.Count, Verdicts.All.Select(FireWords.Choice).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain("Not asked", Verdicts.All.Select(v => Words(Fire(v, null), Acme)));
    }

    [Theory]
    [InlineData("", "", null, true)]
    [InlineData("EXPO", "", null, true)]
    [InlineData("opened", "", null, false)]
    [InlineData("", "Ada@", null, true)]
    [InlineData("", "grace", null, false)]
    [InlineData("", "", "cooldown", true)]
    [InlineData("", "", "shown", false)]
    [InlineData("exported", "ada", "cooldown", true)]
    [InlineData("", "", "no such verdict", true)]
    public void A_filter_takes_parts_of_names(string name, string user, string? verdict, bool matches) =>
        Assert.Equal(matches, new FireFilter(name, user, FireFilter.ByName(verdict ?? "")).Matches(Fire(Verdict.Cooldown, null)));

    [Fact]
    public void A_rare_fire_stays_when_the_feed_has_long_moved_on()
    {
        var fires = new FilteredFires();
        fires.Choose(new FireFilter("exported", "", null));
        var rare = Fire(Verdict.Shown, null);
        Assert.True(fires.Follow([rare]));
        ImmutableArray<RecentFire> Noise(int from) => [.. Enumerable.Range(0, RecentFires.Bound).Select(i => rare with { Id = Guid.NewGuid(), Event = "noise", ReceivedAt = Now.AddSeconds(from - i) })];
        var first = Noise(1000);
        Assert.False(fires.Follow(first));
        Assert.True(fires.Follow([first[0] with { Id = Guid.NewGuid() }, .. first[..^1]]));
        Assert.False(fires.Follow(Noise(5000)));
        Assert.Equal([rare.Id], fires.Newest.Select(static f => f.Id));
        fires.Choose(FireFilter.All);
        Assert.Empty(fires.Newest);
    }

    private static RecentFire Fire(Verdict verdict, int? untilMinutes) =>
        new(Guid.NewGuid(), "exported", Now.AddSeconds(-130), Now, "ada@acme.com", verdict, untilMinutes is { } m ? Now.AddMinutes(m) : null, Test: false);

    private static string Words(RecentFire fire, WorkspaceSnapshot workspace) => FireWords.Verdict(fire, workspace, static at => at.ToString("HH:mm", CultureInfo.InvariantCulture));
}
