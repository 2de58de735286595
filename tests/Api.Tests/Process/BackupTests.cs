using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Conclude.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves what docs/operate.md says of backup and restore, with the tools that it names, beside a host that runs.</summary>
public sealed class BackupTests
{
    private const string Moment = "report_exported";

    [Fact]
    public async Task Copies_of_the_SQLite_files_taken_beside_the_host_are_a_whole_installation()
    {
        await using var silo = await SiloProcess.Start();
        await FillAndLoad(silo, async () =>
        {
            var copy = Directory.CreateDirectory(Path.Combine(silo.Data.FullName, "copy"));
            foreach (var file in (string[])["conclude.db", "grains.db"])
            {
                // What sqlite3's .backup does.
                await using SqliteConnection from = new($"Data Source={Path.Combine(silo.Data.FullName, file)};Pooling=False");
                await using SqliteConnection to = new($"Data Source={Path.Combine(copy.FullName, file)};Pooling=False");
                await from.OpenAsync();
                await to.OpenAsync();
                from.BackupDatabase(to);
            }
        });

        await AssertRestored(Path.Combine(silo.Data.FullName, "copy"), "");
    }

    [Fact]
    public async Task A_dump_of_the_PostgreSQL_database_taken_beside_the_host_is_a_whole_installation()
    {
        var server = PostgresServer.Get();
        var database = server.NewDatabase();
        var restored = server.NewDatabase();
        await using var silo = await SiloProcess.Start(("ConnectionStrings__Conclude", database));
        var dump = Path.Combine(silo.Data.FullName, "conclude.dump");
        await FillAndLoad(silo, () => Client("pg_dump", database, "--format=custom", "--file=" + dump, Name(database)));

        await Client("pg_restore", restored, "--exit-on-error", "--dbname=" + Name(restored), dump);
        await AssertRestored(Directory.CreateDirectory(Path.Combine(silo.Data.FullName, "elsewhere")).FullName, restored);
    }

    private static async Task FillAndLoad(SiloProcess silo, Func<Task> backUp)
    {
        using WidgetClient widget = new(silo.Address);
        using var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = Moment, question = "How was it?" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var prompt = (string)(await widget.Fire("ada", (Guid.CreateVersion7(), Moment)))["prompt"]!["id"]!;
        await widget.Step(prompt, "reaction", new { reaction = "neutral" });
        await widget.Step(prompt, "comment", new { text = "Slow today." });
        await widget.Fire("ada", (Guid.CreateVersion7(), "page_viewed"));

        using CancellationTokenSource enough = new();
        var load = Load(widget, enough.Token);
        await backUp();
        await enough.CancelAsync();
        Assert.True(await load > 0);
        await silo.Terminate();
    }

    private static async Task<int> Load(WidgetClient widget, CancellationToken enough)
    {
        var sent = 0;
        do
        {
            await widget.Fire("user" + sent++, (Guid.CreateVersion7(), "page_viewed"), (Guid.CreateVersion7(), Moment));
        }
        while (!enough.IsCancellationRequested);
        return sent;
    }

    private static async Task AssertRestored(string folder, string database)
    {
        var (agrees, said) = await VerifyProcess.Run(folder, database);
        Assert.True(agrees == 0, said);
        Assert.EndsWith("all agrees.", said.Trim(), StringComparison.Ordinal);
        var (raised, epoch) = await VerifyProcess.Run(folder, database, "--raise-epoch");
        Assert.True(raised == 0, epoch);
        Assert.EndsWith("0 differences mended, 0 left, epoch 2.", epoch.Trim(), StringComparison.Ordinal);

        await using var again = await SiloProcess.Start(("Conclude__DataDirectory", folder), ("ConnectionStrings__Conclude", database));
        var responses = await again.Get("/api/v1/responses");
        Assert.Equal("Slow today.", (string?)Assert.Single(responses["items"]!.AsArray())!["comment"]);
        Assert.Equal("How was it?", (string?)(await again.Get("/api/v1/moments/" + Moment))["question"]);
        using WidgetClient widget = new(again.Address);
        // Ada has been asked, and the copy knows it.
        Assert.Null((await widget.Fire("ada", (Guid.CreateVersion7(), Moment)))["prompt"]);
        await again.Terminate();
        var (still, after) = await VerifyProcess.Run(folder, database);
        Assert.True(still == 0, after);
    }

    private static string Name(string database) => new NpgsqlConnectionStringBuilder(database).Database!;

    private static async Task Client(string program, string database, params string[] arguments)
    {
        NpgsqlConnectionStringBuilder server = new(database);
        ProcessStartInfo start = new(PostgresServer.Binary(program), ["--host=" + server.Host, $"--port={server.Port}", "--username=" + server.Username, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error);
    }
}
