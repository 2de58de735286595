using System.Diagnostics;
using System.Globalization;

namespace Conclude.Ledger.Tests;

/// <summary>This program again, as a process that works on a data directory until it is killed.</summary>
internal static class OtherProcess
{
    public const string Argument = "--as-other-process";
    private const int Callers = 16;

    public static Process Start(string folder, int seed)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // Started as `dotnet x.dll` or by its own executable: both are used by test runners.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OtherProcess).Assembly.Location);
        }
        foreach (var argument in (string[])[Argument, folder, seed.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }
        return Process.Start(start)!;
    }

    /// <summary>Appends from several callers at once and prints each id once it is acknowledged.</summary>
    public static async Task<int> Run(string[] args)
    {
        await using var ledger = TestLedger.Create(args[1]);
        ledger.Open();
        var seed = int.Parse(args[2], CultureInfo.InvariantCulture);
        await Console.Out.WriteLineAsync("open");
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Work(ledger, seed, caller))));
        return 0;
    }

    private static async Task Work(SqliteLedger ledger, int seed, int caller)
    {
        // One user a caller and round, so that each knows its own version.
        for (var n = 0; ; n++)
        {
            var user = $"u:{seed}-{caller}-{n}";
            var at = Facts.Noon.AddSeconds(seed * 10_000 + n);
            var fire = n % 3 == 0 ? Facts.Granted(0, user: user, at: at) : Facts.Fire($"name_{n % 7}", user, at);
            var result = await ((ILedger)ledger).Append(fire);
            await Print("fire", fire.Id);
            if (result.Prompt is { } prompt && await ledger.Change(Facts.React(prompt, 1, at.AddSeconds(5))))
            {
                await Print("answer", prompt.Id);
            }
        }
    }

    private static async Task Print(string what, Guid id)
    {
        // One write a line: a killed process leaves no half lines of others.
        await Console.Out.WriteLineAsync($"{what} {id}");
        await Console.Out.FlushAsync();
    }
}
