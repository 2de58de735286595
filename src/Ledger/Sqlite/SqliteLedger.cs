using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Conclude.Ledger.Sqlite;

/// <summary>The ledger in one SQLite file: for first runs, development and one-machine installs. One process a data directory.</summary>
public sealed class SqliteLedger(SqliteLedgerOptions options, Func<IEnumerable<ICommitListener>> listeners, TimeProvider time, ILogger<SqliteLedger>? log = null)
    : StoreLedger(options, listeners, time, log ?? NullLogger<SqliteLedger>.Instance)
{
    private DataDirectory? _directory;

    /// <inheritdoc/>
    /// <exception cref="DataDirectoryInUseException">Another process works on the directory.</exception>
    public override void Open()
    {
        if (IsOpen)
        {
            return;
        }

        var directory = DataDirectory.Take(options.DataDirectory);
        try
        {
            Migrator.Run(directory.Database, options.BusyTimeout);
            Start(
                new SqliteBatch(directory.Database, options), new ReaderPool(directory.Database, options),
                writer => new SqliteUpkeep(writer, directory.Database, options));
            _directory = directory;
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public override void OpenForReading()
    {
        if (IsOpen)
        {
            return;
        }

        var file = DataDirectory.DatabaseIn(options.DataDirectory);
        if (!File.Exists(file))
        {
            throw new LedgerUnavailableException($"There is no store in {Path.GetDirectoryName(file)}.");
        }
        try
        {
            Migrator.Check(file, options.BusyTimeout);
        }
        catch (SqliteException failure)
        {
            throw new LedgerUnavailableException($"The store {file} cannot be read: {failure.Message}", failure);
        }
        StartReading(new ReaderPool(file, options));
    }

    private protected override void Free() => _directory?.Dispose();
}
