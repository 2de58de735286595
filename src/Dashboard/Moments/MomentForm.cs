using System.Collections.Immutable;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>A moment while it is edited: every field as the text a person typed. What was not touched is saved as it was.</summary>
public sealed class MomentForm
{
    private readonly MomentDefinition _start;
    private readonly string _startState;

    private MomentForm(MomentDefinition start, bool isNew, TimeZoneInfo zone)
    {
        (_start, IsNew) = (start, isNew);
        Event = start.Event;
        Question = start.Question;
        FollowUp = start.FollowUp ?? "";
        Enabled = start.Enabled;
        OncePerUser = start.OncePerUser;
        SamplingRate = FieldReader.Written(start.SamplingRate);
        SamplingMode = start.SamplingMode;
        CooldownHours = FieldReader.Written(start.CooldownHours);
        DelaySeconds = FieldReader.Written((int?)start.DelaySeconds);
        StartsAt = FieldReader.Written(start.StartsAt, zone);
        EndsAt = FieldReader.Written(start.EndsAt, zone);
        ResponseCap = FieldReader.Written(start.ResponseCap);
        Audience = [.. start.Audience.Select(AudienceRow.Of)];
        Translations = [.. start.Translations.Select(static t => TranslationRow.Of(t.Key, t.Value))];
        _startState = State;
    }

    public string Event { get; set; }

    public string Question { get; set; }

    public string FollowUp { get; set; }

    public bool Enabled { get; set; }

    public bool OncePerUser { get; set; }

    public string SamplingRate { get; set; }

    public SamplingMode SamplingMode { get; set; }

    public string CooldownHours { get; set; }

    public string DelaySeconds { get; set; }

    public string StartsAt { get; set; }

    public string EndsAt { get; set; }

    public string ResponseCap { get; set; }

    public List<AudienceRow> Audience { get; }

    public List<TranslationRow> Translations { get; }

    /// <summary>What the editing began with.</summary>
    public MomentDefinition Start => _start;

    /// <summary>Null for a new moment.</summary>
    public long? Version => IsNew ? null : _start.Version;

    public bool IsNew { get; }

    /// <summary>Whether anything differs from what the editing began with.</summary>
    public bool IsChanged => State != _startState;

    /// <summary>All that is typed, in one text: two forms with the same state save the same.</summary>
    public string State => string.Join('\u001f', Texts());

    /// <param name="eventName">Filled in when an observed event is promoted.</param>
    public static MomentForm New(string? eventName) => new(new MomentDefinition { Event = eventName ?? "", Question = "" }, isNew: true, TimeZoneInfo.Utc);

    /// <param name="zone">In which dates are written and read.</param>
    public static MomentForm Of(MomentDefinition moment, TimeZoneInfo zone) => new(moment, isNew: false, zone);

    /// <summary>A new moment like another: switched off, and with an event to be named.</summary>
    public static MomentForm CopyOf(MomentDefinition moment, TimeZoneInfo zone) =>
        new(moment with { Event = "", Enabled = false, Version = 0 }, isNew: true, zone);

    /// <summary>The definition to save, with the messages for what is no number or date, or is out of bounds, by JSON field name.</summary>
    public (MomentDefinition Moment, ImmutableSortedDictionary<string, string> Errors) Read(TimeZoneInfo zone)
    {
        FieldReader reader = new(zone);
        var moment = _start with
        {
            Event = Event.Trim(),
            Question = Question == _start.Question ? Question : Question.Trim(),
            FollowUp = FollowUp == _start.FollowUp ? FollowUp : FollowUp.Trim() is { Length: > 0 } followUp ? followUp : null,
            Enabled = Enabled,
            OncePerUser = OncePerUser,
            SamplingRate = reader.Number("samplingRate", SamplingRate),
            SamplingMode = SamplingMode,
            CooldownHours = reader.Number("cooldownHours", CooldownHours),
            DelaySeconds = reader.Whole("delaySeconds", DelaySeconds) ?? 0,
            StartsAt = reader.Date("startsAt", StartsAt, _start.StartsAt),
            EndsAt = reader.Date("endsAt", EndsAt, _start.EndsAt),
            ResponseCap = reader.Whole("responseCap", ResponseCap),
            Audience = [.. Audience.Select(static row => row.Read())],
            Translations = _start.Translations.Clear().SetItems(Translations.Select(static row => KeyValuePair.Create(row.Language, row.Read()))),
        };
        // Collections are equal only when they are the same.
        moment = moment with
        {
            Audience = moment.Audience.SequenceEqual(_start.Audience) ? _start.Audience : moment.Audience,
            Translations = moment.Translations.SequenceEqual(_start.Translations) ? _start.Translations : moment.Translations,
        };

        // What could not be read says so; the rules of the server speak for the rest.
        return (moment, MomentValidation.Check(moment).SetItems(reader.Errors));
    }

    private IEnumerable<string> Texts() =>
    [
        Event, Question, FollowUp, Enabled ? "on" : "off", OncePerUser ? "once" : "", SamplingRate, SamplingMode.ToString(), CooldownHours, DelaySeconds, StartsAt, EndsAt, ResponseCap,
        "audience", .. Audience.SelectMany(static row => new[] { row.Field, row.Op.ToString(), row.Value }),
        "translations", .. Translations.SelectMany(static row => new[] { row.Language, row.Question, row.FollowUp }),
    ];
}
