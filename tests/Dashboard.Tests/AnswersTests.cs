using System.Collections.Immutable;
using Conclude.Dashboard.Responses;
using Conclude.Ledger;
using NSubstitute;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that the list of answers stays whole while new ones arrive on top and older ones are read below.</summary>
public sealed class AnswersTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private readonly ILedger _ledger = Substitute.For<ILedger>();
    private readonly List<Response> _stored = [.. Enumerable.Range(0, 5).Select(i => Answer(i))];
    private readonly Answers _answers;

    public AnswersTests()
    {
        _answers = new Answers(_ledger);
        _ledger.ReadResponses(default!, default).ReturnsForAnyArgs(call => Read(call.Arg<ResponseQuery>()));
    }

    [Fact]
    public async Task Older_pages_follow_without_gap_or_repeat()
    {
        await _answers.Show(new ResponseQuery("acme", Limit: 2));
        await _answers.ReadOlder();
        await _answers.ReadOlder();

        Assert.Equal([4, 3, 2, 1, 0], Shown());
        Assert.False(_answers.More);
    }

    [Fact]
    public async Task New_answers_come_on_top_of_what_was_read()
    {
        await _answers.Show(new ResponseQuery("acme", Limit: 2));
        await _answers.ReadOlder();
        _stored.Add(Answer(5));

        await _answers.Refresh();

        Assert.Equal([5, 4, 3, 2, 1], Shown());
    }

    [Fact]
    public async Task A_burst_longer_than_a_page_leaves_no_gap()
    {
        await _answers.Show(new ResponseQuery("acme", Limit: 2));
        _stored.AddRange([Answer(5), Answer(6), Answer(7)]);

        await _answers.Refresh();
        await _answers.ReadOlder();

        Assert.Equal([7, 6, 5, 4], Shown());
        Assert.True(_answers.More);
    }

    [Fact]
    public async Task A_comment_that_comes_later_is_shown_on_its_answer()
    {
        await _answers.Show(new ResponseQuery("acme", Limit: 2));
        _stored[4] = _stored[4] with { Comment = "slow" };

        await _answers.Refresh();

        Assert.Equal("slow", _answers.Items[0].Comment);
        Assert.Equal([4, 3], Shown());
    }

    private static Response Answer(int index) => new(
        new Guid(index, 0, 0, new byte[8]), "e", Reaction.Neutral, null, Person.Nobody, PageContext.Unknown, Start.AddMinutes(index));

    private ImmutableArray<Response> Read(ResponseQuery query) =>
        [.. _stored.Where(r => query.Before is null || r.At < query.Before.At).OrderByDescending(r => r.At).Take(query.Limit)];

    private List<int> Shown() => [.. _answers.Items.Select(r => (int)(r.At - Start).TotalMinutes)];
}
