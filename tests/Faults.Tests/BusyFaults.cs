using System.Data.Common;
using Conclude.Faults.Tests.Hosting;
using Conclude.Faults.Tests.Report;
using Conclude.Testing.Judging;

namespace Conclude.Faults.Tests;

/// <summary>Another process holds the SQLite file longer than the host waits: nothing is acknowledged meanwhile, readiness says so, and the host goes on by itself.</summary>
public sealed class BusyFaults
{
    [Fact]
    public async Task Another_process_holds_the_file()
    {
        await using var stage = await Stage.Start("sqlite");
        await using var load = stage.Load();
        var run = new FaultRun("file locked by another process", stage, load);
        await run.Warm();
        for (var round = 0; round < Form.Of(1, 4); round++)
        {
            await using var other = await SqliteStore.Open(stage.Silo.Data.FullName);
            await run.Round(() => Execute(other, "BEGIN IMMEDIATE"), TimeSpan.FromSeconds(Form.Of(2.5, 7)), async () =>
            {
                using var ready = await stage.Silo.Management.GetAsync("/health/ready");
                Assert.Equal(503, (int)ready.StatusCode);
                Assert.NotNull(ready.Headers.RetryAfter);
                await Execute(other, "ROLLBACK");
            });
        }

        Assert.Contains(load.Journal.Answers, static a => a.Status == 503 && a.Detail.Contains("store_unavailable", StringComparison.Ordinal));
        using var healed = await stage.Silo.Management.GetAsync("/health/ready");
        Assert.Equal(200, (int)healed.StatusCode);
        await run.Judge();
    }

    private static async Task Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
