using Conclude.Dashboard.Moments;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that the drawer saves what was typed, keeps what it does not show, and says which field is wrong.</summary>
public sealed class MomentFormTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test");

    private static readonly MomentDefinition Stored = new()
    {
        Event = "report_exported",
        Question = "How was it?",
        FollowUp = "Why?",
        Enabled = false,
        OncePerUser = true,
        SamplingRate = 12.5m,
        SamplingMode = SamplingMode.PerUser,
        CooldownHours = 0.5m,
        DelaySeconds = 3,
        StartsAt = new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero),
        EndsAt = new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero),
        ResponseCap = 100,
        Audience = [new AudienceRule("trait.plan", AudienceOperator.Is, "pro")],
        Version = 4,
    };

    [Fact]
    public void Saving_without_a_change_changes_nothing()
    {
        var (moment, errors) = MomentForm.Of(Stored, Berlin).Read(Berlin);

        Assert.Empty(errors);
        Assert.Equal(Stored with { StartsAt = moment.StartsAt, EndsAt = moment.EndsAt }, moment);
        Assert.Equal(Stored.StartsAt, moment.StartsAt);
        Assert.Equal(Stored.EndsAt, moment.EndsAt);
        Assert.Equal(Stored.Audience, moment.Audience);
    }

    [Fact]
    public void Dates_are_written_and_read_in_the_viewers_zone()
    {
        var form = MomentForm.Of(Stored, Berlin);

        Assert.Equal("2026-11-01T10:00", form.StartsAt);
    }

    [Theory]
    [InlineData("samplingRate", "must be a number")]
    [InlineData("cooldownHours", "must not be empty")]
    [InlineData("delaySeconds", "must be a whole number")]
    [InlineData("responseCap", "must be a whole number")]
    [InlineData("startsAt", "must be a date and time")]
    public void What_cannot_be_read_is_said_at_its_field(string field, string message)
    {
        var form = MomentForm.Of(Stored, TimeZoneInfo.Utc);
        form.SamplingRate = "half";
        form.CooldownHours = " ";
        form.DelaySeconds = "1.5";
        form.ResponseCap = "many";
        form.StartsAt = "tomorrow-ish";

        Assert.Equal(message, form.Read(TimeZoneInfo.Utc).Errors[field]);
    }

    [Fact]
    public void The_servers_own_bounds_hold_in_the_form()
    {
        var form = MomentForm.New("bad name");
        form.SamplingRate = "150";

        Assert.Equal(["event", "question", "samplingRate"], form.Read(TimeZoneInfo.Utc).Errors.Keys);
    }

    [Fact]
    public void A_copy_has_everything_but_its_event_and_is_off()
    {
        var copy = MomentForm.CopyOf(Stored with { Enabled = true }, Berlin);
        var (moment, errors) = copy.Read(Berlin);

        Assert.Equal(Stored with { Event = "", Enabled = false, Version = 0, Audience = moment.Audience, Translations = moment.Translations }, moment);
        Assert.Equal(Stored.Audience, moment.Audience);
        Assert.Equal(["event"], errors.Keys);
        Assert.Equal((true, null, false), (copy.IsNew, copy.Version, copy.IsChanged));
    }

    [Fact]
    public void Rules_are_picked_moved_and_removed_and_errors_stand_at_their_row()
    {
        var form = MomentForm.Of(Stored, Berlin);
        var added = AudienceRow.New();
        added.Pick("company.monthlySpend");
        added.Value = " much ";
        form.Audience.Insert(0, added);

        var (moment, errors) = form.Read(Berlin);

        Assert.True(form.IsChanged);
        Assert.Equal([new AudienceRule("company.monthlySpend", AudienceOperator.Gt, "much"), Stored.Audience[0]], moment.Audience);
        Assert.Equal("value must be a number", errors["audience[0]"]);
        form.Audience.RemoveAt(0);
        Assert.False(form.IsChanged);
    }

    [Fact]
    public void Languages_are_added_and_removed()
    {
        var form = MomentForm.Of(Stored with { Translations = Stored.Translations.Add("fr", new Wording("Alors ?", null)) }, Berlin);
        form.Translations.Add(new TranslationRow("de") { Question = " Wie war es? ", FollowUp = " " });
        form.Translations.RemoveAt(0);

        var (moment, errors) = form.Read(Berlin);

        Assert.Empty(errors);
        Assert.Equal([KeyValuePair.Create("de", new Wording("Wie war es?", null))], moment.Translations);
        form.Translations[0].Question = " ";
        Assert.Equal(["translations.de"], form.Read(Berlin).Errors.Keys);
    }

    [Fact]
    public void A_decimal_comma_is_understood()
    {
        var form = MomentForm.Of(Stored, TimeZoneInfo.Utc);
        form.SamplingRate = "12,5";

        Assert.Equal(12.5m, form.Read(TimeZoneInfo.Utc).Moment.SamplingRate);
    }
}
