using System.Collections.Immutable;
using System.Net;
using Conclude.Dashboard.Hosting;
using Conclude.Grains;
using Conclude.Grains.Accounts;
using Conclude.Grains.Keys;
using Conclude.Grains.Live;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Conclude.Ledger.Postgres;
using Conclude.Ledger.Sqlite;
using Conclude.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Conclude.Dashboard.Tests;

/// <summary>The dashboard on real grains and a real store of its own (<see cref="TestStore"/> says which), behind real HTTP; no API and no widget.</summary>
public sealed class DashboardHost : IAsyncLifetime
{
    public const string Owner = "owner@example.com";
    public const string Password = "correct horse battery";

    private static readonly PasswordHasher<Account> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = PasswordRules.Iterations }));
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("conclude-dashboard-");
    private WebApplication _app = null!;

    /// <summary>Makes reads of the pages fail.</summary>
    public FailingLedger Ledger { get; private set; } = null!;

    public KeptLog Log { get; } = new();

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Warning);
        // All of a class sign in from one address, within seconds.
        builder.Configuration[PageLimitOptions.Section + ":" + nameof(PageLimitOptions.SignInsPerAddressPerMinute)] = "6000";
        var database = TestStore.NewDatabase();
        _ = database is null ? builder.Services.AddSqliteLedger(_data.FullName) : builder.Services.AddPostgresLedger(database);
        builder.Services.AddSingleton(services =>
        {
            var (ledger, failing) = FailingLedger.Before(services.GetRequiredService<StoreLedger>());
            Ledger = failing;
            return ledger;
        });
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
        _app.Services.GetRequiredService<ILedger>();

        await AddWorkspace("acme", Owner);
    }

    public async Task AddWorkspace(string id, string owner)
    {
        var key = ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), TimeProvider.System.GetUtcNow());
        await Grains.Tenant(id).Create(new NewWorkspace(id, PlanLimits.SelfHosted, owner, [key], "x"));
        await GivePassword(owner);
    }

    /// <summary>Every route that takes a form or a body.</summary>
    internal IEnumerable<string> PostRoutes => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(static e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") is true)
        .Select(static e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Makes somebody a member with the password of all.</summary>
    public async Task AddMember(string email, MemberRole role, string workspace = "acme")
    {
        var hash = InviteTokens.Hash(InviteTokens.Make(workspace));
        await Grains.Tenant(workspace).Invite(Author.Operator, email, role, hash);
        await Grains.Tenant(workspace).AcceptInvite(hash);
        await GivePassword(email);
    }

    /// <summary>Entries of such a kind, newest first.</summary>
    public async Task<ImmutableArray<AuditEntry>> Audit(string kind) => await _app.Services.GetRequiredService<ILedgerAudit>().ReadAudit(new AuditQuery("acme", Kind: kind));

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
        await Grains.Account(email).Save(account with { PasswordHash = Hasher.HashPassword(account, Password) });
    }
}
