using System.Globalization;

namespace Conclude.Silo.Commands.Seed;

/// <summary>What history to make up.</summary>
/// <param name="Days">1–730: how far back it goes, today included.</param>
/// <param name="Users">1–100,000.</param>
/// <param name="Moments">1–200.</param>
/// <param name="Seed">The same seed makes the same history.</param>
/// <param name="Until">Where it ends.</param>
internal sealed record SeedOptions(string Workspace, int Days, int Users, int Moments, int Seed, DateTimeOffset Until)
{
    /// <summary>Midnight UTC of the first day.</summary>
    public DateTimeOffset From => new DateTimeOffset(Until.UtcDateTime.Date, TimeSpan.Zero).AddDays(1 - Days);

    /// <summary>Takes what belongs to this command out of the options; the rest are settings of the host.</summary>
    /// <exception cref="InvalidSettingException">A value is missing or out of bounds.</exception>
    public static (SeedOptions Options, string[] Settings) Parse(string[] options, DateTimeOffset now)
    {
        List<string> rest = [.. options];
        var read = new SeedOptions(
            Take(rest, "--workspace") ?? "acme",
            Number(rest, "--days", 60, 1, 730),
            Number(rest, "--users", 2_000, 1, 100_000),
            Number(rest, "--moments", Story.Moments.Length, 1, 200),
            Number(rest, "--seed", 1, 0, int.MaxValue),
            Instant(rest, "--until", now));
        return (read, [.. rest]);
    }

    private static string? Take(List<string> options, string name)
    {
        var at = options.IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        if (at + 1 == options.Count)
        {
            throw new InvalidSettingException($"{name} has no value. See seed --help.");
        }

        var value = options[at + 1];
        options.RemoveRange(at, 2);
        return value;
    }

    private static int Number(List<string> options, string name, int usual, int least, int most) => Take(options, name) switch
    {
        null => usual,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most => number,
        _ => throw new InvalidSettingException(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {least:N0} to {most:N0}.")),
    };

    private static DateTimeOffset Instant(List<string> options, string name, DateTimeOffset now) => Take(options, name) switch
    {
        null => now,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at <= now && at.Year >= 2000 => at,
        _ => throw new InvalidSettingException($"{name} must be a time that is not in the future, such as 2026-11-22 or 2026-11-22T10:00:00Z."),
    };
}
