using System.Globalization;
using System.Text.Json;

namespace Conclude.Bench.Runner;

/// <summary>Sends a load with wrk: one thread, a closed loop.</summary>
internal static class Wrk
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);
    private static int s_runs;

    public static void Require()
    {
        if (!Shell.Exists("wrk"))
        {
            throw new BenchException("wrk is missing: apt-get install wrk");
        }
    }

    /// <param name="prefix">Of the users' names, unless each request is another user's.</param>
    public static async Task<WrkResult> Run(string address, Load load, int seconds, string prefix = "user")
    {
        var run = (Environment.ProcessId * 1_000) + Interlocked.Increment(ref s_runs);
        var before = Cpu.OfEnded();
        var printed = await Shell.Run(
            "wrk", "-t1", $"-c{load.Connections}", $"-d{seconds}s", "--timeout", "10s", "-s", Folders.LoadScript, address, "--",
            $"key={Product.PublishableKey}", $"event={load.Event}", $"names={load.Names}", $"users={load.Users}",
            $"user={(load.IsCold ? $"cold{run}" : prefix)}", $"events={load.Events}", string.Create(CultureInfo.InvariantCulture, $"seed={run}"));
        var line = printed.Split('\n').LastOrDefault(static l => l.StartsWith('{')) ?? throw new BenchException("wrk said nothing:\n" + printed);
        return JsonSerializer.Deserialize<WrkResult>(line, Format)! with { Cpu = Cpu.OfEnded() - before };
    }
}
