using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>The rules, in order; the first that holds gives the verdict.</summary>
internal static class Decide
{
    /// <summary>An older fire came out of an offline queue: the occasion to ask has passed.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(60);

    /// <param name="prompts">Every prompt ever granted to this user.</param>
    public static Decision Fire(Occasion occasion, IReadOnlyCollection<Prompt> prompts)
    {
        var now = occasion.Now;
        if (occasion.IsBot)
        {
            return new(Verdict.Bot);
        }

        if (occasion.Moment is not { } moment)
        {
            return new(Verdict.NoMoment);
        }

        if (!moment.Enabled)
        {
            return new(Verdict.Disabled);
        }

        if (now < moment.StartsAt)
        {
            return new(Verdict.OutsideSchedule, moment.StartsAt);
        }

        if (now >= moment.EndsAt)
        {
            return new(Verdict.OutsideSchedule);
        }

        if (!Audience.Contains(moment.Audience, occasion.Person, occasion.Context))
        {
            return new(Verdict.NotInAudience);
        }

        if (occasion.Age > StaleAfter)
        {
            return new(Verdict.Stale);
        }

        if (occasion.CapReached)
        {
            return new(Verdict.ResponseCap);
        }

        if (!occasion.Test && moment.OncePerUser && LastSeen(prompts, moment.Event) is not null)
        {
            return new(Verdict.OncePerUser);
        }

        if (!occasion.Test && After(LastSeen(prompts, moment.Event), moment.CooldownHours) is { } cooled && now < cooled)
        {
            return new(Verdict.Cooldown, cooled);
        }

        if (!occasion.Test && After(LastSeen(prompts, eventName: null), occasion.QuietPeriodHours) is { } quiet && now < quiet)
        {
            return new(Verdict.QuietPeriod, quiet);
        }

        if (LiveUntil(prompts, now) is { } live)
        {
            return new(Verdict.LeaseHeld, live);
        }

        return occasion.Test || Sampling.IsIn(moment, occasion.EventId, occasion.UserKey)
            ? new(Verdict.Shown)
            : new(Verdict.SampledOut);
    }

    private static DateTimeOffset? LastSeen(IReadOnlyCollection<Prompt> prompts, string? eventName) =>
        prompts.Where(p => eventName is null || p.Event == eventName).Max(static p => p.SeenAt);

    private static DateTimeOffset? After(DateTimeOffset? seen, decimal hours) => seen + TimeSpan.FromHours((double)hours);

    private static DateTimeOffset? LiveUntil(IReadOnlyCollection<Prompt> prompts, DateTimeOffset now) =>
        prompts.Where(p => p.IsLive(now)).Max(static p => (DateTimeOffset?)p.LiveUntil);
}
