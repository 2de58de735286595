using System.Collections.Immutable;
using System.Data.Common;
using Conclude.Ledger;

namespace Conclude.Testing.Judging;

/// <summary>Reads the rows with plain SQL, past everything that the product knows of them.</summary>
internal abstract class StoreUnderTest : IStoreUnderTest
{
    private const string EventRows = "SELECT e.id, n.name, e.user_key, e.verdict, e.prompt FROM events e JOIN names n ON n.id = e.name WHERE NOT e.test";
    private const string PromptRows = """
        SELECT p.seq, p.id, n.name, p.user_key, p.granted_at, p.live_until, p.view, p.seen_at, p.reaction, p.comment, p.dismissed_at
        FROM prompts p JOIN names n ON n.id = p.name WHERE NOT p.test ORDER BY p.seq
        """;

    public abstract string Kind { get; }

    public abstract bool IsOfOneProcess { get; }

    public Task<List<StoredEvent>> Events() => Read(EventRows, row => new StoredEvent(
        Id(row.GetValue(0)), row.GetString(1), row.GetString(2), ((Verdict)row.GetInt16(3)).Name(), row.IsDBNull(4) ? null : Id(row.GetValue(4))));

    public Task<List<StoredPrompt>> Prompts() => Read(PromptRows, row => new StoredPrompt(
        row.GetInt64(0), Id(row.GetValue(1)), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5),
        row.IsDBNull(6) ? null : row.GetString(6), !row.IsDBNull(7),
        row.IsDBNull(8) ? null : ((Reaction)row.GetInt16(8)).ToString().ToLowerInvariant(),
        row.IsDBNull(9) ? null : row.GetString(9), !row.IsDBNull(10)));

    public async Task<ImmutableArray<string>> Recount()
    {
        await using var ledger = Ledger();
        ledger.OpenForReading();
        return await ledger.Verify();
    }

    public async Task Execute(string sql)
    {
        await using var connection = await Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    protected abstract Task<DbConnection> Connect();

    protected abstract StoreLedger Ledger();

    private static Guid Id(object value) => value is byte[] bytes ? new Guid(bytes, bigEndian: true) : (Guid)value;

    private async Task<List<T>> Read<T>(string sql, Func<DbDataReader, T> row)
    {
        await using var connection = await Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await rows.ReadAsync())
        {
            all.Add(row(rows));
        }

        return all;
    }
}
