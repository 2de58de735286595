using Conclude.Faults.Tests.Hosting;
using Conclude.Faults.Tests.Report;
using Conclude.Testing;
using Npgsql;

namespace Conclude.Faults.Tests;

/// <summary>The disk is full under load and has room again: nothing is acknowledged meanwhile, nothing acknowledged is lost, and the host goes on by itself.</summary>
public sealed class DiskFullFaults
{
    [Fact]
    public async Task The_disk_of_the_data_directory_is_full()
    {
        await using var disk = await SmallDisk.Mount(megabytes: 48);
        await using var stage = await Stage.OnSqlite(disk.Path);
        await Fill(stage, disk);
    }

    /// <summary>In a tablespace of its own, so that the log has room: the server then refuses the statement (53100) and lives. Without room for its log it stops, as elsewhere.</summary>
    [Fact]
    public async Task The_disk_of_the_database_is_full()
    {
        using var server = PostgresServer.StartOwn();
        await using var disk = await SmallDisk.Mount(megabytes: 48, PostgresServer.Owner);
        var any = new NpgsqlConnectionStringBuilder(server.NewDatabase());
        PostgresServer.Execute(any.ConnectionString, $"CREATE TABLESPACE small LOCATION '{disk.Path}'");
        PostgresServer.Execute(any.ConnectionString, "CREATE DATABASE small TABLESPACE small");
        any.Database = "small";
        await using var stage = await Stage.OnPostgres(any.ConnectionString);
        await Fill(stage, disk);
        server.Stop("immediate");
    }

    private static async Task Fill(Stage stage, SmallDisk disk)
    {
        await using var load = stage.Load();
        var run = new FaultRun("disk full", stage, load);
        await run.Warm();
        for (var round = 1; round <= Form.Of(2, 4); round++)
        {
            var refused = load.Journal.Answers.Count(static a => a.Status == 503);
            await run.Round(
                async () =>
                {
                    await disk.Fill();
                    await Refused(load, refused);
                },
                TimeSpan.FromSeconds(Form.Of(1, 5)), disk.MakeRoom);
        }

        await run.Judge();
    }

    // What is left in pages that the store has already is used up first.
    private static async Task Refused(Testing.Load.WidgetLoad load, int before)
    {
        var patience = DateTime.UtcNow.AddSeconds(60);
        while (load.Journal.Answers.Count(static a => a.Status == 503) == before)
        {
            Assert.True(DateTime.UtcNow < patience, "The full disk was never felt.");
            await Task.Delay(20);
        }
    }
}
