namespace Conclude.Ledger.Sqlite;

/// <summary>The data directory, held for this process alone. The lock is the operating system's: it ends with the process, however that ends.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const string DatabaseName = "conclude.db";
    private const string LockName = "conclude.lock";
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Database = DatabaseIn(path);
        _lock = held;
    }

    /// <summary>Path of the database file.</summary>
    public string Database { get; }

    public static string DatabaseIn(string path) => Path.Combine(Path.GetFullPath(path), DatabaseName);

    /// <exception cref="DataDirectoryInUseException">Somebody else holds it.</exception>
    public static DataDirectory Take(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(full);
        try
        {
            return new DataDirectory(full, new FileStream(Path.Combine(full, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (taken.GetType() == typeof(IOException))
        {
            throw new DataDirectoryInUseException(full, taken);
        }
    }

    public void Dispose() => _lock.Dispose();
}
