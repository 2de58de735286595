using System.Collections.Immutable;
using System.Diagnostics;
using Conclude.Ledger.Outbox;
using Conclude.Ledger.Reading;
using Conclude.Ledger.Upkeep;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger;

/// <summary>What the ledger is on every store: operations go to the group commit, queries to the readers.</summary>
/// <param name="listeners">Asked for at the opening, so that they may depend on what depends on the ledger.</param>
public abstract partial class StoreLedger(StoreLedgerOptions options, Func<IEnumerable<ICommitListener>> listeners, TimeProvider time, ILogger log)
    : ILedger, ILedgerReports, ILedgerSearch, ILedgerUpkeep, ILedgerAudit, IOutbox, IAsyncDisposable
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestLookBack = TimeSpan.FromMilliseconds(700);
    private const int KnownOfEach = 300;
    private GroupCommit? _writer;
    private IReaders? _readers;
    private IUpkeepStore? _upkeep;
    private Erasure? _erasure;
    private Scrubbing? _scrubbing;
    private ICommitListener[] _listeners = [];
    private Task _resumed = Task.CompletedTask;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _asking = new();
    private Task<bool>? _probe;

    private GroupCommit Writer => _writer ?? throw NotOpen();

    private IReaders Readers => _readers ?? throw NotOpen();

    private IUpkeepStore Upkeep => _upkeep ?? throw NotOpen();

    private Erasure Erasure => _erasure ?? throw NotOpen();

    private protected bool IsOpen => _readers is not null;

    /// <summary>Takes the store, brings it to the newest version and starts the writer; does nothing when it is open already.</summary>
    /// <exception cref="StoreInUseException">Another process works on the store.</exception>
    /// <exception cref="NewerStoreException">The store is of a newer program.</exception>
    /// <exception cref="LedgerUnavailableException">The store does not answer.</exception>
    public abstract void Open();

    /// <summary>Opens the store for reading alone, beside whoever works on it; does nothing when it is open already.</summary>
    /// <exception cref="LedgerUnavailableException">There is no store, or it does not answer.</exception>
    /// <exception cref="OlderStoreException">The store is to be brought up to date first.</exception>
    /// <exception cref="NewerStoreException">The store is of a newer program.</exception>
    public abstract void OpenForReading();

    public long Commits => Writer.Commits;

    public Task<ImmutableArray<FireResult>> Append(IReadOnlyList<Fire> fires) =>
        fires.Count == 0 ? Task.FromResult(ImmutableArray<FireResult>.Empty) : Write(new AppendOperation(fires));

    public Task<bool> Change(PromptChange change) => Write(new ChangeOperation(change));

    public Task<bool> Join(Link link) => Write(new JoinOperation(link));

    public Task<bool> Describe(string workspace, string userKey, Person person, long? expectedVersion = null) =>
        Write(new DescribeOperation(workspace, userKey, person.Verified, PersonJson.Write(person), expectedVersion));

    public Task<UserHistory> ReadUser(string workspace, string userKey, CancellationToken cancellation = default) =>
        Readers.ReadOne(s => UserQueries.History(s, workspace, userKey), cancellation);

    public Task<Prompt?> FindPrompt(string workspace, Guid promptId, CancellationToken cancellation = default) =>
        Readers.Read(s => UserQueries.Prompt(s, workspace, promptId), cancellation);

    public Task<long> ReadCapUse(string workspace, string eventName, DateTimeOffset now, CancellationToken cancellation = default) =>
        Readers.Read(s => TotalsQueries.CapUse(s, workspace, eventName, now), cancellation);

    public Task<ImmutableArray<ObservedEvent>> ReadNames(string workspace, string? only, DateTimeOffset now, CancellationToken cancellation = default) =>
        Readers.Scan(s => TotalsQueries.Names(s, workspace, only, now), cancellation);

    public Task<ImmutableArray<HourTotals>> ReadHours(
        string workspace, string? only, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        Readers.Scan(s => TotalsQueries.Hours(s, workspace, only, from, to), cancellation);

    public Task<ImmutableArray<DaySeries>> ReadDays(string workspace, ImmutableArray<DateTimeOffset> days, CancellationToken cancellation = default)
    {
        if (days.Length is < 2 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(days), days.Length, "1 to 99 days are read at a time.");
        }
        return Readers.Scan(s => DayQueries.Read(s, workspace, days), cancellation);
    }

    public Task<ImmutableArray<RecentFire>> ReadRecentFires(string workspace, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        return Readers.Read(s => FireQueries.Recent(s, workspace, limit), cancellation);
    }

    public Task<PastFires> ReadPastFires(
        string workspace, string eventName, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) => Readers.Scan(
            s =>
            {
                var began = time.GetTimestamp();
                return PastFireQueries.Read(s, workspace, eventName, from, to, PastFires.Most, () => time.GetElapsedTime(began) > LongestLookBack);
            },
            cancellation);

    public Task<ImmutableDictionary<string, Person>> ReadPeople(string workspace, IReadOnlyCollection<string> userKeys, CancellationToken cancellation = default)
    {
        if (userKeys.Count > PastFires.Most)
        {
            throw new ArgumentOutOfRangeException(nameof(userKeys), userKeys.Count, $"At most {PastFires.Most} keys at a time.");
        }
        return Readers.Scan(s => FactQueries.People(s, workspace, userKeys), cancellation);
    }

    public Task<KnownFacts> ReadKnownFacts(string workspace, CancellationToken cancellation = default) =>
        Readers.Scan(s => FactQueries.Known(s, workspace, KnownOfEach), cancellation);

    public async Task<ImmutableArray<Response>> ReadResponses(ResponseQuery query, CancellationToken cancellation = default) =>
        (await SearchResponses(query, TimeSpan.MaxValue, cancellation)).Items;

    public Task<long> ReadUsage(string workspace, DateTimeOffset now, CancellationToken cancellation = default) =>
        Readers.Read(s => TotalsQueries.Usage(s, workspace, now), cancellation);

    public Task<long> ReadEpoch(CancellationToken cancellation = default) => Readers.Read(TotalsQueries.Epoch, cancellation);

    public async Task<ImmutableArray<string>> Verify(CancellationToken cancellation = default)
    {
        var found = await Readers.Recount(queries => Verification.Run(queries, progress: null, cancellation), cancellation);
        return [.. found.WrongSums, .. found.WrongRows];
    }

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

    /// <summary>Writes what waits, then closes the store and frees it for others.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _resumed;
        var scrubbing = Interlocked.Exchange(ref _scrubbing, null);
        // Its turn, which waits in the writer's queue, ends with the writer.
        await (scrubbing?.Stop() ?? Task.CompletedTask);
        if (_writer is { } writer)
        {
            await writer.DisposeAsync();
        }
        if (Interlocked.Exchange(ref _erasure, null) is { } erasure)
        {
            await erasure.DisposeAsync();
        }
        if (scrubbing is not null)
        {
            await scrubbing.DisposeAsync();
        }
        _upkeep?.Dispose();
        _readers?.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>The store is taken and of this program's version: starts to work on it.</summary>
    private protected void Start(IStoreBatch store, IReaders readers, Func<GroupCommit, IUpkeepStore> upkeep)
    {
        _readers = readers;
        _listeners = [.. listeners()];
        _writer = new GroupCommit(store, _listeners, new GroupCommitOptions(options.MaxQueuedFires, options.MaxQueuedBytes, options.MaxBatchFires, options.MaxQueuedTime), time, log);
        _upkeep = upkeep(_writer);
        _scrubbing = new Scrubbing(_upkeep, time, log);
        _erasure = new Erasure(_upkeep, new ErasureSweep(_upkeep, time, options.UpkeepRows, options.UpkeepPause, UntilWritten), _scrubbing, Erasing, time);
        _resumed = Task.Run(ResumeErasures);
    }

    /// <summary>How long other writers of this store may hold what they have taken in.</summary>
    private protected virtual TimeSpan LongestElsewhere => TimeSpan.Zero;

    private Task Erasing(string workspace, IReadOnlyList<string> keys, CancellationToken closing) =>
        Task.WhenAll(_listeners.Select(listener => listener.Erasing(workspace, keys, closing)));

    private async Task UntilWritten()
    {
        await _writer!.Enqueue(new ProbeOperation());
        await Task.Delay(LongestElsewhere, time, _closing.Token);
    }

    private protected void StartReading(IReaders readers) => _readers = readers;

    private Task<T> Write<T>(Operation<T> operation) =>
        Activity.Current is { IsAllDataRequested: true } ? CommitSpan.Await(Writer, operation) : Writer.Enqueue(operation);

    /// <summary>Gives up what keeps other processes from the store.</summary>
    private protected abstract void Free();

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
