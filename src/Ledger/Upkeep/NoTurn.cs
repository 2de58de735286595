namespace Conclude.Ledger.Upkeep;

/// <summary>The turn of a process that has the store to itself.</summary>
internal sealed class NoTurn : IDisposable
{
    public static NoTurn Needed { get; } = new();

    public void Dispose()
    {
        // Nobody waits for it.
    }
}
