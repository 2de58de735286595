using Conclude.Api.Users;
using Conclude.Ledger;
using Conclude.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Conclude.Api.Tests.Pure;

/// <summary>Proves that an erasure outlives the request that asked for it, and that a store that is down is told.</summary>
public sealed class ErasuresTests
{
    private readonly ManualTime _time = new();
    private readonly ILedgerUpkeep _ledger = Substitute.For<ILedgerUpkeep>();

    [Fact]
    public async Task One_that_takes_long_goes_on_after_its_request_was_let_go()
    {
        TaskCompletionSource<EraseResult> slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _ledger.Erase("acme", "u:ada", Arg.Any<CancellationToken>()).Returns(slow.Task);
        _ledger.Erase("acme", "t:u:ada", Arg.Any<CancellationToken>()).Returns(new EraseResult(1, 0, 0));
        var asked = Erasures().Erase("acme", "u:ada", "t:u:ada");

        _time.Advance(TimeSpan.FromSeconds(24));
        Assert.False(asked.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(await asked);
        // Nobody has told the ledger to stop.
        await _ledger.Received(1).Erase("acme", "u:ada", CancellationToken.None);
        slow.SetResult(new EraseResult(1, 1, 1));
    }

    [Fact]
    public async Task One_that_is_done_says_so()
    {
        _ledger.Erase("acme", "u:ada", Arg.Any<CancellationToken>()).Returns(new EraseResult(1, 1, 1));
        Assert.True(await Erasures().Erase("acme", "u:ada"));
    }

    [Fact]
    public async Task A_store_that_is_down_is_told()
    {
        _ledger.Erase("acme", "u:ada", Arg.Any<CancellationToken>()).Returns(Task.FromException<EraseResult>(new LedgerUnavailableException("Down.")));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Erasures().Erase("acme", "u:ada"));
    }

    private Erasures Erasures() => new(_ledger, _time, NullLogger<Erasures>.Instance);
}
