using System.Collections.Immutable;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>
/// Tries a definition on past fires, by the rules themselves. It takes the moment to be on and in its schedule, nobody to have been asked
/// before, every prompt to be seen after its delay and closed at once, and other moments to ask nobody. Rules about the page, which is not
/// stored with a fire, hold for everyone; those about a person are held against the facts stored now. The response cap is left out: it says
/// when asking ends, not how often it happens.
/// </summary>
public static class Forecast
{
    private const string PagePrefix = "page.";

    /// <summary>Whether the rule cannot be held against past fires.</summary>
    public static bool LeavesOut(AudienceRule rule) => rule.Field.StartsWith(PagePrefix, StringComparison.Ordinal);

    /// <param name="moment">Within the bounds of <see cref="MomentValidation"/>.</param>
    /// <param name="quietPeriodHours">Of the workspace.</param>
    public static PromptForecast Of(MomentDefinition moment, PastTraffic traffic, decimal quietPeriodHours)
    {
        var tried = moment with { Enabled = true, StartsAt = null, EndsAt = null, Audience = [.. moment.Audience.Where(static rule => !LeavesOut(rule))] };
        Dictionary<string, Prompt> asked = new(StringComparer.Ordinal);
        var prompts = 0;
        for (var i = traffic.Fires.Fires.Length - 1; i >= 0; i--)
        {
            var fire = traffic.Fires.Fires[i];
            if (fire.Verdict is Verdict.Bot or Verdict.Stale)
            {
                continue;
            }

            // Seen one after the other, so the rules need no more than the last.
            var last = asked.GetValueOrDefault(fire.UserKey);
            if (Decide.Fire(Occasion(fire, tried, traffic, quietPeriodHours), last is null ? [] : [last]).Verdict is Verdict.Shown)
            {
                prompts++;
                asked[fire.UserKey] = SeenAndClosed(fire, tried);
            }
        }

        return new PromptForecast(prompts * traffic.Weight / traffic.Days, traffic.Fires.Total / traffic.Days);
    }

    private static Occasion Occasion(PastFire fire, MomentDefinition moment, PastTraffic traffic, decimal quietPeriodHours) => new(
        fire.Id, fire.UserKey, moment, Age: TimeSpan.Zero, IsBot: false, Test: false, traffic.People.GetValueOrDefault(fire.UserKey, Person.Nobody),
        PageContext.Unknown, quietPeriodHours, CapReached: false, fire.ReceivedAt);

    private static Prompt SeenAndClosed(PastFire fire, MomentDefinition moment)
    {
        var seen = fire.ReceivedAt.AddSeconds(moment.DelaySeconds);
        return new Prompt
        {
            Id = fire.Id,
            Event = moment.Event,
            UserKey = fire.UserKey,
            Test = false,
            GrantedAt = fire.ReceivedAt,
            LeaseUntil = seen,
            LiveUntil = seen,
            SeenAt = seen,
            Question = moment.Question,
            DefinitionVersion = moment.Version,
        };
    }
}
