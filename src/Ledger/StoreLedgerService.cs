namespace Conclude.Ledger;

/// <summary>Opens the ledger before any other service starts, and drains it after the last has stopped.</summary>
internal sealed class StoreLedgerService(StoreLedger ledger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        ledger.Open();
        return Task.CompletedTask;
    }

    public async Task StoppedAsync(CancellationToken cancellationToken) => await ledger.DisposeAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
