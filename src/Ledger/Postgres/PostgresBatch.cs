using System.Data;
using Conclude.Ledger.Writing;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>The writing connection. Used by the writer thread alone.</summary>
/// <param name="held">What keeps away who may not write beside this process.</param>
internal sealed class PostgresBatch(Connections connections, ProcessLock held, PostgresLedgerOptions options) : IStoreBatch
{
    private const string Savepoint = "alone";

    // A batch that was plain in vain is paid twice: somebody who repeats ids on purpose can cause it once in so many batches.
    private const int WaryBatches = 50;

    // How much is written before the server plans anew: a plan is as good as the size of the tables it was made for, and a prepared
    // one would be kept from the first event to the millionth. Twice as much each time, and never more than MaxPlanned.
    private const int MinPlanned = 1_000;
    private const int MaxPlanned = 100_000;
    private readonly CommitLog _log = new();
    private readonly KnownNames _known = new();
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private int _wary;
    private int _planned;
    private int _written;

    private NpgsqlConnection Current => _connection ?? throw new InvalidOperationException("No transaction has begun.");

    /// <summary>Begins with its first use: a plain batch needs none.</summary>
    private NpgsqlTransaction Transaction => _transaction ??= Current.BeginTransaction();

    public void Begin()
    {
        // What was left behind when the server went is of no use when it is back, and another process may have been here.
        if (held.Keep() || _connection is { State: not ConnectionState.Open })
        {
            _known.Forget();
            Close();
        }
        if (_connection is null)
        {
            _connection = connections.OpenWriter();
            _planned = MinPlanned;
            _written = 0;
        }
        else if (_written >= _planned)
        {
            Connections.Execute(_connection, "DISCARD PLANS");
            _planned = Math.Min(MaxPlanned, 2 * _planned);
            _written = 0;
        }
    }

    public void Apply(IReadOnlyList<Operation> operations)
    {
        if (!TryPlain(operations))
        {
            ApplyWithCare(operations);
        }
        _written += operations.Sum(static o => o.Weight);
    }

    /// <summary>The whole batch in one round trip that is its own transaction, when all of it is likely to be new and allowed.</summary>
    /// <returns>False when nothing was stored and the batch must be looked at.</returns>
    private bool TryPlain(IReadOnlyList<Operation> operations)
    {
        if (_wary > 0)
        {
            _wary--;
            return false;
        }
        if (_transaction is not null || PlainBatch.Of(operations, _known) is not { } state)
        {
            return false;
        }
        try
        {
            Apply(operations, state);
            return true;
        }
        catch (PostgresException refused) when (PlainBatch.IsToBeLookedAt(refused))
        {
            _log.Return(default);
            _wary = WaryBatches;
            return false;
        }
    }

    private void Apply(IReadOnlyList<Operation> operations, BatchState state)
    {
        BatchRules rules = new(state, _log, options.TestFiresPerDay);
        foreach (var operation in operations)
        {
            rules.Apply(operation);
        }
        new BatchWriter(Current, _known, _log, options.Timeout, isAlone: options.SingleProcess).Write(state);
    }

    private void ApplyWithCare(IReadOnlyList<Operation> operations)
    {
        _ = Transaction;
        Apply(operations, new BatchReader(Current, _known, options.Timeout).Read(operations));
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
            ApplyWithCare([operation]);
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
        _transaction?.Commit();
        _transaction?.Dispose();
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
        finally
        {
            _transaction = null;
            _connection = null;
        }
    }
}
