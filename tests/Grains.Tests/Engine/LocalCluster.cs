using Conclude.Grains.Live;
using Conclude.Grains.Webhooks;
using Conclude.Ledger.Postgres;
using Conclude.Ledger.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Conclude.Grains.Tests.Engine;

/// <summary>The local engine in a generic host.</summary>
internal sealed partial class Cluster
{
    private IHost? _host;

    public IServiceProvider Process(int number) =>
        number == 0 ? _host!.Services : throw new ArgumentOutOfRangeException(nameof(number), "The local engine is one process.");

    private Task StartProcesses()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TimeProvider>(Time);
        _ = _database is null ? builder.Services.AddSqliteLedger(_data.FullName) : builder.Services.AddPostgresLedger(_database);
        builder.Services.AddLocalEngine(engine =>
        {
            engine.AddGrains(typeof(GrainKeys).Assembly).AddMemoryStreams(LiveStreams.Provider);
            _ = _database is null
                ? engine.AddSqliteGrainStorage(Storage.Provider, Path.Combine(_data.FullName, "grains.db"))
                : engine.AddPostgresGrainStorage(Storage.Provider, () => _database);
        });
        builder.Services.AddConcludeGrains().Configure<WebhookOptions>(ToReceiversHere);
        _host = builder.Build();
        return _host.StartAsync();
    }

    private async Task StopProcesses()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }
}
