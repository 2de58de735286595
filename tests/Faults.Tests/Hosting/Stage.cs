using System.Globalization;
using Conclude.Testing;
using Conclude.Testing.Judging;
using Conclude.Testing.Load;
using Conclude.Testing.Network;
using Npgsql;

namespace Conclude.Faults.Tests.Hosting;

/// <summary>The real host as a process, its store, and the network between them.</summary>
internal sealed class Stage : IHostUnderTest, IAsyncDisposable
{
    public static readonly string[] Moments = ["report_exported", "invoice_sent", "import_failed"];

    private Stage(SiloProcess silo, IStoreUnderTest store, TcpProxy? network) => (Silo, Store, Network) = (silo, store, network);

    public SiloProcess Silo { get; }

    public IStoreUnderTest Store { get; }

    /// <summary>Between the host and PostgreSQL.</summary>
    public TcpProxy? Network { get; }

    public string LastPrinted => string.Join('\n', Silo.Printed.Split('\n').TakeLast(40));

    /// <param name="store"><c>sqlite</c>, or <c>postgres</c> for a database of the server that the tests share.</param>
    public static Task<Stage> Start(string store, params (string Name, string Value)[] settings) =>
        store == "postgres" ? OnPostgres(PostgresServer.Get().NewDatabase(), settings) : OnSqlite(directory: null, settings);

    /// <param name="directory">Null for one of the process's own.</param>
    public static async Task<Stage> OnSqlite(string? directory, params (string Name, string Value)[] settings)
    {
        var silo = await SiloProcess.Start([.. Unlimited, .. settings, .. directory is null ? [] : new[] { ("Conclude__DataDirectory", directory) }]);
        return await Furnished(new Stage(silo, new SqliteStore(directory ?? silo.Data.FullName), network: null));
    }

    public static async Task<Stage> OnPostgres(string database, params (string Name, string Value)[] settings)
    {
        var there = new NpgsqlConnectionStringBuilder(database);
        var network = new TcpProxy(there.Port);
        there.Port = network.Port;
        var silo = await SiloProcess.Start([.. Unlimited, .. settings, ("ConnectionStrings__Conclude", there.ConnectionString)]);
        return await Furnished(new Stage(silo, new PostgresStore(database), network));
    }

    public WidgetLoad Load(Journal? journal = null) => new([Silo.Address], Moments, journal: journal);

    public Task<List<string>> Judge(Journal journal) => Trial.Hold(Store, Silo.Management, journal, DateTimeOffset.UtcNow, Silo.Terminate);

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        if (Network is not null)
        {
            await Network.DisposeAsync();
        }
    }

    private static (string Name, string Value)[] Unlimited => [("Conclude__RateLimit__Enabled", "false")];

    private static async Task<Stage> Furnished(Stage stage)
    {
        await Furnish(stage.Silo.Management);
        return stage;
    }

    /// <summary>Adds the moments, without a cooldown.</summary>
    public static async Task Furnish(HttpClient management)
    {
        foreach (var name in Moments)
        {
            using var content = new StringContent(
                string.Create(CultureInfo.InvariantCulture, $$"""{"event":"{{name}}","question":"How was it?","followUp":"What happened?","cooldownHours":0}"""), System.Text.Encoding.UTF8, "application/json");
            using var made = await management.PostAsync("/api/v1/moments", content);
            made.EnsureSuccessStatusCode();
        }
    }
}
