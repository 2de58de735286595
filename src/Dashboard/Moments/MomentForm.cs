using System.Collections.Immutable;
using System.Globalization;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>A moment while it is edited: every field as the text a person typed. What the form does not show is kept as it is.</summary>
public sealed class MomentForm
{
    private const string DateFormat = "yyyy-MM-ddTHH:mm";

    private readonly MomentDefinition? _stored;

    private MomentForm(MomentDefinition? stored, string eventName)
    {
        _stored = stored;
        Event = eventName;
    }

    public string Event { get; set; }

    public string Question { get; set; } = "";

    public string FollowUp { get; set; } = "";

    public bool Enabled { get; set; } = true;

    public bool OncePerUser { get; set; }

    public string SamplingRate { get; set; } = "100";

    public SamplingMode SamplingMode { get; set; }

    public string CooldownHours { get; set; } = "24";

    public string DelaySeconds { get; set; } = "0";

    public string StartsAt { get; set; } = "";

    public string EndsAt { get; set; } = "";

    public string ResponseCap { get; set; } = "";

    /// <summary>Null for a new moment.</summary>
    public long? Version => _stored?.Version;

    public bool IsNew => _stored is null;

    public int AudienceRules => _stored?.Audience.Length ?? 0;

    public int Translations => _stored?.Translations.Count ?? 0;

    /// <param name="eventName">Filled in when an observed event is promoted.</param>
    public static MomentForm New(string? eventName) => new(stored: null, eventName ?? "");

    /// <param name="zone">In which dates are written and read.</param>
    public static MomentForm Of(MomentDefinition moment, TimeZoneInfo zone) => new(moment, moment.Event)
    {
        Question = moment.Question,
        FollowUp = moment.FollowUp ?? "",
        Enabled = moment.Enabled,
        OncePerUser = moment.OncePerUser,
        SamplingRate = Plain(moment.SamplingRate),
        SamplingMode = moment.SamplingMode,
        CooldownHours = Plain(moment.CooldownHours),
        DelaySeconds = moment.DelaySeconds.ToString(CultureInfo.InvariantCulture),
        StartsAt = Written(moment.StartsAt, zone),
        EndsAt = Written(moment.EndsAt, zone),
        ResponseCap = moment.ResponseCap?.ToString(CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The definition to save, with the messages for what is no number or date, or is out of bounds, by JSON field name.</summary>
    public (MomentDefinition Moment, ImmutableSortedDictionary<string, string> Errors) Read(TimeZoneInfo zone)
    {
        var unreadable = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var moment = (_stored ?? new MomentDefinition { Event = "", Question = "" }) with
        {
            Event = Event.Trim(),
            Question = Question.Trim(),
            FollowUp = FollowUp.Trim() is { Length: > 0 } followUp ? followUp : null,
            Enabled = Enabled,
            OncePerUser = OncePerUser,
            SamplingRate = Number("samplingRate", SamplingRate),
            SamplingMode = SamplingMode,
            CooldownHours = Number("cooldownHours", CooldownHours),
            DelaySeconds = Whole("delaySeconds", DelaySeconds) ?? 0,
            StartsAt = Date("startsAt", StartsAt),
            EndsAt = Date("endsAt", EndsAt),
            ResponseCap = Whole("responseCap", ResponseCap),
        };

        // What could not be read says so; the rules of the server speak for the rest.
        return (moment, MomentValidation.Check(moment).SetItems(unreadable));

        decimal Number(string field, string text)
        {
            if (decimal.TryParse(text.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }

            unreadable[field] = text.Trim().Length == 0 ? "must not be empty" : "must be a number";
            return 0;
        }

        int? Whole(string field, string text)
        {
            if (text.Trim().Length == 0)
            {
                return null;
            }

            if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }

            unreadable[field] = "must be a whole number";
            return null;
        }

        DateTimeOffset? Date(string field, string text)
        {
            if (text.Trim().Length == 0)
            {
                return null;
            }

            if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            {
                unreadable[field] = "must be a date and time";
                return null;
            }

            // An hour that the clocks skip in spring is read with the offset before the change.
            var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
            return new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();
        }
    }

    private static string Plain(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Written(DateTimeOffset? at, TimeZoneInfo zone) =>
        at is null ? "" : TimeZoneInfo.ConvertTime(at.Value, zone).ToString(DateFormat, CultureInfo.InvariantCulture);
}
