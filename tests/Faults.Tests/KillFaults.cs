using Conclude.Faults.Tests.Hosting;
using Conclude.Faults.Tests.Report;

namespace Conclude.Faults.Tests;

/// <summary>The host is killed with -9 at random moments under load: what it acknowledged is there, once, and it goes on.</summary>
public sealed class KillFaults
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Nothing_acknowledged_is_lost_or_counted_twice_by_five_kills(string store)
    {
        await using var stage = await Stage.Start(store);
        await using var load = stage.Load();
        var run = new FaultRun("kill -9", stage, load);
        await run.Warm();
        for (var kill = 0; kill < 5; kill++)
        {
            await Task.Delay(Random.Shared.Next(100, Form.Of(600, 4_000)));
            await run.Round(stage.Silo.Kill, TimeSpan.Zero, stage.Silo.Run, connectionsFail: true);
        }

        // A store that answers has nothing to refuse after a restart.
        run.Note = load.Journal.Answers.Any(static a => a.Status == 503) ? "refusals after a restart" : "";
        TestContext.Current.TestOutputHelper!.WriteLine(stage.LastPrinted);
        await run.Judge();
    }
}
