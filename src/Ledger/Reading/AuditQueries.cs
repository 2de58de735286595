using System.Collections.Immutable;
using Conclude.Ledger.Upkeep;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>The audit log, along its key: entries of a workspace by their number.</summary>
internal static class AuditQueries
{
    public static int Append(IQueries queries, string workspace, ImmutableArray<AuditEntry> entries) => entries.Sum(entry => queries.Run(
        "add_audit", workspace, entry.Sequence, UtcTime.Ms(entry.At), (long)entry.Author.Kind, entry.Author.Id, entry.Kind, entry.Subject, AuditJson.Write(entry.Changes)));

    public static ImmutableArray<AuditEntry> Page(IQueries queries, AuditQuery query)
    {
        var page = ImmutableArray.CreateBuilder<AuditEntry>();
        using var rows = queries.Open("audit")
            .Add(query.Workspace).Add(query.Before ?? long.MaxValue).Add(query.From ?? DateTimeOffset.UnixEpoch).Add(query.To ?? DateTimeOffset.MaxValue)
            .Add(query.Author is { } author ? (long)author.Kind : -1).Add(query.Author?.Id ?? "")
            .Add(query.Kind is null || query.Kind.Contains('.', StringComparison.Ordinal) ? query.Kind ?? "" : "")
            .Add(query.Kind is null || query.Kind.Contains('.', StringComparison.Ordinal) ? "" : query.Kind + ".")
            .Add(query.Limit);
        while (rows.Next())
        {
            page.Add(new AuditEntry(
                rows.Long(0), rows.Time(1), new Author((AuthorKind)rows.Long(2), rows.Text(3)), rows.Text(4), rows.Text(5), AuditJson.Read(rows.Text(6))));
        }
        return page.DrainToImmutable();
    }

    public static ImmutableArray<Author> Authors(IQueries queries, string workspace) =>
        [.. queries.Rows("audit_authors", static row => new Author((AuthorKind)row.Long(0), row.Text(1)), workspace)];
}
