using System.Collections.Immutable;
using Conclude.Dashboard.Responses;
using Conclude.Ledger;
using Conclude.Testing;
using NSubstitute;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that the list stays whole and still while answers arrive on top of it, however many and however rare.</summary>
public sealed class ResponseListTests
{
    private readonly ILedgerSearch _ledger = Substitute.For<ILedgerSearch>();
    private readonly ManualTime _time = new();
    private readonly List<Response> _stored = [];
    private readonly ResponseList _list;
    private readonly List<ResponseQuery> _asked = [];
    private bool _isSlow;

    public ResponseListTests()
    {
        _list = new ResponseList(_ledger, _time);
        _ledger.SearchResponses(default!, default, default).ReturnsForAnyArgs(call => Search(call.Arg<ResponseQuery>()));
        _ledger.CountResponses(default!, default, default, default).ReturnsForAnyArgs(_ => new ResponseCount(_stored.Count, IsAll: true));
        Add(5);
    }

    [Fact]
    public async Task What_is_new_waits_until_it_is_taken_in()
    {
        await _list.Show(new("acme", Limit: 2));
        await _list.ReadOlder();
        await _list.CountMatches();
        Add(1);
        await _list.Refresh();
        Assert.Equal(("4 3 2 1", "5"), (Shown(), Waiting()));
        Add(1);
        await _list.Refresh();
        Assert.Equal(("4 3 2 1", "6 5"), (Shown(), Waiting()));
        _list.TakeIn();
        Assert.Equal(("6 5 4 3 2 1", ""), (Shown(), Waiting()));
        Assert.Equal(7, _list.Count?.Count);
        await _list.ReadOlder();
        Assert.Equal("6 5 4 3 2 1 0", Shown());
        Assert.False(_list.More);
    }

    [Fact]
    public async Task A_burst_longer_than_a_page_begins_the_list_anew_without_a_gap()
    {
        await _list.Show(new("acme", Limit: 2));
        Add(4);
        await _list.Refresh();
        Assert.Equal(("4 3", "8 7", true), (Shown(), Waiting(), _list.WaitingIsCut));
        Add(1);
        await _list.Refresh();
        Assert.Equal(("4 3", true), (Shown(), _list.WaitingIsCut));
        _list.TakeIn();
        while (_list.More)
        {
            await _list.ReadOlder();
        }

        Assert.Equal("9 8 7 6 5 4 3 2 1 0", Shown());
    }

    [Fact]
    public async Task A_comment_that_comes_later_stands_on_its_answer_and_who_was_erased_is_gone_from_a_search()
    {
        await _list.Show(new("acme", Text: "x", Limit: 3));
        _stored[3] = _stored[3] with { Comment = "slow" };
        _stored.RemoveAt(2);
        await _list.Refresh();
        Assert.Equal("slow", _list.Items.Single(static r => r.Comment is not null).Comment);
        Assert.Equal("4 3", Shown());
    }

    [Fact]
    public async Task A_rare_selection_is_not_searched_for_through_everything_each_time()
    {
        await _list.Show(new("acme", Text: "rare"));
        _time.Advance(TimeSpan.FromHours(2));
        Add(1);
        await _list.Refresh();
        Assert.Equal(("4 3 2 1 0", "5"), (Shown(), Waiting()));
        _time.Advance(TimeSpan.FromHours(2));
        await _list.Refresh();
        Assert.Equal(("4 3 2 1 0", "5"), (Shown(), Waiting()));
        Assert.Null(_asked[0].From);
        Assert.Equal([new TimeSpan(2, 10, 1), TimeSpan.FromMinutes(130)], [_time.GetUtcNow().AddHours(-2) - _asked[1].From!.Value, _time.GetUtcNow() - _asked[2].From!.Value]);
    }

    [Fact]
    public async Task A_search_that_ran_out_of_time_says_how_far_it_came()
    {
        _isSlow = true;
        await _list.Show(new("acme", Text: "rare", Limit: 3));
        Assert.Equal("4", Shown());
        Assert.Equal(_stored[4].At, _list.SearchedBackTo);
        Assert.Null(_list.Count);
        _isSlow = false;
        await _list.ReadOlder();
        Assert.Equal("4 3 2 1", Shown());
        Assert.Null(_list.SearchedBackTo);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task A_search_for_news_that_ran_out_of_time_shows_nothing_twice_and_leaves_nothing_out(int minutes)
    {
        await _list.Show(new("acme", Text: "rare", Limit: 3));
        Add(3);
        _isSlow = true;
        await _list.Refresh();
        Assert.Equal(("4 3 2", "7", true), (Shown(), Waiting(), _list.WaitingIsCut));
        _time.Advance(TimeSpan.FromMinutes(minutes));
        Add(1);
        await _list.Refresh();
        _isSlow = false;
        Add(1);
        await _list.Refresh();
        _list.TakeIn();
        while (_list.More)
        {
            await _list.ReadOlder();
        }

        Assert.Equal("9 8 7 6 5 4 3 2 1 0", Shown());
    }

    [Fact]
    public async Task What_was_cut_off_and_is_whole_again_goes_on_top_of_the_list()
    {
        await _list.Show(new("acme", Limit: 5));
        Add(2);
        _isSlow = true;
        await _list.Refresh();
        Assert.True(_list.WaitingIsCut);
        _isSlow = false;
        await _list.Refresh();
        Assert.Equal(("6 5", false), (Waiting(), _list.WaitingIsCut));
        _list.TakeIn();
        Assert.Equal("6 5 4 3 2 1 0", Shown());
    }

    private void Add(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var number = _stored.Count == 0 ? 0 : Number(_stored[^1]) + 1;
            _time.Advance(TimeSpan.FromSeconds(1));
            _stored.Add(new(new Guid(number, 0, 0, new byte[8]), "e", Reaction.Neutral, null, Person.Nobody, PageContext.Unknown, _time.GetUtcNow()));
        }
    }

    private ResponsePage Search(ResponseQuery query)
    {
        _asked.Add(query);
        var rest = _stored.Where(r => (query.From is null || r.At >= query.From) && (query.Before is null || r.At < query.Before.At)).OrderByDescending(static r => r.At).ToList();
        ImmutableArray<Response> items = [.. rest.Take(_isSlow ? 1 : query.Limit)];
        return new(items, rest.Count > items.Length ? new ResponseCursor(items[^1].At, items[^1].PromptId) : null, IsPartial: _isSlow);
    }

    private static int Number(Response answer) => BitConverter.ToInt32(answer.PromptId.ToByteArray());

    private string Shown() => string.Join(' ', _list.Items.Select(Number));

    private string Waiting() => string.Join(' ', _list.Waiting.Select(Number));
}
