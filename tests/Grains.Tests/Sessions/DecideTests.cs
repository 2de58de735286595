using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Proves each verdict, that the rules are tried in their documented order, and what test keys skip.</summary>
public sealed class DecideTests
{
    /// <summary>For each verdict, an occasion at which its rule holds — and every rule after it holds too.</summary>
    public static TheoryData<Verdict> Verdicts => [.. Ledger.Verdicts.All];

    [Theory, MemberData(nameof(Verdicts))]
    public void The_first_rule_that_holds_gives_the_verdict(Verdict expected)
    {
        // All rules hold at once; then those before the expected one are made not to hold.
        var moment = Some.Moment with
        {
            Enabled = false,
            StartsAt = Some.Now.AddHours(1),
            Audience = [new("user.email", AudienceOperator.Exists, null)],
            OncePerUser = true,
            SamplingRate = 0,
        };
        var occasion = Some.Occasion with { IsBot = true, Moment = null, Age = TimeSpan.FromMinutes(2), CapReached = true, QuietPeriodHours = 5 };
        List<Prompt> prompts = [Some.SeenAgo(TimeSpan.FromHours(1)), Some.Granted with { Event = "other" }];

        if (expected > Verdict.Bot)
        {
            occasion = occasion with { IsBot = false };
        }

        if (expected > Verdict.NoMoment)
        {
            moment = expected > Verdict.Disabled ? moment with { Enabled = true } : moment;
            moment = expected > Verdict.OutsideSchedule ? moment with { StartsAt = null } : moment;
            moment = expected > Verdict.NotInAudience ? moment with { Audience = [] } : moment;
            moment = expected > Verdict.OncePerUser ? moment with { OncePerUser = false } : moment;
            moment = expected > Verdict.Cooldown ? moment with { CooldownHours = 0 } : moment;
            moment = expected > Verdict.SampledOut ? moment with { SamplingRate = 100 } : moment;
            occasion = occasion with { Moment = moment };
        }

        occasion = expected > Verdict.Stale ? occasion with { Age = TimeSpan.FromSeconds(60) } : occasion;
        occasion = expected > Verdict.ResponseCap ? occasion with { CapReached = false } : occasion;
        occasion = expected > Verdict.QuietPeriod ? occasion with { QuietPeriodHours = 0 } : occasion;
        if (expected > Verdict.LeaseHeld)
        {
            prompts.RemoveAt(1);
        }

        Assert.Equal(expected, Decide.Fire(occasion, prompts).Verdict);
    }

    [Fact]
    public void A_schedule_includes_its_start_and_excludes_its_end()
    {
        Assert.Equal(Verdict.Shown, Verdicted(Some.Moment with { StartsAt = Some.Now, EndsAt = Some.Now.AddTicks(1) }));
        Assert.Equal(Verdict.OutsideSchedule, Verdicted(Some.Moment with { EndsAt = Some.Now }));
        var early = Decide.Fire(Some.Occasion with { Moment = Some.Moment with { StartsAt = Some.Now.AddMinutes(1) } }, []);
        Assert.Equal(new Decision(Verdict.OutsideSchedule, Some.Now.AddMinutes(1)), early);
    }

    [Fact]
    public void A_lease_never_seen_burns_no_cooldown_and_no_once_per_user() =>
        Assert.Equal(Verdict.Shown, Verdicted(Some.Moment with { OncePerUser = true }, Some.Expired));

    [Fact]
    public void A_cooldown_runs_from_seen_to_the_tick()
    {
        var decision = Decide.Fire(Some.Occasion, [Some.SeenAgo(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1))]);
        Assert.Equal(new Decision(Verdict.Cooldown, Some.Now.AddTicks(1)), decision);
        Assert.Equal(Verdict.Shown, Verdicted(Some.Moment, Some.SeenAgo(TimeSpan.FromHours(24))));
    }

    [Fact]
    public void A_cooldown_counts_the_latest_prompt_of_the_same_moment_only()
    {
        Assert.Equal(Verdict.Shown, Verdicted(Some.Moment, Some.SeenAgo(TimeSpan.FromHours(1), "other")));
        Assert.Equal(Verdict.Cooldown, Verdicted(Some.Moment, Some.SeenAgo(TimeSpan.FromHours(1)), Some.SeenAgo(TimeSpan.FromHours(50))));
    }

    [Fact]
    public void A_quiet_period_counts_prompts_of_every_moment()
    {
        var decision = Decide.Fire(Some.Occasion with { QuietPeriodHours = 2 }, [Some.SeenAgo(TimeSpan.FromHours(1), "other")]);
        Assert.Equal(new Decision(Verdict.QuietPeriod, Some.Now.AddHours(1)), decision);
    }

    [Fact]
    public void A_live_prompt_of_another_moment_holds_the_user_until_it_ends()
    {
        var decision = Decide.Fire(Some.Occasion, [Some.Granted with { Event = "other" }]);
        Assert.Equal(new Decision(Verdict.LeaseHeld, Some.Now.AddSeconds(120)), decision);
    }

    [Fact]
    public void A_test_user_skips_sampling_cooldown_once_per_user_and_quiet_period_but_not_a_live_prompt()
    {
        var moment = Some.Moment with { SamplingRate = 0, OncePerUser = true };
        var test = Some.Occasion with { Test = true, Moment = moment, QuietPeriodHours = 100 };
        Assert.Equal(Verdict.Shown, Decide.Fire(test, [Some.SeenAgo(TimeSpan.FromMinutes(1))]).Verdict);
        Assert.Equal(Verdict.LeaseHeld, Decide.Fire(test, [Some.Granted]).Verdict);
        Assert.Equal(Verdict.Disabled, Decide.Fire(test with { Moment = moment with { Enabled = false } }, []).Verdict);
    }

    private static Verdict Verdicted(MomentDefinition moment, params Prompt[] prompts) =>
        Decide.Fire(Some.Occasion with { Moment = moment }, prompts).Verdict;
}
