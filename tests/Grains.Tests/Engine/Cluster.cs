using Conclude.Grains.Keys;
using Conclude.Grains.Live;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Conclude.Ledger.Postgres;
using Conclude.Ledger.Sqlite;
using Conclude.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Conclude.Grains.Tests.Engine;

/// <summary>Grains on a real engine and a real store of their own (<see cref="TestStore"/> says which), under a clock that tests move.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const string Workspace = "acme";
    private readonly DirectoryInfo _data;
    private readonly string? _database;
    private IHost _host;

    private Cluster(DirectoryInfo data, string? database, IHost host) => (_data, _database, _host) = (data, database, host);

    public ManualTime Time { get; private init; } = new();

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public ILedger Ledger => _host.Services.GetRequiredService<ILedger>();

    public WorkspaceSnapshots Snapshots => _host.Services.GetRequiredService<WorkspaceSnapshots>();

    public IStreamProvider Streams => _host.Services.GetStreams();

    public ITenantGrain Tenant => Grains.Tenant(Workspace);

    /// <summary>A running cluster with the workspace and these moments.</summary>
    public static async Task<Cluster> Start(params MomentDefinition[] moments)
    {
        var time = new ManualTime();
        var data = Directory.CreateTempSubdirectory("conclude-grains-");
        var database = TestStore.NewDatabase();
        var cluster = new Cluster(data, database, Build(data, database, time)) { Time = time };
        await cluster._host.StartAsync();
        Assert.True(await cluster.Tenant.Create(new NewWorkspace(
            "Acme", PlanLimits.SelfHosted, "owner@acme.com",
            [ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), time.GetUtcNow())], "secret")));
        foreach (var moment in moments)
        {
            Assert.Equal(SaveStatus.Saved, (await cluster.Tenant.AddMoment(moment)).Status);
        }

        return cluster;
    }

    /// <summary>Stops everything and starts anew on the same files.</summary>
    public async Task Restart()
    {
        await _host.StopAsync();
        _host.Dispose();
        _host = Build(_data, _database, Time);
        await _host.StartAsync();
    }

    public async Task<FireAnswer> Fire(string user, string eventName, Guid? id = null, string? anonymousId = null, Person? person = null)
    {
        for (var hop = 0; hop < 3; hop++)
        {
            var answer = await Grains.Session(Workspace, user).Fire(Batch(person, anonymousId, new IncomingEvent(id ?? Guid.CreateVersion7(), eventName, Time.GetUtcNow(), TimeSpan.Zero)));
            if (answer.MovedTo is null)
            {
                return Assert.Single(answer.Answers);
            }

            user = answer.MovedTo;
        }

        throw new InvalidOperationException("Moved in circles.");
    }

    /// <summary>Moves the clock in small steps, and lets what it wakes run, until something holds.</summary>
    public async Task Eventually(Func<Task<bool>> holds)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(10), "It did not come to hold within 10 s.");
            Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }

    public FireBatch Batch(Person? person, string? anonymousId, params IncomingEvent[] events) =>
        new([.. events], person ?? Person.Nobody, anonymousId, PageContext.Unknown, Time.GetUtcNow(), IsBot: false);

    /// <summary>Claims a prompt as the widget does before it paints.</summary>
    public async Task See(string user, Prompt prompt) =>
        Assert.Equal(AnswerStatus.Done, (await Grains.Session(Workspace, user).Answer(new PromptAnswer(prompt.Id, PromptStep.Seen, View: "v"))).Status);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _data.Delete(recursive: true);
    }

    private static IHost Build(DirectoryInfo data, string? database, ManualTime time)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TimeProvider>(time);
        _ = database is null ? builder.Services.AddSqliteLedger(data.FullName) : builder.Services.AddPostgresLedger(database);
        builder.Services.AddLocalEngine(engine =>
        {
            engine.AddGrains(typeof(GrainKeys).Assembly).AddMemoryStreams(LiveStreams.Provider);
            _ = database is null
                ? engine.AddSqliteGrainStorage(Storage.Provider, Path.Combine(data.FullName, "grains.db"))
                : engine.AddPostgresGrainStorage(Storage.Provider, () => database);
        });
        builder.Services.AddConcludeGrains();
        return builder.Build();
    }
}
