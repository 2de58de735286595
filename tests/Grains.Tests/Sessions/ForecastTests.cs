using System.Collections.Immutable;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Proves that a forecast counts what the rules would have let through, and says what it makes of traffic that it saw a part of.</summary>
public sealed class ForecastTests
{
    private static readonly MomentDefinition Always = Some.Moment with { CooldownHours = 0 };

    [Fact]
    public void It_agrees_with_a_simulation_that_remembers_everything()
    {
        var unlike = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            var moment = Always with
            {
                CooldownHours = random.Next(3) * 7.5m,
                OncePerUser = random.Next(4) == 0,
                SamplingRate = random.Next(3) == 0 ? 100 : random.Next(101),
                SamplingMode = random.Next(2) == 0 ? SamplingMode.PerFire : SamplingMode.PerUser,
                DelaySeconds = random.Next(2) * 300,
            };
            var quiet = random.Next(3) * 4m;
            var fires = Fires(random, 120);

            var expected = Simulated(moment, fires, quiet);
            var forecast = Forecast.Of(moment, Traffic(fires, days: 7), quiet);

            Assert.Equal(expected / 7.0, forecast.PromptsPerDay, 9);
            unlike += expected is > 0 and < 100 ? 1 : 0;
        }

        // The rules have stopped something, and let something through, nearly always.
        Assert.True(unlike > 300);
    }

    [Fact]
    public void What_was_not_read_is_like_what_was()
    {
        PastTraffic traffic = new(new PastFires([.. Fires(new Random(1), 100)], Total: 1_000), Days: 2, ImmutableDictionary<string, Person>.Empty);

        Assert.Equal(new PromptForecast(500, 500), Forecast.Of(Always, traffic, 0));
    }

    [Fact]
    public void Crawlers_and_late_fires_are_not_asked()
    {
        var fires = Fires(new Random(1), 3);
        fires[0] = fires[0] with { Verdict = Verdict.Bot };
        fires[1] = fires[1] with { Verdict = Verdict.Stale };

        Assert.Equal(new PromptForecast(1, 3), Forecast.Of(Always, Traffic(fires, days: 1), 0));
    }

    [Fact]
    public void Off_and_out_of_its_schedule_it_says_what_would_be_if_it_were_not()
    {
        var off = Always with { Enabled = false, StartsAt = Some.Now.AddYears(1), ResponseCap = 1 };

        Assert.Equal(10, Forecast.Of(off, Traffic(Fires(new Random(1), 10), days: 1), 0).PromptsPerDay);
    }

    [Fact]
    public void Rules_about_people_are_held_against_their_facts_and_rules_about_pages_hold()
    {
        PastFire[] fires = [.. new[] { "u:ada", "u:bob", "a:1" }.Select(static (user, i) => new PastFire(new Guid(i, 0, 0, new byte[8]), user, Some.Now.AddDays(-1), Verdict.NoMoment))];
        var people = ImmutableDictionary<string, Person>.Empty
            .Add("u:ada", Person.Nobody with { Traits = Person.Nobody.Traits.Add("plan", "pro") })
            .Add("u:bob", Person.Nobody with { Traits = Person.Nobody.Traits.Add("plan", "free") });
        var traffic = Traffic(fires, days: 1) with { People = people };
        AudienceRule pro = new("trait.plan", AudienceOperator.Is, "pro");
        AudienceRule reports = new("page.url", AudienceOperator.Contains, "/reports");

        Assert.Equal(1, Forecast.Of(Always with { Audience = [pro, reports] }, traffic, 0).PromptsPerDay);
        Assert.Equal(3, Forecast.Of(Always with { Audience = [reports] }, traffic, 0).PromptsPerDay);
        Assert.Equal((false, true), (Forecast.LeavesOut(pro), Forecast.LeavesOut(reports)));
    }

    [Fact]
    public void Without_fires_nobody_is_asked() =>
        Assert.Equal(new PromptForecast(0, 0), Forecast.Of(Always, Traffic([], days: 7), 0));

    private static PastFire[] Fires(Random random, int count) =>
    [
        .. Enumerable.Range(0, count)
            .Select(i => new PastFire(new Guid(random.Next(), 0, 0, new byte[8]), $"u:{random.Next(1 + count / 20)}", Some.Now.AddMinutes(-random.Next(7 * 24 * 60)).AddMilliseconds(i), Verdict.NoMoment))
            .OrderByDescending(static f => f.ReceivedAt),
    ];

    private static PastTraffic Traffic(PastFire[] fires, double days) => new(new PastFires([.. fires], fires.Length), days, ImmutableDictionary<string, Person>.Empty);

    /// <summary>The rules told once more in the words of the design, over all prompts of a person, from the first fire on.</summary>
    private static int Simulated(MomentDefinition moment, PastFire[] fires, decimal quietPeriodHours)
    {
        var prompts = 0;
        foreach (var person in fires.Reverse().GroupBy(static f => f.UserKey))
        {
            List<DateTimeOffset> seen = [];
            foreach (var fire in person)
            {
                var gap = TimeSpan.FromHours((double)Math.Max(moment.CooldownHours, quietPeriodHours));
                var free = seen.TrueForAll(at => fire.ReceivedAt >= at && fire.ReceivedAt >= at + gap && !moment.OncePerUser);
                var subject = moment.SamplingMode is SamplingMode.PerUser ? fire.UserKey : fire.Id.ToString("N");
                if (free && Sampling.Position(subject, moment.Event) * 100 < (double)moment.SamplingRate)
                {
                    seen.Add(fire.ReceivedAt.AddSeconds(moment.DelaySeconds));
                    prompts++;
                }
            }
        }

        return prompts;
    }
}
