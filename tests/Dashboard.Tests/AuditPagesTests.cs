using System.Collections.Immutable;
using Conclude.Dashboard.Members;
using Conclude.Ledger;
using NSubstitute;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that the audit log's page shows each entry once and leaves none out, however they come.</summary>
public sealed class AuditPagesTests
{
    private static readonly AuditQuery Query = new("acme");
    private readonly ILedgerAudit _audit = Substitute.For<ILedgerAudit>();
    private readonly AuditPages _pages;
    private int _stored = 120;
    private TaskCompletionSource _let = new();

    public AuditPagesTests()
    {
        _pages = new AuditPages(_audit);
        _let.SetResult();
        _audit.ReadAudit(default!, default).ReturnsForAnyArgs(call => Read(call.Arg<AuditQuery>()));
    }

    [Fact]
    public async Task Older_ones_that_are_asked_for_twice_at_once_are_shown_once()
    {
        await _pages.Show(Query);
        _let = new();
        var both = Task.WhenAll(_pages.ReadOlder(Query), _pages.ReadOlder(Query));
        _let.SetResult();
        await both;
        Assert.Equal(Enumerable.Range(1, 120).Reverse().Take(100).Select(static n => (long)n), _pages.Items.Select(static e => e.Sequence));
        Assert.True(_pages.More);
    }

    [Fact]
    public async Task More_new_ones_than_a_page_holds_leave_no_gap()
    {
        await _pages.Show(Query);
        _stored = 200;
        await _pages.ReadNewer(Query);
        while (_pages.More)
        {
            await _pages.ReadOlder(Query);
        }

        Assert.Equal(Enumerable.Range(1, 200).Reverse().Select(static n => (long)n), _pages.Items.Select(static e => e.Sequence));
    }

    private async Task<ImmutableArray<AuditEntry>> Read(AuditQuery query)
    {
        await _let.Task;
        return
        [
            .. Enumerable.Range(1, _stored).Reverse().Select(static n => (long)n).Where(n => n < (query.Before ?? long.MaxValue)).Take(query.Limit)
                .Select(static n => new AuditEntry(n, DateTimeOffset.UnixEpoch, Author.Operator, "settings.changed", "", [])),
        ];
    }
}
