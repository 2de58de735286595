using System.Diagnostics;
using System.Globalization;
using Conclude.Ledger;

namespace Conclude.Silo.Commands;

/// <summary><c>verify [--repair] [--raise-epoch]</c>: recounts the rows of the store that the host's settings name against its totals.</summary>
internal static class VerifyCommand
{
    public const string Name = "verify";

    private const int Agrees = 0;
    private const int Differs = 1;
    private const int Failed = 2;
    private const string RepairOption = "--repair";
    private const string RaiseOption = "--raise-epoch";

    private const string Usage = """
        verify                 recounts the rows of the store against its totals; a host may run meanwhile
        verify --repair        also puts wrong totals right and raises the epoch; refused while a host runs
        verify --raise-epoch   the same, and raises the epoch though nothing is wrong: after a backup was restored

        Settings are the host's: environment, appsettings.json, or --NAME=VALUE.
        Exit codes: 0 all agrees (or was mended), 1 differences were found (or cannot be mended), 2 it could not be done.
        """;

    /// <param name="options">What stands after the command's name.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] options)
    {
        if (options.Contains("--help"))
        {
            await Console.Out.WriteLineAsync(Usage);
            return Agrees;
        }

        try
        {
            string[] settings = [.. options.Where(static o => o is not (RepairOption or RaiseOption))];
            var raises = options.Contains(RaiseOption);
            return raises || options.Contains(RepairOption) ? await Repair(settings, raises) : await Verify(settings);
        }
        catch (Exception reason) when (Silo.Run.Line(reason) is { } line)
        {
            await Console.Error.WriteLineAsync("It could not be done: " + line.ReplaceLineEndings(" "));
            return Failed;
        }
    }

    private static async Task<int> Verify(string[] settings)
    {
        await using var host = Compose(settings);
        var ledger = host.Services.GetRequiredService<StoreLedger>();
        ledger.OpenForReading();
        using var progress = new RowProgress();
        var started = Stopwatch.GetTimestamp();
        var found = await ledger.Verify(progress);
        progress.Dispose();

        await Print("", found.WrongSums);
        await Print("", found.WrongRows);
        var differences = found.WrongSums.Length + found.WrongRows.Length;
        await Summary(found, started, found.Agrees ? "all agrees" : Differences(differences));
        return found.Agrees ? Agrees : Differs;
    }

    private static async Task<int> Repair(string[] settings, bool raisesEpoch)
    {
        await using (var looking = Compose(settings))
        {
            // Opening to write would make a store where there is none.
            looking.Services.GetRequiredService<StoreLedger>().OpenForReading();
        }

        await using var host = Compose(settings);
        var ledger = host.Services.GetRequiredService<StoreLedger>();
        ledger.Open();
        using var progress = new RowProgress();
        var started = Stopwatch.GetTimestamp();
        var (found, epoch) = await ledger.Repair(progress, raisesEpoch);
        progress.Dispose();

        await Print("mended: ", found.WrongSums);
        await Print("cannot be mended: ", found.WrongRows);
        await Summary(found, started, string.Create(
            CultureInfo.InvariantCulture, $"{Differences(found.WrongSums.Length)} mended, {found.WrongRows.Length} left, epoch {epoch}"));
        return found.WrongRows.IsEmpty ? Agrees : Differs;
    }

    private static WebApplication Compose(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        SettingsCheck.CheckStore(builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddLedger(DataDirectory.Find(builder.Configuration), alone: true);
        return builder.Build();
    }

    private static string Differences(int count) => count == 1 ? "1 difference" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} differences");

    private static async Task Print(string before, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            await Console.Out.WriteLineAsync(before + line);
        }
    }

    private static Task Summary(VerifyResult found, long started, string outcome) => Console.Out.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"Counted {found.Rows:N0} rows in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s: {outcome}."));
}
