using System.Collections.Concurrent;
using System.Net;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with a real process that what was acknowledged outlives kill -9, counted once.</summary>
public sealed class KillTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Every_acknowledged_event_is_there_exactly_once_after_a_kill_under_load(string store)
    {
        await using var silo = await SiloProcess.Start([("Conclude__RateLimit__Enabled", "false"), .. StoreOf(store)]);
        using var widget = new WidgetClient(silo.Address);
        using var made = await silo.Management.PostAsync("/api/v1/moments", WidgetClient.Json(new { @event = "report_exported", question = "How was it?" }));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var acknowledged = new ConcurrentBag<(string User, Guid Id, string Event)>();
        var kills = 0;
        for (; kills < 2; kills++)
        {
            var target = acknowledged.Count + 300;
            var load = Enumerable.Range(0, 16).Select(worker => Task.Run(() => Load(worker))).ToArray();
            while (acknowledged.Count < target)
            {
                await Task.Delay(5);
            }

            await silo.Kill();
            await Task.WhenAll(load);
            await silo.Run();
        }

        // Sent again, each one is known: nothing acknowledged was lost, and the repetition moves nothing.
        var before = await Fires();
        foreach (var group in acknowledged.GroupBy(static a => a.User))
        {
            foreach (var chunk in group.Chunk(100))
            {
                var answer = await widget.Fire(group.Key, [.. chunk.Select(static a => (a.Id, a.Event))]);
                Assert.Equal((0, chunk.Length), ((int)answer["accepted"]!, (int)answer["duplicates"]!));
            }
        }

        Assert.Equal(before, await Fires());
        Assert.InRange(before, acknowledged.Count, long.MaxValue);
        var stats = await silo.Get("/api/v1/moments/report_exported/stats");
        Assert.Equal((long)stats["totals"]!["fires"]!, stats["verdicts"]!.AsObject().Sum(static v => (long)v.Value!));
        Assert.Equal((long)stats["totals"]!["prompted"]!, (long)stats["verdicts"]!["shown"]!);

        async Task Load(int worker)
        {
            for (var i = 0; ; i++)
            {
                var (user, id, name) = ($"user-{worker}", Guid.CreateVersion7(), i % 3 == 0 ? "report_exported" : "page_viewed");
                try
                {
                    await widget.Fire(user, (id, name));
                }
                catch (Exception gone) when (gone is HttpRequestException or IOException)
                {
                    return;
                }

                acknowledged.Add((user, id, name));
            }
        }

        async Task<long> Fires() => (await silo.Get("/api/v1/observed-events"))["items"]!.AsArray().Sum(static e => (long)e!["count"]!);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_second_process_on_the_same_store_is_refused(string store)
    {
        await using var silo = await SiloProcess.Start(StoreOf(store));
        var (exitCode, printed) = await silo.RunSecond();
        Assert.NotEqual(0, exitCode);
        Assert.Contains(store == "sqlite" ? silo.Data.FullName : "is in use by another Conclude process", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
        await silo.Get("/api/v1/moments");
    }

    private static (string Name, string Value)[] StoreOf(string store) =>
        store == "postgres" ? [("ConnectionStrings__Conclude", PostgresServer.Get().NewDatabase())] : [];
}
