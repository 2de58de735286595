using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Conclude.Silo.CookieKeys;

/// <summary>
/// Sees to it, before anything is protected, that the database has a key, and one alone however many silos start at once. Keys that
/// an earlier version kept in the data directory are taken along, so that the upgrade signs nobody out.
/// </summary>
internal sealed class FirstKey(PostgresKeys store, IKeyManager keys, DirectoryInfo earlier, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>What keys are given by default.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public Task StartingAsync(CancellationToken cancellationToken) => store.Prepare(KeyFiles.In(earlier), Ensure, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Ensure()
    {
        if (keys.GetAllKeys().Count == 0)
        {
            var now = time.GetUtcNow();
            keys.CreateNewKey(now, now + Lifetime);
        }
    }
}
