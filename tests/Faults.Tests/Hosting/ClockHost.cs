using Conclude.Api;
using Conclude.Grains;
using Conclude.Grains.Keys;
using Conclude.Grains.Live;
using Conclude.Grains.Tenants;
using Conclude.Ledger.Postgres;
using Conclude.Ledger.Sqlite;
using Conclude.Testing;
using Conclude.Testing.Judging;
using Conclude.Testing.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conclude.Faults.Tests.Hosting;

/// <summary>The API on Kestrel with a real engine and store, in this process, because the clock of another one cannot be set without the machine's.</summary>
internal sealed class ClockHost : IHostUnderTest, IAsyncDisposable
{
    private const string Workspace = "acme";
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("conclude-clock-");
    private readonly string? _database;
    private readonly WebApplication _app;
    private bool _stopped;

    private ClockHost(string store)
    {
        _database = store == "postgres" ? PostgresServer.Get().NewDatabase() : null;
        Store = _database is null ? new SqliteStore(_data.FullName) : new PostgresStore(_database);
        _app = Build();
    }

    public IStoreUnderTest Store { get; }

    public SteppedTime Time { get; } = new();

    public string Address { get; private set; } = "";

    public string Publishable { get; } = ApiKeys.Generate(KeyKind.Publishable);

    public HttpClient Management { get; private set; } = null!;

    public string LastPrinted => "";

    public static async Task<ClockHost> Start(string store)
    {
        var host = new ClockHost(store);
        await host._app.StartAsync();
        host.Address = host._app.Urls.Single();
        var secret = ApiKeys.Generate(KeyKind.Secret);
        var now = host.Time.GetUtcNow();
        Assert.True(await host._app.Services.GetRequiredService<IGrainFactory>().Tenant(Workspace).Create(new NewWorkspace(
            Workspace, PlanLimits.SelfHosted, "owner@acme.com", [ApiKeys.Record(host.Publishable, now), ApiKeys.Record(secret, now)], "identity-secret")));
        host.Management = new HttpClient { BaseAddress = new Uri(host.Address), DefaultRequestHeaders = { { "x-conclude-api-key", secret } } };
        await Stage.Furnish(host.Management);
        return host;
    }

    public Task<List<string>> Judge(Journal journal) => Trial.Hold(Store, Management, journal, Time.GetUtcNow(), Stop, clockStepped: true);

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _app.DisposeAsync();
        Management.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task Stop()
    {
        if (!_stopped)
        {
            _stopped = true;
            await _app.StopAsync();
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _data.FullName });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Conclude:RateLimit:Enabled"] = "false",
            // Its answers carry the verdicts.
            ["Conclude:Demo"] = "true",
        });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddLocalEngine(engine =>
        {
            engine.AddGrains(typeof(GrainKeys).Assembly).AddMemoryStreams(LiveStreams.Provider);
            if (_database is null)
            {
                builder.Services.AddSqliteLedger(_data.FullName);
                engine.AddSqliteGrainStorage(Storage.Provider, Path.Combine(_data.FullName, "grains.db"));
            }
            else
            {
                builder.Services.AddPostgresLedger(_database);
                engine.AddPostgresGrainStorage(Storage.Provider, () => _database);
            }
        });
        builder.Services.AddConcludeGrains();
        builder.Services.AddConcludeApi(builder.Configuration);
        var app = builder.Build();
        app.UseConcludeApi();
        app.MapConcludeApi();
        return app;
    }
}
