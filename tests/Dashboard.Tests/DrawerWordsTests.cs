using System.Collections.Immutable;
using Conclude.Dashboard.Moments;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves what the drawer says in plain words: of rules, of a schedule, of a forecast.</summary>
public sealed class DrawerWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly MomentDefinition Moment = new() { Event = "report_exported", Question = "How was it?" };
    private static readonly AudienceRule Pro = new("trait.plan", AudienceOperator.Is, "pro");
    private static readonly AudienceRule Reports = new("page.url", AudienceOperator.Contains, "/reports");

    [Fact]
    public void Rules_are_read_back_as_one_sentence()
    {
        AudienceRule spends = new("company.monthlySpend", AudienceOperator.Gt, "500");

        Assert.Equal("Everybody may be asked.", AudienceWords.Sentence([]));
        Assert.Equal("Asked only when plan is pro.", AudienceWords.Sentence([Pro]));
        Assert.Equal("Asked only when plan is pro and page URL contains /reports.", AudienceWords.Sentence([Pro, Reports]));
        Assert.Equal("Asked only when plan is pro, company's monthly spend is more than 500 and page URL contains /reports.", AudienceWords.Sentence([Pro, spends, Reports]));
        Assert.Equal("Asked only when e-mail is known and … is ….", AudienceWords.Sentence([new("user.email", AudienceOperator.Exists, "ignored"), new("trait.", AudienceOperator.Is, " ")]));
    }

    [Fact]
    public void Every_comparison_that_is_offered_is_one_the_server_takes()
    {
        var offered = AudienceWords.Fields.Select(static f => f.Field).Append("trait.plan")
            .SelectMany(static field => AudienceWords.Operators(field).Select(op => new AudienceRule(field, op, op is AudienceOperator.Exists ? null : "1")))
            .ToList();

        Assert.All(offered, static rule => Assert.Empty(MomentValidation.Check(Moment with { Audience = [rule] })));
        Assert.All(Enum.GetValues<AudienceOperator>(), op => Assert.Contains(offered, rule => rule.Op == op));
        Assert.DoesNotContain(AudienceOperator.Gt, AudienceWords.Operators("page.url"));
    }

    [Theory]
    [InlineData(null, null, "Always: no start, no end.")]
    [InlineData(72.0, null, "Starts in 3 days, without an end.")]
    [InlineData(5.0, 29.0, "Starts in 5 hours and runs for 24 hours.")]
    [InlineData(-1.0, 0.5, "Runs now and ends in 30 minutes.")]
    [InlineData(null, 24.0 * 90, "Runs now and ends in 3 months.")]
    [InlineData(-24.0 * 28, null, "Runs since 4 weeks, without an end.")]
    [InlineData(-48.0, -0.01, "Ended 1 minute ago: nobody is asked.")]
    [InlineData(48.0, 24.0, "It ends before it starts: nobody would ever be asked.")]
    public void A_schedule_says_what_it_means_now(double? from, double? until, string words) =>
        Assert.Equal(words, ScheduleWords.Of(Now + Hours(from), Now + Hours(until), Now));

    [Theory]
    [InlineData(43.4, "About 43 prompts a day at last week's traffic.")]
    [InlineData(1234.0, "About 1,200 prompts a day at last week's traffic.")]
    [InlineData(0.3, "About 2 prompts a week at last week's traffic.")]
    [InlineData(0.01, "About 1 prompt a week at last week's traffic.")]
    [InlineData(1.0, "About 1 prompt a day at last week's traffic.")]
    [InlineData(0.0, "About 0 prompts a day at last week's traffic.")]
    public void A_forecast_is_a_round_number(double perDay, string words) => Assert.Equal(words, Of(Moment, perDay).Summary);

    [Fact]
    public void A_forecast_says_what_it_leaves_out_and_what_else_will_end_it()
    {
        var asked = Counters.Zero with { Verdicts = [.. Enumerable.Repeat(0L, Verdicts.Count - 1), 100], Positive = 40 };
        var all = Moment with { Audience = [Pro, Reports], StartsAt = Now, ResponseCap = 100, Enabled = false };

        Assert.Equal("Of 50 events a day. Leaves out who was asked before last week.", Of(Moment, 10).Detail);
        Assert.Equal("Off now; on, about 10 prompts a day at last week's traffic.", Of(all, 10).Summary);
        Assert.Equal(
            "Of 50 events a day. Its 100 answers are reached in about 15 days, when people answer as until now. Scaled up from the newest 1 of 350 events. "
            + "Leaves out who was asked before last week, rules about the page, prompts of other moments and the schedule.",
            ForecastWords.Of(all, Traffic(350), new PromptForecast(10, 50), 24, asked).Detail);
        Assert.Equal("No prompts: the limit of answers is reached.", ForecastWords.Of(all with { ResponseCap = 40 }, Traffic(350), new PromptForecast(10, 50), 0, asked).Summary);
        Assert.Equal(ForecastWords.NoTraffic, ForecastWords.Of(Moment, Traffic(0), new PromptForecast(0, 0), 0, Counters.Zero));
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(3, 3)]
    [InlineData(400, 7)]
    public void A_young_event_is_measured_by_its_own_age(double age, double days) => Assert.Equal(days, TrafficReader.Days(TimeSpan.FromDays(age)));

    [Fact]
    public void Suggestions_are_what_apps_have_told_the_most_frequent_first()
    {
        var free = Person.Nobody with { Email = "bob@globex.com", Traits = Person.Nobody.Traits.Add("plan", "free") };
        var pro = free with { Email = "ada@acme.com", Traits = free.Traits.SetItem("plan", "pro").Add("role", "admin"), Companies = [new Company("co_1", "Acme", 12.5m, null)] };
        var known = AudienceSuggestions.From(new KnownFacts([free, pro, pro], [new PageContext("https://app.acme.com/reports/7?x=1", "en-GB", "desktop"), new PageContext("no address", null, null)]));

        Assert.Equal(["plan", "role"], known.Traits);
        Assert.Equal(["pro", "free"], known.Of("trait.plan"));
        Assert.Equal(["@acme.com", "@globex.com"], known.Of("user.email"));
        Assert.Equal(["co_1"], known.Of("company.id"));
        Assert.Equal(["12.5"], known.Of("company.monthlySpend"));
        Assert.Equal(["/reports"], known.Of("page.url"));
        Assert.Equal(["en-GB"], known.Of("page.locale"));
        Assert.Equal(["desktop", "mobile"], known.Of("page.device"));
        Assert.Empty(AudienceSuggestions.None.Of("trait.plan"));
    }

    [Fact]
    public void A_language_is_found_by_its_name_or_its_tag()
    {
        Assert.Equal(("ar", "pt-BR", "de", "tlh"), (Languages.TagOf(" arabic "), Languages.TagOf("pt-br"), Languages.TagOf("German"), Languages.TagOf("tlh")));
        Assert.Equal(("Arabic", "tlh"), (Languages.NameOf("ar"), Languages.NameOf("tlh")));
        Assert.All(Languages.All, static l => Assert.True(MomentValidation.IsLanguageTag(l.Tag)));
    }

    private static TimeSpan? Hours(double? hours) => hours is null ? null : TimeSpan.FromHours(hours.Value);

    private static ForecastWords Of(MomentDefinition moment, double perDay) =>
        ForecastWords.Of(moment, Traffic(1), new PromptForecast(perDay, 50), 0, Counters.Zero);

    private static PastTraffic Traffic(long total) =>
        new(new PastFires(total == 0 ? [] : [new PastFire(Guid.NewGuid(), "u:ada", Now, Verdict.Shown)], total), 7, ImmutableDictionary<string, Person>.Empty);
}
