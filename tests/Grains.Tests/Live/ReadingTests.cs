using Conclude.Grains.Live;
using Conclude.Ledger;
using Conclude.Testing;
using NSubstitute;

namespace Conclude.Grains.Tests.Live;

/// <summary>Proves when a grain reads the ledger again, and that it does not otherwise.</summary>
public sealed class ReadingTests
{
    private readonly ILedger _ledger = Substitute.For<ILedger>();
    private readonly ManualTime _time = new();
    private int _reads;

    [Fact]
    public async Task It_is_read_again_after_a_commit_here_news_from_elsewhere_or_half_a_minute_and_not_before()
    {
        var reading = new Reading<int>(_ledger, _time);
        Assert.Equal((1, 1), (await Current(reading), await Current(reading)));
        _ledger.Commits.Returns(1);
        Assert.Equal((2, 2), (await Current(reading), await Current(reading)));
        await reading.Outdate();
        Assert.Equal((3, 3), (await Current(reading), await Current(reading)));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(3, await Current(reading));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, await Current(reading));
    }

    [Fact]
    public async Task A_failed_read_leaves_it_to_the_next_question()
    {
        var reading = new Reading<int>(_ledger, _time);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => reading.Current(() => throw new LedgerUnavailableException("down")));
        Assert.Equal(1, await Current(reading));
    }

    [Fact]
    public async Task News_that_comes_during_a_read_makes_the_next_question_read_again()
    {
        var reading = new Reading<int>(_ledger, _time);
        await reading.Current(async () =>
        {
            await reading.Outdate();
            return ++_reads;
        });
        Assert.Equal(2, await Current(reading));
    }

    private Task<int> Current(Reading<int> reading) => reading.Current(() => Task.FromResult(++_reads));
}
