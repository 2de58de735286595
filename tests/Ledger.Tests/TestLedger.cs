using System.Collections.Concurrent;
using Conclude.Ledger.Postgres;
using Conclude.Testing;

namespace Conclude.Ledger.Tests;

/// <summary>A ledger on a real store of its own, and what it published.</summary>
internal sealed class TestLedger : ICommitListener, IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly Func<StoreLedger> _create;
    private StoreLedger _ledger;

    private TestLedger(Func<TestLedger, StoreLedger> create, TempFolder folder, string? connectionString = null)
    {
        ConnectionString = connectionString;
        _folder = folder;
        _create = () => create(this);
        _ledger = Open();
    }

    public ILedger Ledger => _ledger;

    public StoreLedger StoreLedger => _ledger;

    /// <summary>Null on SQLite.</summary>
    public string? ConnectionString { get; }

    public string Folder => _folder.Path;

    public string Database => _folder.Database;

    public ConcurrentQueue<Commit> Commits { get; } = [];

    /// <summary>Runs in the commit, on the writer's thread.</summary>
    public Action? OnCommit { get; set; }

    /// <summary>What somebody who remembers the erased does before they let go of them.</summary>
    public Func<Task>? OnErasing { get; set; }

    public Task Erasing(string workspace, IReadOnlyList<string> userKeys, CancellationToken closing) => OnErasing?.Invoke() ?? Task.CompletedTask;

    public static TestLedger On(Store store, Action<StoreLedgerOptions>? configure = null, TimeProvider? time = null) =>
        store is Store.Sqlite ? OnSqlite(configure, time) : OnPostgres(PostgresServer.Get().NewDatabase(), configure, time);

    public static TestLedger OnSqlite(Action<SqliteLedgerOptions>? configure = null, TimeProvider? time = null)
    {
        TempFolder folder = new();
        return new TestLedger(test => Create(folder.Path, configure, time, test), folder);
    }

    public static TestLedger OnPostgres(string connectionString, Action<PostgresLedgerOptions>? configure = null, TimeProvider? time = null) =>
        new(test => CreatePostgres(connectionString, configure, time, test), new TempFolder(), connectionString);

    /// <summary>Another ledger on the same store; the caller opens it and disposes of it.</summary>
    public StoreLedger Another() => ConnectionString is { } database ? CreatePostgres(database) : Create(Folder);

    public static SqliteLedger Create(string folder, Action<SqliteLedgerOptions>? configure = null, TimeProvider? time = null, params ICommitListener[] listeners)
    {
        SqliteLedgerOptions options = new() { DataDirectory = folder };
        configure?.Invoke(options);
        return new SqliteLedger(options, () => listeners, time ?? TimeProvider.System);
    }

    public static PostgresLedger CreatePostgres(
        string connectionString, Action<PostgresLedgerOptions>? configure = null, TimeProvider? time = null, params ICommitListener[] listeners)
    {
        PostgresLedgerOptions options = new() { ConnectionString = connectionString };
        configure?.Invoke(options);
        return new PostgresLedger(options, () => listeners, time ?? TimeProvider.System);
    }

    public void Committed(IReadOnlyList<Commit> commits)
    {
        foreach (var commit in commits)
        {
            Commits.Enqueue(commit);
        }
        OnCommit?.Invoke();
    }

    public ValueTask Close() => _ledger.DisposeAsync();

    /// <summary>Closes the ledger and opens the same store again.</summary>
    public async Task Reopen()
    {
        await _ledger.DisposeAsync();
        _ledger = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _folder.Dispose();
    }

    private StoreLedger Open()
    {
        var ledger = _create();
        ledger.Open();
        return ledger;
    }
}
