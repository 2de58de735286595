using Conclude.Bench.Service;
using Npgsql;

namespace Conclude.Bench.GroupCommit;

/// <summary>One connection, one prepared statement that takes the batch as arrays: one round trip and one flush a batch.</summary>
internal sealed class PostgresBatches : IBatches
{
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _append;
    private readonly NpgsqlParameter<Guid[]> _ids = new();
    private readonly NpgsqlParameter<int[]> _nameIds = new();
    private readonly NpgsqlParameter<string[]> _users = new();
    private readonly NpgsqlParameter<long[]> _times = new();
    private readonly NpgsqlParameter<long[]> _receipts = new();

    public PostgresBatches(IServiceSettings settings)
    {
        _connection = new(new NpgsqlConnectionStringBuilder(settings.Database) { Pooling = false, Options = "-c jit=off" }.ConnectionString);
        _connection.Open();
        using (NpgsqlCommand schema = new(PostgresTables.Schema(settings.Shape), _connection))
        {
            schema.ExecuteNonQuery();
        }

        _append = new(PostgresTables.Append(settings.Shape), _connection) { Parameters = { _ids, _nameIds, _users, _times, _receipts } };
        Fill([]);
        _append.Prepare();
    }

    public void Write(IReadOnlyList<Pending> batch)
    {
        var sent = Fill(batch);
        using var row = _append.ExecuteReader();
        row.Read();
        if (row.GetInt64(0) == sent)
        {
            foreach (var pending in batch)
            {
                pending.Accepted = pending.Events.Length;
            }

            return;
        }

        HashSet<Guid> added = [.. row.IsDBNull(1) ? [] : row.GetFieldValue<Guid[]>(1)];
        foreach (var pending in batch)
        {
            pending.Accepted = pending.Events.Count(e => added.Remove(e.Id));
        }
    }

    public StoredCount Count()
    {
        using NpgsqlCommand command = new(PostgresTables.Count, _connection);
        using var row = command.ExecuteReader();
        row.Read();
        return new StoredCount(row.GetInt64(0), row.GetInt64(1));
    }

    public void Dispose()
    {
        _append.Dispose();
        _connection.Dispose();
    }

    private int Fill(IReadOnlyList<Pending> batch)
    {
        var count = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            count += batch[i].Events.Length;
        }

        var (ids, names, users) = (new Guid[count], new int[count], new string[count]);
        var (times, receipts) = (new long[count], new long[count]);
        var at = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            var pending = batch[i];
            foreach (var one in pending.Events)
            {
                ids[at] = one.Id;
                names[at] = _names.TryGetValue(one.Name, out var known) ? known : Intern(one.Name);
                users[at] = pending.UserKey;
                times[at] = one.At.ToUnixTimeMilliseconds();
                receipts[at++] = pending.ReceivedAt;
            }
        }

        (_ids.TypedValue, _nameIds.TypedValue, _users.TypedValue, _times.TypedValue, _receipts.TypedValue) = (ids, names, users, times, receipts);
        return count;
    }

    private int Intern(string name)
    {
        using NpgsqlCommand command = new(PostgresTables.Intern, _connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } };
        return _names[name] = (int)command.ExecuteScalar()!;
    }
}
