namespace Conclude.Bench.Runner;

/// <summary>What the product keeps in memory for people who fired a moment once and are still sessions, in bytes each.</summary>
/// <param name="Heap">Managed memory after a full collection.</param>
/// <param name="Resident">Of the process.</param>
internal sealed record SessionMemory(long Sessions, double Heap, double Resident)
{
    private static readonly Load NewUsers = Load.All.First(static l => l.IsCold);
    private const string RamDisk = "/dev/shm";

    /// <summary>Sessions leave memory three minutes after their last use, looked for every minute.</summary>
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(170);

    public static async Task<SessionMemory> Measure(int users)
    {
        // The disk is not what is measured, and it would keep the last session from coming before the first has left.
        var folder = Path.Combine(Directory.Exists(RamDisk) ? RamDisk : Folders.Work, $"conclude-bench-{Environment.ProcessId}");
        var heap = Path.Combine(folder, "heap");
        Started.Scratch = folder;
        try
        {
            await using var server = await RunningServer.Start(
                Contender.All.First(static c => c is { IsProduct: true, Store: Store.Sqlite }), postgres: null, folder,
                ("DOTNET_STARTUP_HOOKS", Folders.Program("HeapProbe")), ("CONCLUDE_BENCH_HEAP", heap));
            // So that what is made once, whoever comes, is not counted.
            await server.Api.FireOnce("before", 1_000, Load.ColdMoment);
            var before = await HeapProbe.Collected(server.ProcessId, heap);
            var started = TimeProvider.System.GetTimestamp();
            var others = await server.Api.Counted();
            while (server.Acknowledged < users)
            {
                var driven = await server.Drive(NewUsers, seconds: 2);
                Console.WriteLine(FormattableString.Invariant($"memory: {server.Acknowledged:N0} sessions, {driven.PerSecond:N0}/s"));
            }

            var sessions = await server.Api.Counted() - others;
            var after = await HeapProbe.Collected(server.ProcessId, heap);
            var took = TimeProvider.System.GetElapsedTime(started);
            return took < Stay
                ? new(sessions, (after.Heap - before.Heap) / (double)sessions, (after.Resident - before.Resident) / (double)sessions)
                : throw new BenchException($"{sessions} sessions took {took}: the first have left memory already.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
