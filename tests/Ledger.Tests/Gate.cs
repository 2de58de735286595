namespace Conclude.Ledger.Tests;

/// <summary>Holds the writer inside a commit, so that what is queued meanwhile becomes one batch.</summary>
internal sealed class Gate : IDisposable
{
    private readonly TestLedger _test;
    private readonly ManualResetEventSlim _open = new();
    private readonly Task _held;

    private Gate(TestLedger test)
    {
        using ManualResetEventSlim entered = new();
        _test = test;
        test.OnCommit = () =>
        {
            entered.Set();
            _open.Wait();
        };
        _held = test.Ledger.Append([Facts.Fire("gate", workspace: "gate")]);
        entered.Wait();
    }

    public static Gate Close(TestLedger test) => new(test);

    public async Task Open()
    {
        _test.OnCommit = null;
        _open.Set();
        await _held;
    }

    public void Dispose()
    {
        _open.Set();
        _held.Wait();
        _open.Dispose();
    }
}
