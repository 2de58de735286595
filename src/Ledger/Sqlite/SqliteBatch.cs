using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using Conclude.Ledger.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>The writing connection. Used by the writer thread alone.</summary>
internal sealed class SqliteBatch : IStoreBatch
{
    private static readonly FrozenDictionary<string, string> Sql = new SqlText("Sqlite").Statements("write").Concat(new SqlText("Sqlite").Statements("upkeep"))
        .ToFrozenDictionary(static s => s.Key, static s => s.Value, StringComparer.Ordinal);
    /// <summary>4,000 pages before a checkpoint: the hot rows are then copied into the database once for many commits.</summary>
    public const string AutoCheckpoint = "PRAGMA wal_autocheckpoint = 4000;";

    private readonly string _file;
    private readonly SqliteLedgerOptions _options;
    private readonly CommitLog _log = new();
    private readonly NameBook _names = new();
    private readonly TotalsWriter _totals;
    private readonly UserRows _users;
    private readonly FireWriter _fires;
    private readonly PromptWriter _prompts;
    private readonly FileScrub _scrub;
    private readonly List<ScrubOperation> _scrubs = [];
    private Session? _session;

    public SqliteBatch(string file, SqliteLedgerOptions options)
    {
        _file = file;
        _options = options;
        _scrub = new FileScrub(options.BusyTimeout, FileScrub.Turn);
        _totals = new TotalsWriter(_log);
        _users = new UserRows(_names);
        OutboxWriter outbox = new(_log);
        _fires = new FireWriter(_names, _totals, _users, outbox, _log, options.TestFiresPerDay);
        _prompts = new PromptWriter(_names, _totals, _users, outbox, _log);
    }

    private Session Current => _session ?? throw new InvalidOperationException("No transaction has begun.");

    public void Begin()
    {
        _session ??= Open();
        _session["begin"].Open().Run();
    }

    public void Apply(IReadOnlyList<Operation> operations)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            Apply(Current, operations[i]);
        }
        _totals.Write(Current);
    }

    public void ApplyAlone(Operation operation)
    {
        var mark = _log.Mark;
        Current["savepoint"].Open().Run();
        try
        {
            Apply(Current, operation);
            _totals.Write(Current);
        }
        catch (Exception failure) when (!IsOutage(failure))
        {
            Forget();
            _log.Return(mark);
            Current["rollback_to"].Open().Run();
            Current["release"].Open().Run();
            throw;
        }
        Current["release"].Open().Run();
    }

    public IReadOnlyList<Commit> Commit()
    {
        Current["commit"].Open().Run();
        _names.Trim();
        foreach (var scrub in _scrubs)
        {
            Run(scrub);
        }
        _scrubs.Clear();
        return _log.Take();
    }

    public void Rollback()
    {
        Forget();
        _log.Return(default);
        _scrubs.Clear();
        // Closing rolls back, whatever state the failure left the connection in; the next batch opens a fresh one.
        Close();
    }

    public bool IsOutage(Exception failure) => failure is SqliteException { SqliteErrorCode: var code } && code is
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_INTERRUPT or raw.SQLITE_IOERR
        or raw.SQLITE_CORRUPT or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL or raw.SQLITE_NOTADB or raw.SQLITE_PERM
        or raw.SQLITE_AUTH or raw.SQLITE_NOLFS;

    // The writer is alone.
    public bool IsContention(Exception failure) => false;

    public void Dispose() => Close();

    private static bool Probe(Session session)
    {
        session["fill_probe"].Open().Run();
        session["empty_probe"].Open().Run();
        session["touch_probe"].Open().Run();
        return true;
    }

    private void Apply(Session session, Operation operation)
    {
        switch (operation)
        {
            case AppendOperation append:
                var results = new FireResult[append.Fires.Length];
                for (var i = 0; i < results.Length; i++)
                {
                    results[i] = _fires.Write(session, append.Fires[i]);
                }
                append.Result = ImmutableCollectionsMarshal.AsImmutableArray(results);
                break;
            case ChangeOperation change:
                change.Result = _prompts.Write(session, change.Change);
                break;
            case JoinOperation join:
                join.Result = _users.Write(session, join.Link);
                break;
            case DescribeOperation describe:
                describe.Result = _users.Write(session, describe);
                break;
            case ProbeOperation probe:
                probe.Result = Probe(session);
                break;
            case ScrubOperation scrub:
                _scrubs.Add(scrub);
                break;
            case IStoreWork work:
                Run(session, work);
                break;
            default:
                throw new NotSupportedException(operation.GetType().Name);
        }
    }

    private void Run(Session session, IStoreWork work)
    {
        if (work.MovesSums)
        {
            // What the batch has moved goes in before, and what is remembered of names is read again after.
            _totals.Write(session);
            _names.Forget();
        }
        work.Run(session);
    }

    // What was committed is committed, whatever becomes of this.
    private void Run(ScrubOperation scrub)
    {
        try
        {
            scrub.Result = _scrub.Run(_session ??= Open(), scrub.Until);
        }
        catch (Exception failure)
        {
            scrub.Failure = failure;
            _scrub.Forget();
            Close();
        }
    }

    private Session Open()
    {
        var session = Session.Open(_file, raw.SQLITE_OPEN_READWRITE, Sql, _options.BusyTimeout, """
            PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -32000;
            PRAGMA temp_store = MEMORY;
            """ + AutoCheckpoint);
        if (_options.MaxPages > 0)
        {
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {_options.MaxPages}"));
        }
        return session;
    }

    private void Forget()
    {
        _names.Forget();
        _totals.Forget();
    }

    private void Close()
    {
        try
        {
            _session?.Dispose();
        }
        finally
        {
            _session = null;
        }
    }
}
