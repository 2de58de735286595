using System.Runtime.InteropServices;
using Conclude.Bench.Service;
using SQLitePCL;

namespace Conclude.Bench.GroupCommit;

/// <summary>One connection, a prepared insert for each event, each counter once a batch, one flush a batch.</summary>
public sealed class SqliteBatches : IBatches
{
    private const long Hour = 3_600_000;
    private readonly Dictionary<string, long> _names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(long Hour, long Name), Move> _moves = [];
    private readonly Dictionary<(long Hour, long Name), Move> _found = [];
    private readonly sqlite3 _db;
    private readonly Shape _shape;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _intern;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _moveHour;
    private readonly SqliteStatement? _moveName;
    private readonly SqliteStatement? _moveMonth;

    static SqliteBatches() => Batteries_V2.Init();

    public SqliteBatches(IServiceSettings settings)
    {
        _shape = settings.Shape;
        var code = raw.sqlite3_open_v2(
            settings.Data, out _db, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        SqliteStatement.Check(code, _db);
        SqliteStatement.Check(raw.sqlite3_exec(_db, SqliteTables.Settings), _db);
        SqliteStatement.Check(raw.sqlite3_exec(_db, SqliteTables.Schema(_shape)), _db);
        _begin = new(_db, "BEGIN IMMEDIATE");
        _commit = new(_db, "COMMIT");
        _intern = new(_db, SqliteTables.Intern);
        _insert = new(_db, SqliteTables.InsertEvent(_shape));
        _moveHour = new(_db, SqliteTables.MoveHour);
        if (_shape == Shape.Product)
        {
            _moveName = new(_db, SqliteTables.MoveName);
            _moveMonth = new(_db, SqliteTables.MoveMonth);
        }
    }

    public void Write(IReadOnlyList<Pending> batch)
    {
        _moves.Clear();
        _found.Clear();
        _begin.Run();
        for (var i = 0; i < batch.Count; i++)
        {
            Insert(batch[i]);
        }

        // In the order of the keys: neighbours share pages.
        foreach (var (key, move) in _found)
        {
            _moves.Add(key, move);
        }

        foreach (var ((hour, name), move) in _moves)
        {
            _moveHour.Add(hour).Add(name).Add(move.Fires).Run();
            _moveName?.Add(name).Add(move.First).Add(move.Last).Add(move.Fires).Run();
        }

        if (_moveMonth is not null)
        {
            foreach (var month in _moves.GroupBy(static m => Month(m.Key.Hour)))
            {
                _moveMonth.Add(month.Key).Add(month.Sum(static m => m.Value.Fires)).Run();
            }
        }

        _commit.Run();
    }

    public StoredCount Count()
    {
        using SqliteStatement count = new(_db, SqliteTables.Count);
        var (events, totals) = count.Row(columns: 2);
        return new StoredCount(events, totals);
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement?[])[_begin, _commit, _intern, _insert, _moveHour, _moveName, _moveMonth])
        {
            statement?.Dispose();
        }

        _db.Dispose();
    }

    private void Insert(Pending pending)
    {
        var (accepted, received, user) = (0, pending.ReceivedAt, pending.UserKey);
        foreach (var one in pending.Events)
        {
            var name = _names.TryGetValue(one.Name, out var known) ? known : Intern(one.Name);
            _insert.Add(one.Id).Add(name).Add(user).Add(one.At.ToUnixTimeMilliseconds()).Add(received);
            if (_shape == Shape.Product)
            {
                _insert.Add(user.AsSpan(0, Math.Min(8, user.Length)));
            }

            if (_insert.Run() == 0)
            {
                continue;
            }

            accepted++;
            ref var move = ref CollectionsMarshal.GetValueRefOrAddDefault(_found, (received - (received % Hour), name), out var exists);
            move = exists
                ? new Move(move.Fires + 1, Math.Min(move.First, received), Math.Max(move.Last, received))
                : new Move(1, received, received);
        }

        pending.Accepted = accepted;
    }

    private long Intern(string name) => _names[name] = _intern.Add(name).Row(columns: 1).First;

    private static long Month(long hour)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(hour);
        return (at.Year * 100) + at.Month;
    }

    private readonly record struct Move(long Fires, long First, long Last);
}
