using Conclude.Grains.Keys;
using Conclude.Grains.Live;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;
using Conclude.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Conclude.Grains.Tests.Engine;

/// <summary>
/// Grains on a real engine of the build's kind and a real store of their own (<see cref="TestStore"/> says which), under a clock that
/// tests move. How the engine is made is in LocalCluster.cs and OrleansCluster.cs.
/// </summary>
internal sealed partial class Cluster : IAsyncDisposable
{
    public const string Workspace = "acme";
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("conclude-grains-");
    private readonly string? _database;
    private int _calls;

    private Cluster(int processes)
    {
        ProcessCount = processes;
        // A SQLite file belongs to one process.
        _database = processes > 1 ? PostgresServer.Get().NewDatabase() : TestStore.NewDatabase();
    }

    public ManualTime Time { get; } = new();

    /// <summary>Silos on Orleans, one on the local engine.</summary>
    public int ProcessCount { get; }

    /// <summary>Calls go in at each process in turn, as requests behind a balancer do.</summary>
    public IGrainFactory Grains => Process(Interlocked.Increment(ref _calls) % ProcessCount).GetRequiredService<IGrainFactory>();

    public ILedger Ledger => Process(0).GetRequiredService<ILedger>();

    public IOutbox Outbox => Process(0).GetRequiredService<IOutbox>();

    public ITenantWebhooks TenantWebhooks => Grains.TenantWebhooks(Workspace);

    public WorkspaceSnapshots Snapshots => SnapshotsOf(0);

    public IStreamProvider Streams => Process(0).GetStreams();

    public ITenantGrain Tenant => Grains.Tenant(Workspace);

    /// <summary>A running cluster with the workspace and these moments, on as many silos as <see cref="TestSilos"/> says.</summary>
    public static Task<Cluster> Start(params MomentDefinition[] moments) => StartOn(TestSilos.Count, moments);

    public static async Task<Cluster> StartOn(int processes, params MomentDefinition[] moments)
    {
        var cluster = new Cluster(processes);
        await cluster.StartProcesses();
        Assert.True(await cluster.Tenant.Create(new NewWorkspace(
            "Acme", PlanLimits.SelfHosted, "owner@acme.com",
            [ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), cluster.Time.GetUtcNow())], "secret")));
        foreach (var moment in moments)
        {
            Assert.Equal(SaveStatus.Saved, (await cluster.Tenant.AddMoment(moment)).Status);
        }

        return cluster;
    }

    public WorkspaceSnapshots SnapshotsOf(int process) => Process(process).GetRequiredService<WorkspaceSnapshots>();

    /// <summary>Stops everything and starts anew on the same store.</summary>
    public async Task Restart()
    {
        await StopProcesses();
        await StartProcesses();
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
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "It did not come to hold within 30 s.");
            Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }

    /// <summary>At once in the process that acknowledged; where another may answer, once the stream has told it.</summary>
    public async Task HoldsOnceTold(Func<Task<bool>> holds)
    {
        if (ProcessCount == 1)
        {
            Assert.True(await holds());
        }
        else
        {
            await Eventually(holds);
        }
    }

    public FireBatch Batch(Person? person, string? anonymousId, params IncomingEvent[] events) =>
        new([.. events], person ?? Person.Nobody, anonymousId, PageContext.Unknown, Time.GetUtcNow(), IsBot: false);

    /// <summary>Claims a prompt as the widget does before it paints.</summary>
    public async Task See(string user, Prompt prompt) =>
        Assert.Equal(AnswerStatus.Done, (await Grains.Session(Workspace, user).Answer(new PromptAnswer(prompt.Id, PromptStep.Seen, View: "v"))).Status);

    // Receivers of tests are on the loopback interface.
    private static void ToReceiversHere(WebhookOptions webhooks) => (webhooks.AllowPrivate, webhooks.AllowHttp) = (true, true);

    public async ValueTask DisposeAsync()
    {
        await StopProcesses();
        _data.Delete(recursive: true);
    }
}
