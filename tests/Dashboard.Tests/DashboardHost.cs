using System.Net;
using Conclude.Grains;
using Conclude.Grains.Accounts;
using Conclude.Grains.Keys;
using Conclude.Grains.Live;
using Conclude.Grains.Tenants;
using Conclude.Ledger.Postgres;
using Conclude.Ledger.Sqlite;
using Conclude.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Tests;

/// <summary>The dashboard on real grains and a real store of its own (<see cref="TestStore"/> says which), behind real HTTP; no API and no widget.</summary>
public sealed class DashboardHost : IAsyncLifetime
{
    public const string Owner = "owner@example.com";
    public const string Password = "correct horse battery";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("conclude-dashboard-");
    private WebApplication _app = null!;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var database = TestStore.NewDatabase();
        _ = database is null ? builder.Services.AddSqliteLedger(_data.FullName) : builder.Services.AddPostgresLedger(database);
        builder.Services.AddLocalEngine(engine =>
        {
            engine.AddGrains(typeof(GrainKeys).Assembly).AddMemoryStreams(LiveStreams.Provider);
            _ = database is null
                ? engine.AddSqliteGrainStorage(Storage.Provider, Path.Combine(_data.FullName, "grains.db"))
                : engine.AddPostgresGrainStorage(Storage.Provider, () => database);
        });
        builder.Services.AddConcludeGrains();
        builder.Services.AddDashboard();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(_data);
        _app = builder.Build();
        _app.UseDashboard();
        _app.MapGet("/broken", string () => throw new InvalidOperationException("a secret of the server"));
        _app.MapGet("/api/broken", string () => throw new InvalidOperationException("a secret of the server"));
        _app.MapDashboard();
        await _app.StartAsync();

        await AddWorkspace("acme", Owner);
    }

    public async Task AddWorkspace(string id, string owner)
    {
        var key = ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), TimeProvider.System.GetUtcNow());
        await Grains.Tenant(id).Create(new NewWorkspace(id, PlanLimits.SelfHosted, owner, [key], "x"));
        await GivePassword(owner);
    }

    internal OpenCircuit Circuit() => new(_app.Services.CreateAsyncScope());

    /// <summary>Adds an account that is no member of the workspace it names.</summary>
    public async Task AddStranger(string email)
    {
        await Grains.Account(email).Join("acme");
        await GivePassword(email);
    }

    /// <summary>A browser without scripts: keeps cookies, follows no redirect by itself.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
    {
        BaseAddress = new Uri(_app.Urls.First()),
    };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task GivePassword(string email)
    {
        var account = await Grains.Account(email).Find() ?? throw new InvalidOperationException("No such account.");
        await Grains.Account(email).Save(account with { PasswordHash = new PasswordHasher<Account>().HashPassword(account, Password) });
    }
}
