using Conclude.Ledger.Postgres;

namespace Conclude.Ledger.Adoption;

/// <summary>
/// Copies the ledger of an installation (SQLite or PostgreSQL, version by version brought up to this program's) into an empty PostgreSQL
/// database. Both are held meanwhile: a host on either is refused. Killed at any moment, it goes on where it was when run again. The source
/// keeps all it has; a host must not be started on it any more, for nothing would bring the two together again.
/// </summary>
public sealed class LedgerAdoption : IDisposable
{
    private readonly ISourceTables _source;
    private readonly AdoptionTarget? _target;

    private LedgerAdoption(ISourceTables source, AdoptionTarget? target) => (_source, _target) = (source, target);

    /// <summary>For people.</summary>
    public string Source => _source.Name;

    /// <summary>Source and target are the same database: its ledger stays where it is.</summary>
    public bool IsInPlace => _target is null;

    /// <param name="directory">The data directory of an installation on SQLite.</param>
    /// <exception cref="AdoptionRefusedException">There is no installation.</exception>
    /// <exception cref="StoreInUseException">A host works on one of the two.</exception>
    public static LedgerAdoption OfDirectory(string directory, PostgresLedgerOptions target) =>
        Open(new SqliteSource(directory, TimeSpan.FromSeconds(5)), target);

    /// <param name="database">The connection string of an installation on PostgreSQL.</param>
    /// <inheritdoc cref="OfDirectory"/>
    public static LedgerAdoption OfDatabase(string database, PostgresLedgerOptions target)
    {
        Connections source = new(new PostgresLedgerOptions { ConnectionString = database });
        var tables = new PostgresSource(source);
        return SameDatabase.Is(source, new Connections(target)) ? new LedgerAdoption(tables, target: null) : Open(tables, target);
    }

    /// <summary>Rows in a transaction.</summary>
    internal int PageRows { get; set; } = 10_000;

    /// <summary>Copies what is not there yet.</summary>
    /// <exception cref="AdoptionRefusedException">The target holds something else, or the source was worked on since an earlier run.</exception>
    public void Copy(IProgress<AdoptionProgress>? progress, CancellationToken cancellation = default)
    {
        if (_target is null)
        {
            return;
        }
        var counts = AdoptedTable.All.ToDictionary(static t => t, _source.Count);
        if (!_target.Begin(_source.Name, Stamp(counts.Values)))
        {
            return;
        }
        var (copied, all) = (0L, counts.Values.Sum());
        foreach (var table in AdoptedTable.All)
        {
            var (after, rows, done) = _target.Progress(table);
            copied += rows;
            while (!done)
            {
                cancellation.ThrowIfCancellationRequested();
                var page = _source.Read(table, after, PageRows);
                done = page.Count < PageRows;
                _target.Append(table, page, done);
                after = page.Count == 0 ? after : [.. page[^1].Take(table.KeyColumns).Select(static value => value!)];
                copied += page.Count;
                progress?.Report(new AdoptionProgress(table.Name, copied, all));
            }
        }
        _target.Finish(_source.Scalar("SELECT value FROM meta WHERE key = 'epoch'"), _source.Scalar("SELECT value FROM meta WHERE key = 'fence'"));
    }

    /// <summary>Lets hosts work on the target: call it when all else that belongs to the installation is there too.</summary>
    public void Release() => _target?.Release();

    public void Dispose()
    {
        _target?.Dispose();
        _source.Dispose();
    }

    private static LedgerAdoption Open(ISourceTables source, PostgresLedgerOptions target)
    {
        try
        {
            return new LedgerAdoption(source, new AdoptionTarget(new Connections(target)));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Whatever a host writes moves one of these.</summary>
    private string Stamp(IEnumerable<long> counts) => string.Join(
        ' ', [
            .. counts,
            _source.Scalar("SELECT value FROM meta WHERE key = 'epoch'"), _source.Scalar("SELECT value FROM meta WHERE key = 'fence'"),
            _source.Scalar("SELECT sum(version) FROM users"), _source.Scalar("SELECT sum(length(facts)) FROM users"),
            _source.Scalar("SELECT sum(fires) FROM usage"), _source.Scalar("SELECT sum(fires) FROM test_usage")]);
}
