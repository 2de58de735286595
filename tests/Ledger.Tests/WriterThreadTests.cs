using Conclude.Ledger.Writing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Conclude.Ledger.Tests;

/// <summary>The writer thread outlives a store that throws wherever it can: each batch fails, and the next one is tried.</summary>
public sealed class WriterThreadTests
{
    [Fact]
    public async Task Whatever_the_store_throws_the_next_batch_is_tried()
    {
        BrittleStore store = new();
        await using var writer = new GroupCommit(store, [], new GroupCommitOptions(100, 1_000_000, 100, TimeSpan.FromMinutes(1)), TimeProvider.System, NullLogger.Instance);
        foreach (var where in new[] { Where.Begin, Where.Apply, Where.Commit })
        {
            store.Broken = where | Where.Rollback;
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => writer.Enqueue(new ProbeOperation()).WaitAsync(TimeSpan.FromSeconds(10)));
        }

        store.Broken = Where.Nowhere;
        await writer.Enqueue(new ProbeOperation()).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1, writer.Commits);
    }

    [Fact]
    public async Task A_store_that_cannot_be_closed_does_not_hold_up_the_end()
    {
        BrittleStore store = new() { Broken = Where.Dispose };
        var writer = new GroupCommit(store, [], new GroupCommitOptions(100, 1_000_000, 100, TimeSpan.FromMinutes(1)), TimeProvider.System, NullLogger.Instance);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Flags]
    private enum Where
    {
        Nowhere = 0,
        Begin = 1,
        Apply = 2,
        Commit = 4,
        Rollback = 8,
        Dispose = 16,
    }

    private sealed class BrittleStore : IStoreBatch
    {
        public volatile Where Broken;

        public void Begin() => Break(Where.Begin);

        public void Apply(IReadOnlyList<Operation> operations) => Break(Where.Apply);

        public void ApplyAlone(Operation operation) => Break(Where.Apply);

        public IReadOnlyList<Commit> Commit()
        {
            Break(Where.Commit);
            return [];
        }

        public void Rollback() => Break(Where.Rollback);

        public bool IsOutage(Exception failure) => Broken.HasFlag(Where.Begin);

        public bool IsContention(Exception failure) => Broken.HasFlag(Where.Commit);

        public void Dispose() => Break(Where.Dispose);

        private void Break(Where here)
        {
            if (Broken.HasFlag(here))
            {
                throw new InvalidOperationException("of the test");
            }
        }
    }
}
