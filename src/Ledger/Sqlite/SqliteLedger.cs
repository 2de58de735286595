using System.Collections.Immutable;
using Conclude.Ledger.Writing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Conclude.Ledger.Sqlite;

/// <summary>The ledger in one SQLite file: for first runs, development and one-machine installs. One process a data directory.</summary>
/// <param name="listeners">Asked for at the opening, so that they may depend on what depends on the ledger.</param>
public sealed class SqliteLedger(SqliteLedgerOptions options, Func<IEnumerable<ICommitListener>> listeners, TimeProvider time, ILogger<SqliteLedger>? log = null)
    : ILedger, IAsyncDisposable
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);
    private DataDirectory? _directory;
    private GroupCommit? _writer;
    private ReaderPool? _readers;
    private readonly Lock _asking = new();
    private Task<bool>? _probe;

    private GroupCommit Writer => _writer ?? throw NotOpen();

    private ReaderPool Readers => _readers ?? throw NotOpen();

    /// <summary>Takes the data directory, brings the file to the newest version and starts the writer; does nothing when it is open already.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process works on the directory.</exception>
    /// <exception cref="NewerStoreException">The file is of a newer program.</exception>
    public void Open()
    {
        if (_directory is not null)
        {
            return;
        }

        var directory = DataDirectory.Take(options.DataDirectory);
        try
        {
            Migrator.Run(directory.Database, options.BusyTimeout);
            _readers = new ReaderPool(directory.Database, options);
            _writer = new GroupCommit(
                new SqliteBatch(directory.Database, options), [.. listeners()],
                new GroupCommitOptions(options.MaxQueuedFires, options.MaxQueuedBytes, options.MaxBatchFires),
                log ?? NullLogger<SqliteLedger>.Instance);
            _directory = directory;
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public long Commits => Writer.Commits;

    public Task<ImmutableArray<FireResult>> Append(IReadOnlyList<Fire> fires) =>
        fires.Count == 0 ? Task.FromResult(ImmutableArray<FireResult>.Empty) : Writer.Enqueue(new AppendOperation(fires));

    public Task<bool> Change(PromptChange change) => Writer.Enqueue(new ChangeOperation(change));

    public Task<bool> Join(Link link) => Writer.Enqueue(new JoinOperation(link));

    public Task Describe(string workspace, string userKey, Person person) =>
        Writer.Enqueue(new DescribeOperation(workspace, userKey, person.Verified, PersonJson.Write(person)));

    public Task<UserHistory> ReadUser(string workspace, string userKey, CancellationToken cancellation = default) =>
        Readers.Read(s => UserQueries.History(s, workspace, userKey), cancellation);

    public Task<Prompt?> FindPrompt(string workspace, Guid promptId, CancellationToken cancellation = default) =>
        Readers.Read(s => UserQueries.Prompt(s, workspace, promptId), cancellation);

    public Task<long> ReadCapUse(string workspace, string eventName, DateTimeOffset now, CancellationToken cancellation = default) =>
        Readers.Read(s => TotalsQueries.CapUse(s, workspace, eventName, now), cancellation);

    public Task<ImmutableArray<ObservedEvent>> ReadNames(string workspace, string? only, DateTimeOffset now, CancellationToken cancellation = default) =>
        Readers.Scan(s => TotalsQueries.Names(s, workspace, only, now), cancellation);

    public Task<ImmutableArray<HourTotals>> ReadHours(
        string workspace, string? only, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        Readers.Scan(s => TotalsQueries.Hours(s, workspace, only, from, to), cancellation);

    public Task<ImmutableArray<RecentFire>> ReadRecentFires(string workspace, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        return Readers.Read(s => FireQueries.Recent(s, workspace, limit), cancellation);
    }

    public Task<ImmutableArray<Response>> ReadResponses(ResponseQuery query, CancellationToken cancellation = default)
    {
        var limit = query.Limit;
        if (limit is < 1 or > 200)
        {
            throw new ArgumentOutOfRangeException(nameof(query), limit, "A page holds 1 to 200 answers.");
        }
        return Readers.Scan(s => ResponseQueries.Page(s, query), cancellation);
    }

    public Task<long> ReadUsage(string workspace, DateTimeOffset now, CancellationToken cancellation = default) =>
        Readers.Read(s => TotalsQueries.Usage(s, workspace, now), cancellation);

    public Task<long> ReadEpoch(CancellationToken cancellation = default) => Readers.Read(TotalsQueries.Epoch, cancellation);

    public Task<ImmutableArray<string>> Verify(CancellationToken cancellation = default) => Readers.Scan(Verification.Differences, cancellation);

    public async Task<bool> IsReady(CancellationToken cancellation = default)
    {
        try
        {
            await Readers.Read(TotalsQueries.Epoch, cancellation);
            return await Probe().WaitAsync(ProbeTimeout, time, cancellation);
        }
        catch (Exception failure) when (failure is LedgerUnavailableException or LedgerRefusedException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Writes what waits, then closes the file and frees the data directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_writer is { } writer)
        {
            await writer.DisposeAsync();
        }
        _readers?.Dispose();
        _directory?.Dispose();
    }

    /// <summary>One probe answers all who ask while it waits: anybody may ask, and the queue does not bound probes.</summary>
    private Task<bool> Probe()
    {
        lock (_asking)
        {
            return _probe is { IsCompleted: false } waiting ? waiting : _probe = Writer.Enqueue(new ProbeOperation());
        }
    }

    private static LedgerUnavailableException NotOpen() => new("The ledger is not open.");
}
