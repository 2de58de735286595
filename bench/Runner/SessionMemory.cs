using System.Globalization;

namespace Conclude.Bench.Runner;

/// <summary>What the product keeps in memory for people who fired a moment once and are still sessions, in bytes each.</summary>
/// <param name="Heap">Managed memory after a full collection.</param>
/// <param name="Resident">Of the process.</param>
internal sealed record SessionMemory(int Sessions, double Heap, double Resident)
{
    private const int Users = 100_000;

    public static async Task<SessionMemory> Measure(PostgresCluster postgres)
    {
        var heap = Path.Combine(Folders.Work, "heap");
        var contender = Contender.All.First(static c => c is { IsProduct: true, Store: Store.Sqlite });
        await using var server = await RunningServer.Start(
            contender, postgres, "memory", ("DOTNET_STARTUP_HOOKS", Folders.Program("HeapProbe")), ("CONCLUDE_BENCH_HEAP", heap));
        // So that what is made once, whoever comes, is not counted.
        await server.Api.FireOnce("before", 2_000, Load.Moment);
        var before = await Collected(server, heap);
        var started = TimeProvider.System.GetTimestamp();
        await server.Api.FireOnce("session", Users, Load.Moment);
        var after = await Collected(server, heap);
        var took = TimeProvider.System.GetElapsedTime(started);
        return took < TimeSpan.FromMinutes(2.5)
            ? new(Users, (after.Heap - before.Heap) / (double)Users, (after.Resident - before.Resident) / (double)Users)
            : throw new BenchException($"{Users} sessions took {took}: the first have left memory already.");
    }

    private static async Task<(long Heap, long Resident)> Collected(RunningServer server, string file)
    {
        File.Delete(file);
        await Shell.Run("kill", "-USR1", string.Create(CultureInfo.InvariantCulture, $"{server.ProcessId}"));
        var started = TimeProvider.System.GetTimestamp();
        while (!File.Exists(file))
        {
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                throw new BenchException("The product did not tell its memory.");
            }

            await Task.Delay(50);
        }

        return (long.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture), Cpu.Resident(server.ProcessId));
    }
}
