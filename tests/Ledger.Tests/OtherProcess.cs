using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Conclude.Ledger.Tests;

/// <summary>This program again, as a process that works on a data directory until it is killed.</summary>
internal static class OtherProcess
{
    public const string Argument = "--as-other-process";
    public const string Unavailable = "unavailable";
    private const int Callers = 16;
    private const PosixSignal FileSizeExceeded = (PosixSignal)25;

    public static Process Start(string folder, int seed) => StartWith(folder, seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>Works on upkeep, slowly, until it is done or killed.</summary>
    /// <param name="store">A data directory, or a connection string.</param>
    /// <param name="work">"erase" or "trim".</param>
    public static Process StartUpkeep(string store, string work) => StartWith(store, work);

    private static Process StartWith(string store, string what)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // Started as `dotnet x.dll` or by its own executable: both are used by test runners.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OtherProcess).Assembly.Location);
        }
        foreach (var argument in (string[])[Argument, store, what])
        {
            start.ArgumentList.Add(argument);
        }
        return Process.Start(start)!;
    }

    /// <summary>Appends from several callers at once and prints each id once it is acknowledged.</summary>
    public static async Task<int> Run(string[] args)
    {
        if (args[2] is "erase" or "trim")
        {
            await KilledUpkeepTests.Work(args[1], args[2]);
            return 0;
        }
        // A test may bound the size of this process's files: writes then fail instead of ending it.
        using var ignored = PosixSignalRegistration.Create(FileSizeExceeded, static signal => signal.Cancel = true);
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
            var result = await Until(() => ((ILedger)ledger).Append(fire));
            await Print("fire", fire.Id);
            if (result.Prompt is { } prompt && await Until(() => ledger.Change(Facts.React(prompt, 1, at.AddSeconds(5)))))
            {
                await Print("answer", prompt.Id);
            }
        }
    }

    /// <summary>Tries again while the store does not answer, as the widget would.</summary>
    private static async Task<T> Until<T>(Func<Task<T>> write)
    {
        while (true)
        {
            try
            {
                return await write();
            }
            catch (LedgerUnavailableException)
            {
                await Console.Out.WriteLineAsync(Unavailable);
                await Task.Delay(TimeSpan.FromMilliseconds(10));
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
