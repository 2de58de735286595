using System.Collections.Concurrent;

namespace Conclude.Ledger.Tests;

/// <summary>A ledger on a real file in a folder of its own, and what it published.</summary>
internal sealed class TestLedger : ICommitListener, IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Action<SqliteLedgerOptions>? _configure;
    private SqliteLedger _ledger;

    public TestLedger(Action<SqliteLedgerOptions>? configure = null)
    {
        _configure = configure;
        _ledger = Open();
    }

    public ILedger Ledger => _ledger;

    public string Folder => _folder.Path;

    public string Database => _folder.Database;

    public ConcurrentQueue<Commit> Commits { get; } = [];

    /// <summary>Runs in the commit, on the writer's thread.</summary>
    public Action? OnCommit { get; set; }

    public static SqliteLedger Create(string folder, Action<SqliteLedgerOptions>? configure = null, params ICommitListener[] listeners)
    {
        SqliteLedgerOptions options = new() { DataDirectory = folder };
        configure?.Invoke(options);
        return new SqliteLedger(options, () => listeners, TimeProvider.System);
    }

    public void Committed(IReadOnlyList<Commit> commits)
    {
        foreach (var commit in commits)
        {
            Commits.Enqueue(commit);
        }
        OnCommit?.Invoke();
    }

    /// <summary>Closes the ledger and opens the same folder again.</summary>
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

    private SqliteLedger Open()
    {
        var ledger = Create(_folder.Path, _configure, this);
        ledger.Open();
        return ledger;
    }
}
