using System.Globalization;
using Conclude.Dashboard.Live;
using Conclude.Dashboard.Moments;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves the rows of the list of moments: their order, what is found, when two are alike, and who was never seen.</summary>
public sealed class MomentLineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("name", false, "a b c")]
    [InlineData("name", true, "c b a")]
    [InlineData("fires", true, "b a c")]
    [InlineData("fires", false, "c a b")]
    [InlineData("rate", true, "a b c")]
    [InlineData("rate", false, "b a c")]
    [InlineData("frustrated", true, "a b c")]
    [InlineData("last", true, "b a c")]
    [InlineData("last", false, "a b c")]
    [InlineData("trend", true, "b a c")]
    [InlineData("no such column", false, "a b c")]
    public void A_column_puts_them_in_order_and_those_without_a_value_come_last(string by, bool descending, string order)
    {
        var days = Days(("a", 0, 5), ("b", 9, 9));
        MomentLine[] lines =
        [
            Line("b", Row("b", fires: 9, seen: 4, reactions: 1, Now), days),
            Line("a", Row("a", fires: 5, seen: 2, reactions: 1, Now.AddDays(-1)), days),
            Line("c", null, days),
        ];
        Assert.Equal(order, string.Join(' ', lines.Sort(by, descending).Select(static l => l.Moment.Event)));
    }

    [Fact]
    public void A_part_of_the_name_or_of_the_question_finds_a_moment()
    {
        var moment = Moment("report_exported") with { Question = "How was exporting?" };
        Assert.True(moment.Matches("EXPORTED"));
        Assert.True(moment.Matches("was Exp"));
        Assert.False(moment.Matches("invite"));
    }

    [Fact]
    public void Lines_read_from_equal_things_are_equal_and_each_change_that_shows_makes_them_differ()
    {
        MomentLine Make(long fires = 5, long version = 1, string ago = "1 h ago") => MomentLine.Of(
            Moment("a") with { Version = version, Audience = [new("email", AudienceOperator.Exists, "")] },
            Row("a", fires, 2, 1, Now), Days(("a", 0, 5)), Now, _ => ago);
        Assert.Equal(Make(), Make());
        Assert.NotEqual(Make(), Make(fires: 6));
        Assert.NotEqual(Make(), Make(version: 2));
        Assert.NotEqual(Make(), Make(ago: "2 h ago"));
        Assert.NotEqual(Make(), Make() with { Days = DayLine.Of([1, 2]) });
    }

    [Fact]
    public void The_rate_is_of_those_who_saw_the_question()
    {
        Assert.Equal(0.25, Line("a", Row("a", 9, seen: 4, reactions: 1, Now), DayLines.None).ResponseRate);
        Assert.Null(Line("a", Row("a", 9, seen: 0, reactions: 0, Now), DayLines.None).ResponseRate);
    }

    [Theory]
    [InlineData(25, null, true)]
    [InlineData(23, null, false)]
    [InlineData(25, 26, true)]
    [InlineData(25, 24, false)]
    [InlineData(null, null, true)]
    [InlineData(null, 900, false)]
    public void A_moment_is_never_seen_when_nothing_came_for_a_day_since_it_was_made(int? madeHoursAgo, int? lastFireHoursAgo, bool never)
    {
        var moment = Moment("a") with { CreatedAt = Now.AddHours(-madeHoursAgo ?? 0) is var made && madeHoursAgo is null ? null : made };
        var row = lastFireHoursAgo is { } hours ? Row("a", 1, 0, 0, Now.AddHours(-hours)) : null;
        Assert.Equal(never, MomentLine.Of(moment, row, DayLines.None, Now, static _ => "").NeverSeen);
    }

    [Fact]
    public void The_last_day_holds_what_came_since_the_read_and_a_repair_takes_nothing_from_it()
    {
        var days = Days(("a", 3, 5));
        Assert.Equal([3, 5], days.Of("a", fires: 8).Days);
        Assert.Equal([3, 7], days.Of("a", fires: 10).Days);
        Assert.Equal([3, 5], days.Of("a", fires: 1).Days);
        Assert.Empty(days.Of("b", fires: 1).Days);
    }

    [Theory]
    [InlineData(7, 3, 7)]
    [InlineData(49, 3, 49)]
    [InlineData(99, 3, 99)]
    [InlineData(101, 3, 100)]
    [InlineData(999, 3, 990)]
    [InlineData(1_234, 3, 1_220)]
    [InlineData(1_234_567, 3, 1_220_000)]
    [InlineData(147, 12_345, 0)]
    [InlineData(247, 12_345, 200)]
    [InlineData(0, 0, 0)]
    public void Today_moves_the_line_when_that_can_be_seen(long today, long before, long visible) => Assert.Equal(visible, DayLine.Visible(today, before));

    [Fact]
    public void A_line_that_looks_the_same_is_drawn_once_for_all_pages()
    {
        var days = Days(("a", 20_000, 5));
        var line = days.Of("a", fires: 20_005);
        Assert.Same(line, days.Of("a", fires: 20_199));
        Assert.NotEqual(line, days.Of("a", fires: 20_200));
        Assert.Equal("20,000 fires in the 1 days before today", line.Label);
        Assert.Equal(line, Days(("a", 20_000, 7)).Of("a", fires: 20_007));
        Assert.Equal("M0 1L96 23", line.Path);
        Assert.Contains("d=\"M0 1L96 23\"", line.Drawing.Value, StringComparison.Ordinal);
    }

    private static MomentDefinition Moment(string name) => new() { Event = name, Question = "How?", CreatedAt = Now };

    private static MomentLine Line(string name, EventRow? row, DayLines days) => MomentLine.Of(Moment(name), row, days, Now, static at => at.ToString("O", CultureInfo.InvariantCulture));

    private static EventRow Row(string name, long fires, long seen, long reactions, DateTimeOffset last)
    {
        var counters = Counters.Zero with { Verdicts = Counters.Zero.Verdicts.SetItem((int)Verdict.Shown, fires), Seen = seen, Frustrated = reactions };
        return EventRow.Read(new ObservedEvent(name, last.AddDays(-9), last, counters, fires), epoch: 1);
    }

    private static DayLines Days(params (string Name, long Yesterday, long Today)[] names) => new(names.Select(static n => new DaySeries(
        n.Name, n.Yesterday + n.Today, [new DayTotals(n.Yesterday, 0, 0, 0), new DayTotals(n.Today, 0, 0, 0)])));
}
