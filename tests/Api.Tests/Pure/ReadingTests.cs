using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Conclude.Api.Json;
using Conclude.Api.Moments;
using Conclude.Api.Responses;
using Conclude.Api.Widget;
using Conclude.Ledger;

namespace Conclude.Api.Tests.Pure;

/// <summary>What is read out of requests: times, ranges, cursors, tags, events.</summary>
public sealed class ReadingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_age_of_an_event_is_told_by_the_senders_own_clock()
    {
        var wrong = Now.AddDays(-1);
        Assert.Equal((wrong.AddSeconds(-5), TimeSpan.FromSeconds(5)), EventTimes.Of(wrong.AddSeconds(-5), wrong, Now));
        Assert.Equal((Now.AddSeconds(-5), TimeSpan.FromSeconds(5)), EventTimes.Of(Now.AddSeconds(-5), sentAt: null, Now));
        Assert.Equal((Now.AddHours(1), TimeSpan.Zero), EventTimes.Of(Now.AddHours(1), sentAt: null, Now));
        Assert.Equal((wrong, TimeSpan.Zero), EventTimes.Of(at: null, wrong, Now));
        Assert.Equal((Now, TimeSpan.Zero), EventTimes.Of(at: null, sentAt: null, Now));
        Assert.Equal(TimeSpan.FromDays(9), EventTimes.Of(Now.AddDays(-9), Now, Now).Age);
    }

    [Theory]
    [InlineData("2026-11-22T10:30:00Z")]
    [InlineData("2026-11-22T10:30:00.000Z")]
    [InlineData("2026-11-22T12:30:00+02:00")]
    [InlineData("2026-11-22T10:30:00")]
    public void A_time_without_an_offset_is_UTC(string at)
    {
        var request = RequestBody.Parse(Encoding.UTF8.GetBytes($$"""{"sentAt":"{{at}}","events":[{"at":"{{at}}"}]}"""), WidgetJson.Default.EventsRequest).Value!;
        Assert.Equal(Now, request.SentAt);
        Assert.Equal(Now, request.Events![0].At);
        Assert.Equal(TimeSpan.Zero, request.Events[0].At!.Value.Offset);
    }

    [Theory]
    [InlineData(0, "2026-11-22T10:30:00Z")]
    [InlineData(5_000_000, "2026-11-22T10:30:00.500Z")]
    [InlineData(10_000, "2026-11-22T10:30:00.001Z")]
    [InlineData(1, "2026-11-22T10:30:00.0000001Z")]
    public void A_time_is_written_with_all_digits_of_its_precision(long ticks, string text)
    {
        var written = JsonSerializer.Serialize(new VerdictJson(Guid.Empty, "opened", "shown", Now.AddTicks(ticks).ToOffset(TimeSpan.FromHours(2))), WidgetJson.Default.VerdictJson);
        Assert.Contains($"\"until\":\"{text}\"", written, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_is_read_whatever_is_in_it()
    {
        var json = """{"events":[{"id":"0193f000-0000-7000-8000-00000000000a","name":"a","extra":{"deep":[1,{"x":null}]},"at":"2026-11-22T10:30:00Z"},{"name":"\ud800"},{"id":null,"at":null},{"id":{"x":1},"name":["y"],"at":{}}]}""";
        var events = RequestBody.Parse(Encoding.UTF8.GetBytes(json), WidgetJson.Default.EventsRequest).Value!.Events!;
        Assert.Equal(new EventJson(Guid.Parse("0193f000-0000-7000-8000-00000000000a"), null, "a", Now, IsTimeWrong: false), events[0]);
        Assert.Equal(default, events[1]);
        Assert.Equal(default, events[2]);
        Assert.Equal(new EventJson(null, null, null, null, IsTimeWrong: true), events[3]);
    }

    [Fact]
    public void Traits_become_text_as_they_were_written()
    {
        var json = """{"user":{"traits":{"a":"x","b":12.50,"c":1e3,"d":true,"e":false,"f":null}}}""";
        var traits = RequestBody.Parse(Encoding.UTF8.GetBytes(json), WidgetJson.Default.EventsRequest).Value!.User!.Traits!;
        Assert.Equal("a=x b=12.50 c=1e3 d=true e=false", string.Join(' ', traits.Select(static t => $"{t.Key}={t.Value}")));
    }

    [Fact]
    public void A_cursor_reads_as_it_was_written()
    {
        var cursor = new ResponseCursor(Now.AddTicks(7), Guid.CreateVersion7());
        Assert.Equal(cursor, Cursors.Read(Cursors.Write(cursor)));
        Assert.All(["", "x", "====", Cursors.Write(cursor) + "AA", new string('_', 32)], static text => Assert.Null(Cursors.Read(text)));
    }

    [Fact]
    public void A_range_takes_in_whole_intervals()
    {
        var hours = StatsRange.Read("2026-11-22T08:10:00Z", "2026-11-22T10:00:00Z", "hour", Now).Value!;
        Assert.Equal((Now.AddMinutes(-150), Now.AddMinutes(-30), 2), (hours.From, hours.To, hours.Points));
        var days = StatsRange.Read(from: null, to: null, interval: null, Now).Value!;
        Assert.Equal((new DateTimeOffset(2026, 10, 23, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), 31), (days.From, days.To, days.Points));
        Assert.NotNull(StatsRange.Read("2026-11-22", "2026-11-22", "day", Now).Problem);
    }

    [Fact]
    public void A_series_has_a_point_for_each_interval_and_adds_up()
    {
        var range = StatsRange.Read("2026-11-20", "2026-11-22", "day", Now).Value!;
        static Counters Shown(int count) => Counters.Zero with { Verdicts = Counters.Zero.Verdicts.SetItem((int)Verdict.Shown, count) };
        ImmutableArray<HourTotals> hours = [new("e", range.From.AddHours(23), Shown(2)), new("e", range.From.AddHours(24), Shown(3)), new("e", range.From.AddHours(25), Shown(4))];
        var stats = StatsEndpoint.Sum(range, hours);
        Assert.Equal([2, 7], stats.Series.Select(static p => p.Fires));
        Assert.Equal((9, 9, 9), (stats.Totals.Fires, stats.Totals.Prompted, stats.Verdicts["shown"]));
    }

    [Theory]
    [InlineData("\"7\"", true)]
    [InlineData("W/\"7\"", true)]
    [InlineData("\"6\", \"7\"", true)]
    [InlineData("*", true)]
    [InlineData("\"77\"", false)]
    [InlineData("", false)]
    public void A_condition_names_tags(string condition, bool matches) => Assert.Equal(matches, Etags.Match(condition, Etags.Of(7)));

    [Fact]
    public void A_proof_is_for_one_person_and_one_secret()
    {
        // RFC 4231, test case 2.
        const string Hash = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        Assert.True(IdentityProof.Holds("what do ya want for nothing?", Hash, "Jefe"));
        Assert.True(IdentityProof.Holds("what do ya want for nothing?", Hash.ToUpperInvariant(), "Jefe"));
        Assert.False(IdentityProof.Holds("what do ya want for something?", Hash, "Jefe"));
        Assert.False(IdentityProof.Holds("what do ya want for nothing?", Hash, "Jeff"));
        Assert.False(IdentityProof.Holds("", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad", ""));
    }

    [Fact]
    public void The_same_facts_print_the_same_and_any_other_do_not()
    {
        var user = new UserJson(ExternalId: "ada", Traits: new(StringComparer.Ordinal) { ["plan"] = "pro" });
        var print = ToldIdentities.Print("acme", "u:ada", user, verified: false);
        Assert.Equal(print, ToldIdentities.Print("acme", "u:ada", user with { Traits = new(StringComparer.Ordinal) { ["plan"] = "pro" } }, verified: false));
        UInt128[] others =
        [
            ToldIdentities.Print("acme2", "u:ada", user, verified: false),
            ToldIdentities.Print("acme", "t:u:ada", user, verified: false),
            ToldIdentities.Print("acme", "u:ada", user, verified: true),
            ToldIdentities.Print("acme", "u:ada", user with { AnonymousId = "b" }, verified: false),
            ToldIdentities.Print("acme", "u:ada", user with { Traits = new(StringComparer.Ordinal) { ["plan"] = "free" } }, verified: false),
        ];
        Assert.DoesNotContain(print, others);
    }
}
