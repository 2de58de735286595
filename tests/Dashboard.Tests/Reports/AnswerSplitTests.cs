using System.Collections.Immutable;
using Conclude.Dashboard.Reports;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests.Reports;

/// <summary>Proves that groups hold the answers that share a fact, and that none is lost or counted twice.</summary>
public sealed class AnswerSplitTests
{
    [Fact]
    public void Companies_are_told_apart_by_id_and_carry_their_newest_name()
    {
        var split = Split(SplitKind.Company,
            Answer(Reaction.Positive, companies: [("co_1", "New name")]), Answer(Reaction.Frustrated, companies: [("co_1", "Old name")]), Answer(Reaction.Neutral, companies: [("co_2", null)]),
            Answer(Reaction.Neutral));

        Assert.Equal(
            [new("co_1", "New name", new(1, 0, 1)), new("co_2", "co_2", new(0, 1, 0)), new SplitGroup(null, "No company", new(0, 1, 0))],
            split.Groups);
        Assert.False(split.Overlaps);
    }

    [Fact]
    public void Somebody_of_two_companies_counts_for_each_but_once_among_the_others()
    {
        var many = Enumerable.Range(0, AnswerSplit.MaxGroups).SelectMany(i => new[] { One(i), One(i) });

        var split = Split(SplitKind.Company, [.. many, Answer(Reaction.Frustrated, companies: [("x", "X"), ("y", "Y")]), Answer(Reaction.Positive, companies: [("0", "0"), ("y", "Y")])]);

        Assert.True(split.Overlaps);
        Assert.Equal(AnswerSplit.MaxGroups + 1, split.Groups.Length);
        Assert.Equal(new SplitGroup("0", "0", new(3, 0, 0)), split.Groups[0]);
        // y has two answers as well, but its other one is in a group: of 2 others, one answer is in none.
        Assert.Equal(new SplitGroup(null, "2 others", new(0, 0, 1)), split.Groups[^1]);

        static AnswerFacts One(int i) => Answer(Reaction.Positive, companies: [(i.ToString(System.Globalization.CultureInfo.InvariantCulture), null)]);
    }

    [Fact]
    public void Pages_are_host_and_path_and_languages_have_no_region()
    {
        AnswerFacts[] answers =
        [
            Answer(Reaction.Positive, url: "https://app.acme.com/reports?id=1", locale: "en-GB", device: "mobile"),
            Answer(Reaction.Neutral, url: "https://app.acme.com/reports#top", locale: "EN_us", device: "desktop"),
            Answer(Reaction.Neutral, url: null, locale: "tlh", device: null),
        ];

        Assert.Equal([("app.acme.com/reports", 2), ("Unknown page", 1)], Labels(SplitKind.Page));
        Assert.Equal([("English", 2), ("tlh", 1)], Labels(SplitKind.Language));
        Assert.Equal([("Desktop", 1), ("Mobile", 1), ("Unknown device", 1)], Labels(SplitKind.Device));

        IEnumerable<(string, long)> Labels(SplitKind kind) => Split(kind, answers).Groups.Select(g => (g.Label, g.Counts.Answers));
    }

    [Fact]
    public void A_trait_is_chosen_by_name_and_else_the_first_is_taken()
    {
        AnswerFacts[] answers = [Answer(Reaction.Positive, traits: [("plan", "pro"), ("role", "admin")]), Answer(Reaction.Neutral, traits: [("plan", "")])];

        var (plan, first, other) = (Trait("plan"), Trait(""), Trait("seats"));

        Assert.Equal(["plan", "role"], plan.Traits);
        Assert.Equal(["(empty)", "pro"], plan.Groups.Select(g => g.Label));
        Assert.Equal("plan", first.Choice.Trait);
        Assert.Equal([new SplitGroup(null, "Not stated", new(1, 1, 0))], other.Groups);

        AnswerSplit Trait(string name) => AnswerSplit.Of(new AnswerSample([.. answers], IsCut: false), new SplitChoice(SplitKind.Trait, name));
    }

    [Fact]
    public void Every_answer_is_in_a_group()
    {
        var chance = new Random(7);
        var answers = Enumerable.Range(0, 500).Select(i => Answer((Reaction)(1 + (i % 3)), url: chance.Next(4) == 0 ? null : $"https://a.example/{chance.Next(40)}")).ToArray();

        var split = Split(SplitKind.Page, answers);

        Assert.Equal(500, split.Groups.Sum(g => g.Counts.Answers));
        Assert.Equal(AnswerSplit.MaxGroups + 2, split.Groups.Length);
        Assert.Empty(Split(SplitKind.Page).Groups);
    }

    [Theory]
    [InlineData(null, "company")]
    [InlineData("page", "page")]
    [InlineData("trait.plan", "trait.plan")]
    [InlineData("trait.", "trait.")]
    [InlineData("trait", "company")]
    [InlineData("7", "company")]
    [InlineData("nonsense", "company")]
    public void A_choice_is_what_the_address_says(string? address, string word) => Assert.Equal(word, SplitChoice.Read(address).Word);

    [Fact]
    public void Charts_shown_as_tables_stand_in_the_address()
    {
        var view = MomentView.Read(null, "split,nonsense");

        Assert.True(view.IsTable("split"));
        Assert.Equal("funnel,split", view.With("funnel", table: true));
        Assert.Null(view.With("split", table: false));
    }

    private static AnswerSplit Split(SplitKind kind, params AnswerFacts[] answers) => AnswerSplit.Of(new AnswerSample([.. answers], IsCut: false), new SplitChoice(kind));

    private static AnswerFacts Answer(
        Reaction reaction, (string Id, string? Name)[]? companies = null, (string Name, string Value)[]? traits = null, string? url = null, string? locale = null, string? device = null) => new(
        reaction,
        Person.Nobody with
        {
            Companies = [.. (companies ?? []).Select(c => new Company(c.Id, c.Name, null, null))],
            Traits = (traits ?? []).ToImmutableSortedDictionary(t => t.Name, t => t.Value),
        },
        new PageContext(url, locale, device));
}
