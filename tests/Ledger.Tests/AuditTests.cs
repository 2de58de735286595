using Conclude.Testing;

namespace Conclude.Ledger.Tests;

/// <summary>The log of changes: handed in twice, stored once; read newest first by who, what and when; gone after 400 days.</summary>
public abstract class AuditTests(Store store)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Author Ada = Author.Member("ada@acme.com");

    [Fact]
    public async Task Entries_are_stored_once_and_read_newest_first()
    {
        await using var test = TestLedger.On(store);
        ILedgerAudit audit = test.StoreLedger;
        var first = Entry(1, Ada, "moment.created", "exported", new AuditChange("question", null, "Wie war’s? \"so\""));
        await audit.AppendAudit("acme", [first, Entry(2, Author.Operator, "settings.changed", "")]);
        await audit.AppendAudit("acme", [Entry(2, Ada, "another.story", ""), Entry(3, Author.Key("k1"), "moment.removed", "exported")]);
        await audit.AppendAudit("other", [Entry(1, Ada, "key.created", "k")]);

        var page = await audit.ReadAudit(new AuditQuery("acme"));

        Assert.Equal([3L, 2, 1], page.Select(static e => e.Sequence));
        Assert.Equal("settings.changed", page[1].Kind);
        Assert.Equal((first.At, first.Author, first.Subject, first.Changes[0]), (page[2].At, page[2].Author, page[2].Subject, page[2].Changes[0]));
        Assert.Equal([Author.Operator, Ada, Author.Key("k1")], await audit.ReadAuditAuthors("acme"));
    }

    [Fact]
    public async Task A_query_takes_who_what_when_and_a_page()
    {
        await using var test = TestLedger.On(store);
        ILedgerAudit audit = test.StoreLedger;
        await audit.AppendAudit("acme", [.. Enumerable.Range(1, 9).Select(n => Entry(n, n % 2 == 0 ? Ada : Author.Key("ada@acme.com"), n % 3 == 0 ? "key.created" : n % 3 == 1 ? "moment.changed" : "moment.created", "x"))]);

        await Expect(new("acme", Author: Ada), 8L, 6, 4, 2);
        await Expect(new("acme", Kind: "key"), 9L, 6, 3);
        await Expect(new("acme", Kind: "moment.changed"), 7L, 4, 1);
        await Expect(new("acme", Kind: "mom"));
        await Expect(new("acme", From: Start.AddHours(3), To: Start.AddHours(6)), 5L, 4, 3);
        await Expect(new("acme", Limit: 2), 9L, 8);
        await Expect(new("acme", Limit: 2, Before: 8), 7L, 6);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => audit.ReadAudit(new("acme", Limit: 201)));

        async Task Expect(AuditQuery query, params long[] sequences) => Assert.Equal(sequences, (await audit.ReadAudit(query)).Select(static e => e.Sequence));
    }

    [Fact]
    public async Task Entries_go_after_400_days_in_small_steps()
    {
        ManualTime time = new();
        await using var test = TestLedger.On(store, static o => o.UpkeepRows = 2, time);
        ILedgerAudit audit = test.StoreLedger;
        var now = time.GetUtcNow();
        await audit.AppendAudit("acme", [Entry(1, Ada, "a", "", now), Entry(2, Ada, "a", "", now), Entry(3, Ada, "a", "", now), Entry(4, Ada, "a", "", now.AddDays(1))]);
        time.Advance(ILedgerAudit.AuditRetention);
        Assert.Equal(0, await audit.TrimAudit());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await audit.TrimAudit());
        Assert.Equal(1, await audit.TrimAudit());
        Assert.Equal(0, await audit.TrimAudit());
        Assert.Equal(4, Assert.Single(await audit.ReadAudit(new("acme"))).Sequence);
    }

    private static AuditEntry Entry(long sequence, Author author, string kind, string subject, params AuditChange[] changes) =>
        new(sequence, Start.AddHours(sequence), author, kind, subject, [.. changes]);

    private static AuditEntry Entry(long sequence, Author author, string kind, string subject, DateTimeOffset at) => new(sequence, at, author, kind, subject, []);
}

public sealed class AuditTestsOnSqlite() : AuditTests(Store.Sqlite);

public sealed class AuditTestsOnPostgres() : AuditTests(Store.Postgres);
