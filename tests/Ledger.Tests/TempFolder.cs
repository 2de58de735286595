namespace Conclude.Ledger.Tests;

/// <summary>A data directory of the test's own, gone with it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("conclude-ledger-").FullName;

    public string Database => System.IO.Path.Combine(Path, "conclude.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
