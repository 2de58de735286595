using Conclude.Grains;
using Conclude.Grains.Live;
using Conclude.Ledger;
using Conclude.Ledger.Postgres;
using Conclude.Ledger.Sqlite;
using Conclude.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conclude.Api.Tests.Hosting;

/// <summary>
/// The API on Kestrel, a real engine and a real store of its own, under a clock that tests can advance. Which store,
/// <see cref="TestStore"/> says.
/// </summary>
public sealed class ApiHost : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("conclude-api-");
    private readonly (string Name, string? Value)[] _settings;
    private readonly Action<IServiceCollection>? _services;
    private readonly Action<StoreLedgerOptions>? _ledger;
    private readonly Action<WebApplication>? _more;
    private readonly string? _database = TestStore.NewDatabase();
    private WebApplication? _app;

    public ApiHost()
        : this(settings: [])
    {
    }

    /// <param name="more">What else the host maps, after the API.</param>
    internal ApiHost(
        (string Name, string? Value)[] settings, Action<IServiceCollection>? services = null, Action<StoreLedgerOptions>? ledger = null, Action<WebApplication>? more = null) =>
        (_settings, _services, _ledger, _more) = (settings, services, ledger, more);

    public HttpClient Http { get; } = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) });

    public Uri Address { get; private set; } = null!;

    internal ShiftedTime Time { get; } = new();

    internal KeptLog Log { get; } = new();

    internal IServiceProvider Services => _app!.Services;

    internal IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    internal ILedger Ledger => Services.GetRequiredService<ILedger>();

    internal static async Task<ApiHost> Start(params (string Name, string? Value)[] settings)
    {
        var host = new ApiHost(settings);
        await host.InitializeAsync();
        return host;
    }

    public async ValueTask InitializeAsync()
    {
        _app = Build();
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    internal async Task Stop()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>Stops everything and starts anew on the same files, at another port.</summary>
    internal async Task Restart()
    {
        await Stop();
        await InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await Stop();
        }

        Http.Dispose();
        _data.Delete(recursive: true);
    }

    private WebApplication Build()
    {
        // The content root keeps the host program's own appsettings.json, which lies beside the tests, out of them.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _data.FullName });
        builder.Configuration.AddInMemoryCollection(_settings.ToDictionary(static s => s.Name, static s => s.Value, StringComparer.Ordinal));
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Time);
        AddStore(builder.Services);
        builder.Services.AddConcludeGrains();
        builder.Services.AddConcludeApi(builder.Configuration);
        _services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseConcludeApi();
        app.MapConcludeApi();
        _more?.Invoke(app);
        return app;
    }

    private void AddStore(IServiceCollection services)
    {
        services.AddLocalEngine(engine =>
        {
            engine.AddGrains(typeof(GrainKeys).Assembly).AddMemoryStreams(LiveStreams.Provider);
            if (_database is null)
            {
                services.AddSqliteLedger(_data.FullName, _ledger);
                engine.AddSqliteGrainStorage(Storage.Provider, Path.Combine(_data.FullName, "grains.db"));
            }
            else
            {
                services.AddPostgresLedger(_database, _ledger);
                engine.AddPostgresGrainStorage(Storage.Provider, () => _database);
            }
        });
    }
}
