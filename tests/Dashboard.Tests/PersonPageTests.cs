using Conclude.Dashboard.Hosting;
using Conclude.Dashboard.People;
using Conclude.Dashboard.Ranges;
using Conclude.Dashboard.Responses;
using Conclude.Ledger;
using NSubstitute;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves what addresses of people and of selections carry, and how a person's past is put together.</summary>
public sealed class PersonPageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("u:user_123")]
    [InlineData("u:a/b")]
    [InlineData("u:a%2Fb?x=1#y")]
    [InlineData("t:u:Zoë +&\\ ..")]
    [InlineData("a:../../moments")]
    public void A_key_comes_back_out_of_its_address(string key) =>
        Assert.Equal(key, PersonKey.Of("https://host.example" + DashboardRoutes.Person(key) + "?x=/y#z"));

    [Fact]
    public void A_selection_stands_in_its_address_and_in_the_files()
    {
        var range = DayRange.Between(new(2026, 11, 3), new(2026, 11, 4), Noon, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var chosen = new ResponseSelection { Event = "e", Reaction = Reaction.Positive, Company = "A & B", Page = "/x?", Text = "100%", CommentsOnly = true, Range = range };

        Assert.Equal("/responses?event=e&reaction=positive&company=A%20%26%20B&page=%2Fx%3F&from=2026-11-03&to=2026-11-04&q=100%25&comments=true", chosen.Address);
        Assert.Equal("/responses/export.csv?event=e&reaction=positive&company=A%20%26%20B&page=%2Fx%3F&from=2026-11-02T23%3A00%3A00Z&to=2026-11-04T23%3A00%3A00Z&q=100%25&comments=true", chosen.File(Noon));
        Assert.Equal(["event", "reaction", "comments", "company", "page", "range", "q"], chosen.Chips().Select(static c => c.Name));
        Assert.Equal("/responses", ResponseSelection.Everything.Address);

        // A span that has not ended takes in what comes.
        Assert.Null(new ResponseSelection { Range = DayRange.Of(RangePreset.Week, Noon, TimeZoneInfo.Utc) }.In("acme", Noon).To);
    }

    [Fact]
    public async Task An_event_that_asked_is_shown_once_and_nobody_is_told_from_somebody_by_their_events()
    {
        var search = Substitute.For<ILedgerSearch>();
        var people = Substitute.For<ILedgerUpkeep>();
        var prompt = new PersonPrompt { Id = Guid.NewGuid(), Event = "e", Question = "?", GrantedAt = Noon, Person = Person.Nobody, Context = PageContext.Unknown };
        people.ReadPerson("acme", "u:ada", default).ReturnsForAnyArgs(new PersonRecord(["u:ada"], Person.Nobody, [prompt]));
        search.SearchEvents(default!, default, default, default, default, default).ReturnsForAnyArgs(
            new PersonEventPage([new(Guid.NewGuid(), "f", Noon, Noon.AddSeconds(1), Verdict.NoMoment), new(Guid.NewGuid(), "e", Noon, Noon, Verdict.Shown)], null, IsPartial: false));
        PersonTimeline past = new(search, people, "acme", "u:ada");
        Assert.Null(past.Exists);
        await past.Read();
        await past.ReadFires();
        Assert.Equal([null, prompt], past.Entries.Select(static e => e.Prompt));
        Assert.True(past.Exists);

        people.ReadPerson(default!, default!, default).ReturnsForAnyArgs(new PersonRecord(["u:x"], Person.Nobody, []));
        search.SearchEvents(default!, default, default, default, default, default).ReturnsForAnyArgs(
            new PersonEventPage([], new(Noon, Guid.Empty), IsPartial: true), new PersonEventPage([], null, IsPartial: false));
        PersonTimeline nobody = new(search, people, "acme", "u:x");
        await nobody.Read();
        await nobody.ReadFires();
        Assert.Null(nobody.Exists);
        Assert.Equal(Noon, nobody.SearchedBackTo);
        await nobody.ReadFires();
        Assert.False(nobody.Exists);
    }

    [Fact]
    public async Task Older_events_that_are_asked_for_twice_at_once_are_shown_once()
    {
        var search = Substitute.For<ILedgerSearch>();
        var people = Substitute.For<ILedgerUpkeep>();
        TaskCompletionSource<PersonEventPage> read = new();
        people.ReadPerson(default!, default!, default).ReturnsForAnyArgs(new PersonRecord(["u:ada"], Person.Nobody, []));
        search.SearchEvents(default!, default, default, default, default, default).ReturnsForAnyArgs(_ => read.Task);
        PersonTimeline past = new(search, people, "acme", "u:ada");
        await past.Read();

        var both = Task.WhenAll(past.ReadFires(), past.ReadFires());
        read.SetResult(new PersonEventPage([new(Guid.NewGuid(), "e", Noon, Noon, Verdict.Cooldown)], null, IsPartial: false));
        await both;

        Assert.Single(past.Entries);
    }
}
