using System.Collections.Immutable;
using System.Globalization;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>A field of a moment, for telling two definitions apart and for putting them together.</summary>
/// <param name="Name">Its JSON name.</param>
/// <param name="Words">Its value as a person reads it.</param>
/// <param name="IsSame">Whether two definitions agree on it.</param>
/// <param name="Take">The first definition with this field of the second.</param>
public sealed record MomentField(
    string Name, string Label, Func<MomentDefinition, TimeZoneInfo, string> Words,
    Func<MomentDefinition, MomentDefinition, bool> IsSame, Func<MomentDefinition, MomentDefinition, MomentDefinition> Take)
{
    private const string Nothing = "none";

    /// <summary>All that a person can change.</summary>
    public static ImmutableArray<MomentField> All { get; } =
    [
        Of("question", "Question", static m => m.Question, static m => m.Question, static (m, v) => m with { Question = v }),
        Of("followUp", "Follow-up", static m => m.FollowUp, static m => m.FollowUp ?? Nothing, static (m, v) => m with { FollowUp = v }),
        Of("enabled", "Asking", static m => m.Enabled, static m => m.Enabled ? "on" : "off", static (m, v) => m with { Enabled = v }),
        new("audience", "Who is asked", static (m, _) => AudienceWords.Sentence(m.Audience), static (a, b) => a.Audience.SequenceEqual(b.Audience), static (m, from) => m with { Audience = from.Audience }),
        Of("oncePerUser", "Once per person", static m => m.OncePerUser, static m => m.OncePerUser ? "on" : "off", static (m, v) => m with { OncePerUser = v }),
        Of("cooldownHours", "Wait before asking again", static m => m.CooldownHours, static m => m.CooldownHours == 1 ? "1 hour" : $"{FieldReader.Written(m.CooldownHours)} hours", static (m, v) => m with { CooldownHours = v }),
        Of("delaySeconds", "Wait before showing", static m => m.DelaySeconds, static m => m.DelaySeconds == 1 ? "1 second" : $"{FieldReader.Written((int?)m.DelaySeconds)} seconds", static (m, v) => m with { DelaySeconds = v }),
        Of("samplingRate", "Share that is asked", static m => m.SamplingRate, static m => $"{FieldReader.Written(m.SamplingRate)} %", static (m, v) => m with { SamplingRate = v }),
        Of("samplingMode", "Share of", static m => m.SamplingMode, static m => m.SamplingMode is SamplingMode.PerUser ? "people" : "events", static (m, v) => m with { SamplingMode = v }),
        new("startsAt", "From", static (m, zone) => Date(m.StartsAt, zone), static (a, b) => a.StartsAt == b.StartsAt, static (m, from) => m with { StartsAt = from.StartsAt }),
        new("endsAt", "Until", static (m, zone) => Date(m.EndsAt, zone), static (a, b) => a.EndsAt == b.EndsAt, static (m, from) => m with { EndsAt = from.EndsAt }),
        Of("responseCap", "Stop after", static m => m.ResponseCap, static m => m.ResponseCap is null ? "no limit" : m.ResponseCap == 1 ? "1 answer" : $"{FieldReader.Written(m.ResponseCap)} answers", static (m, v) => m with { ResponseCap = v }),
        new("translations", "Languages", static (m, _) => Translations(m), static (a, b) => a.Translations.SequenceEqual(b.Translations), static (m, from) => m with { Translations = from.Translations }),
    ];

    /// <summary>The fields on which two definitions differ.</summary>
    public static ImmutableArray<MomentField> Between(MomentDefinition a, MomentDefinition b) => [.. All.Where(field => !field.IsSame(a, b))];

    /// <summary>Theirs, with every field that I changed since the start as I have it.</summary>
    public static MomentDefinition Merge(MomentDefinition start, MomentDefinition theirs, MomentDefinition mine) =>
        All.Where(field => !field.IsSame(start, mine)).Aggregate(theirs, (merged, field) => field.Take(merged, mine));

    private static MomentField Of<T>(string name, string label, Func<MomentDefinition, T> value, Func<MomentDefinition, string> words, Func<MomentDefinition, T, MomentDefinition> set) => new(
        name, label, (m, _) => words(m), (a, b) => EqualityComparer<T>.Default.Equals(value(a), value(b)), (m, from) => set(m, value(from)));

    private static string Date(DateTimeOffset? at, TimeZoneInfo zone) =>
        at is null ? Nothing : TimeZoneInfo.ConvertTime(at.Value, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    private static string Translations(MomentDefinition moment) => moment.Translations.IsEmpty
        ? Nothing
        : string.Join(" · ", moment.Translations.Select(static t => $"{t.Key}: {t.Value.Question}{(t.Value.FollowUp is { } followUp ? $" ({followUp})" : "")}"));
}
