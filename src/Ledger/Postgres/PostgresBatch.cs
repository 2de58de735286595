using Conclude.Ledger.Writing;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>The writing connection. Used by the writer thread alone.</summary>
/// <param name="held">What keeps other processes away; null when they may write too.</param>
internal sealed class PostgresBatch(Connections connections, ProcessLock? held, PostgresLedgerOptions options) : IStoreBatch
{
    private const string Savepoint = "alone";
    private readonly CommitLog _log = new();
    private readonly KnownNames _known = new();
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    private NpgsqlConnection Current => _connection ?? throw new InvalidOperationException("No transaction has begun.");

    private NpgsqlTransaction Transaction => _transaction ?? throw new InvalidOperationException("No transaction has begun.");

    public void Begin()
    {
        held?.Keep();
        _connection ??= connections.OpenWriter();
        _transaction = _connection.BeginTransaction();
    }

    public void Apply(IReadOnlyList<Operation> operations)
    {
        var state = new BatchReader(Current, _known, options.Timeout).Read(operations);
        BatchRules rules = new(state, _log, options.TestFiresPerDay);
        foreach (var operation in operations)
        {
            rules.Apply(operation);
        }
        new BatchWriter(Current, _known, _log, options.Timeout).Write(state);
        if (operations.Any(static o => o is ProbeOperation))
        {
            using Pipeline probe = new(Current, options.Timeout);
            probe.Then("touch_probe", rows: 1).Run();
        }
    }

    public void ApplyAlone(Operation operation)
    {
        var mark = _log.Mark;
        Transaction.Save(Savepoint);
        try
        {
            Apply([operation]);
        }
        catch (Exception failure) when (!IsOutage(failure))
        {
            _known.Forget();
            _log.Return(mark);
            Transaction.Rollback(Savepoint);
            throw;
        }
        Transaction.Release(Savepoint);
    }

    public IReadOnlyList<Commit> Commit()
    {
        Transaction.Commit();
        Transaction.Dispose();
        _transaction = null;
        _known.Trim();
        return _log.Take();
    }

    public void Rollback()
    {
        _known.Forget();
        _log.Return(default);
        // Closing rolls back, whatever state the failure left the connection in; the next batch opens a fresh one.
        Close();
    }

    public bool IsOutage(Exception failure) => Connections.IsOutage(failure);

    public bool IsContention(Exception failure) => Connections.IsContention(failure);

    public void Dispose() => Close();

    private void Close()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (Exception failure) when (IsOutage(failure))
        {
            // The other end is gone already.
        }
        _transaction = null;
        _connection = null;
    }
}
