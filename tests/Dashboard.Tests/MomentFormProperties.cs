using Conclude.Dashboard.Moments;
using Conclude.Grains.Tenants;
using FsCheck;
using FsCheck.Fluent;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that opening any moment that may be stored and saving it changes nothing, in any time zone, and counts as no change.</summary>
public sealed class MomentFormProperties
{
    private static readonly DateTimeOffset Start = new(2026, 10, 24, 22, 30, 0, TimeSpan.Zero);

    private static readonly TimeZoneInfo[] Zones =
        [TimeZoneInfo.Utc, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu"), TimeZoneInfo.FindSystemTimeZoneById("Pacific/Apia")];

    [Fact]
    public void Any_moment_is_saved_as_it_was() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), Keeps).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static bool Keeps(int seed)
    {
        Random random = new(seed);
        var stored = Any(random);
        Assert.Empty(MomentValidation.Check(stored));
        var zone = Zones[random.Next(Zones.Length)];
        var form = MomentForm.Of(stored, zone);

        var (moment, errors) = form.Read(zone);

        Assert.Empty(errors);
        Assert.False(form.IsChanged);
        Assert.Empty(MomentField.Between(stored, moment));
        // Collections have no equality of their own; the fields have compared what is in them.
        Assert.Equal(stored, moment with { Audience = stored.Audience, Translations = stored.Translations });
        return true;
    }

    private static MomentDefinition Any(Random random)
    {
        DateTimeOffset? from = random.Next(2) == 0 ? null : Start.AddMilliseconds(random.NextInt64(400L * 24 * 3_600_000));
        var moment = new MomentDefinition
        {
            Event = $"event_{random.Next(100)}",
            Question = Text(random),
            FollowUp = random.Next(2) == 0 ? null : Text(random),
            Enabled = random.Next(2) == 0,
            OncePerUser = random.Next(2) == 0,
            SamplingRate = random.Next(101_000_000) / 1_010_000m,
            SamplingMode = (SamplingMode)random.Next(2),
            CooldownHours = random.Next(87_600_000) / 1_000.0m,
            DelaySeconds = random.Next(MomentValidation.MaxDelaySeconds + 1),
            StartsAt = from,
            EndsAt = random.Next(2) == 0 ? null : (from ?? Start).AddSeconds(1 + random.Next(10_000_000)),
            ResponseCap = random.Next(2) == 0 ? null : 1 + random.Next(MomentValidation.MaxResponseCap),
            Audience = [.. Enumerable.Range(0, random.Next(MomentValidation.MaxRules + 1)).Select(_ => Rule(random))],
            Version = random.Next(100),
        };
        string[] tags = ["de", "pt-BR", "ar", "zh-Hant-TW", "xx", "DE"];
        return moment with { Translations = moment.Translations.SetItems(tags.Where(_ => random.Next(2) == 0).Select(tag => KeyValuePair.Create(tag, new Wording(Text(random), random.Next(2) == 0 ? null : Text(random))))) };
    }

    private static AudienceRule Rule(Random random)
    {
        string[] fields = [.. AudienceWords.Fields.Select(static f => f.Field), "trait.plan", "trait.a b"];
        var op = (AudienceOperator)random.Next(7);
        var value = op is AudienceOperator.Gt or AudienceOperator.Lt ? "-1.50" : op is AudienceOperator.Exists ? new[] { null, "", "left over" }[random.Next(3)] : Text(random).ReplaceLineEndings("");
        return new AudienceRule(fields[random.Next(fields.Length)], op, value);
    }

    private static string Text(Random random)
    {
        string[] parts = ["How", " ", "was", "?", "\n", "\r\n", "ü", "مرحبا", "\"", "<b>", ",", "🙂"];
        return string.Concat(Enumerable.Range(0, 1 + random.Next(8)).Select(_ => parts[random.Next(parts.Length)]).Append("x"));
    }
}
