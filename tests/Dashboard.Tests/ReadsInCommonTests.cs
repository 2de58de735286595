using Conclude.Dashboard.Reports;
using Conclude.Testing;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that pages that show the same cost one read for each piece of news, that none is given older ones, and that nothing is kept.</summary>
public sealed class ReadsInCommonTests
{
    private readonly ManualTime _time = new();
    private readonly ReadsInCommon _reads;
    private int _read;
    private bool _fails;

    public ReadsInCommonTests() => _reads = new(_time);

    [Fact]
    public async Task News_are_read_once_for_all_pages_that_show_them()
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Read("a", 1)));
        Assert.All(found, static f => Assert.Equal(1, f));

        Assert.Equal(2, await Read("a", 2));
        Assert.Equal(2, await Read("a", 2));
        Assert.Equal(3, await Read("b", 2));
    }

    [Fact]
    public async Task A_read_that_failed_is_tried_again_by_the_next()
    {
        _fails = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Read("a", 1));
        _fails = false;
        Assert.Equal(2, await Read("a", 1));
    }

    [Fact]
    public async Task What_was_read_is_not_kept()
    {
        await Read("a", 1);
        for (var i = 0; await Read("a", 1) == 1; i++)
        {
            // Until it is waited for, in the background.
            Assert.True(i < 4_000);
            await Task.Delay(5, TestContext.Current.CancellationToken);
            if (_time.IsAwaited(ReadsInCommon.KeptFor))
            {
                _time.Advance(ReadsInCommon.KeptFor);
            }
        }
    }

    private async Task<int> Read(string what, int version) => (await _reads.Read(what, version, () =>
        _fails && Interlocked.Increment(ref _read) > 0
            ? Task.FromException<int>(new InvalidOperationException("down"))
            : Task.FromResult(Interlocked.Increment(ref _read)))).Read;
}
