namespace Conclude.Silo.Commands.Seed;

/// <summary>What one made-up user does, in order of time: sessions on most working days, each with some events.</summary>
internal static class Life
{
    private const double Weekend = 0.22;
    private const double EventsASession = 6;
    private const double SecondsBetween = 45;

    /// <summary>Of those who leave, who leaves in how many days.</summary>
    private const double DaysUntilGone = 160;

    public static IEnumerable<(DateTimeOffset At, string Event)> Of(Character user, SeedOptions options, (string Event, double Weight)[] happenings, Random chance)
    {
        var gone = user.Joined.AddDays(Chance.Exponential(chance, DaysUntilGone));
        var end = gone < options.Until ? gone : options.Until;
        var tastes = Tastes(happenings, chance);
        var isNew = user.Joined > options.From;
        var last = DateTimeOffset.MinValue;
        for (var day = new DateTimeOffset(user.Joined.UtcDateTime.Date, TimeSpan.Zero); day < end; day = day.AddDays(1))
        {
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var sessions = Chance.Poisson(chance, user.SessionsADay * (weekend ? Weekend : 1));
            // Whoever joins does something on that day.
            var starts = Enumerable.Range(0, isNew ? Math.Max(1, sessions) : sessions).Select(_ => day.AddHours(Hour(chance) - user.Zone)).Order().ToArray();
            foreach (var start in starts)
            {
                var at = start > last ? start : last;
                var count = 1 + Chance.Poisson(chance, EventsASession - 1);
                for (var i = 0; i < count; i++)
                {
                    at = at.AddSeconds(1 + Chance.Exponential(chance, SecondsBetween));
                    if (at >= options.From && at < end)
                    {
                        yield return (at, isNew && i == count - 1 ? Story.Onboarded : i == 0 ? "dashboard_opened" : Drawn(tastes, chance));
                    }
                }

                (last, isNew) = (at, false);
            }
        }
    }

    /// <summary>Hour of the user's day: most in the morning, some in the afternoon.</summary>
    private static double Hour(Random chance) =>
        Math.Clamp(chance.NextDouble() < 0.6 ? 10.4 + (1.3 * Chance.Normal(chance)) : 15.2 + (1.9 * Chance.Normal(chance)), 0.1, 23.8);

    /// <summary>Everybody has habits of their own. Sums of weights, to draw from.</summary>
    private static (string Event, double UpTo)[] Tastes((string Event, double Weight)[] happenings, Random chance)
    {
        var sum = 0.0;
        return [.. happenings.Select(happening => (happening.Event, sum += happening.Weight * Math.Exp(0.6 * Chance.Normal(chance))))];
    }

    private static string Drawn((string Event, double UpTo)[] tastes, Random chance)
    {
        var at = chance.NextDouble() * tastes[^1].UpTo;
        return tastes.First(taste => taste.UpTo >= at).Event;
    }
}
