using System.Diagnostics;
using System.Globalization;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Another process is killed with -9, or its disk fails, while it writes: what it acknowledged is there once, and every sum is right.</summary>
public sealed class KilledTests
{
    private const int Rounds = 3;
    private const string Prlimit = "/usr/bin/prlimit";

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_counted_twice_by_kill_9()
    {
        using TempFolder folder = new();
        List<string> printed = [];
        for (var round = 1; round <= Rounds; round++)
        {
            using var process = OtherProcess.Start(folder.Path, round);
            // Killed after so many acknowledgements: at random within the batches that follow.
            printed.AddRange(await ReadUntilKilled(process, Random.Shared.Next(50, 1_500)));
        }

        Assert.True(printed.Count > Rounds * 50);
        await Check(folder, printed);
    }

    [Fact]
    public async Task A_disk_that_fails_under_writes_loses_nothing_acknowledged_and_is_used_again_when_it_heals()
    {
        Assert.SkipUnless(File.Exists(Prlimit), "prlimit (util-linux) is missing");
        using TempFolder folder = new();
        using var process = OtherProcess.Start(folder.Path, 1);
        List<string> printed = [];
        await ReadUntil(process, printed, 300, static _ => true);

        await Limit(process, "409600");
        await ReadUntil(process, printed, 50, static line => line == OtherProcess.Unavailable);
        await Limit(process, "unlimited");
        await ReadUntil(process, printed, 300, static line => line != OtherProcess.Unavailable);
        process.Kill();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        await Check(folder, printed.Where(static line => line is not (OtherProcess.Unavailable or "open")));
    }

    [Fact]
    public async Task A_second_process_on_the_directory_is_refused_until_the_first_is_killed()
    {
        using TempFolder folder = new();
        using var first = OtherProcess.Start(folder.Path, 1);
        Assert.Equal("open", await first.StandardOutput.ReadLineAsync());

        using var second = OtherProcess.Start(folder.Path, 2);
        var drained = first.StandardOutput.ReadToEndAsync();
        var said = await second.StandardError.ReadToEndAsync();
        await second.WaitForExitAsync();
        Assert.NotEqual(0, second.ExitCode);
        Assert.Contains(nameof(DataDirectoryInUseException), said, StringComparison.Ordinal);
        Assert.Contains("is in use by another Conclude process", said, StringComparison.Ordinal);

        first.Kill();
        await first.WaitForExitAsync();
        await drained;
        await using var ledger = TestLedger.Create(folder.Path);
        ledger.Open();
        Assert.Empty(await ledger.Verify());
    }

    private static async Task Check(TempFolder folder, IEnumerable<string> acknowledged)
    {
        await using var ledger = TestLedger.Create(folder.Path);
        ledger.Open();
        Assert.Empty(await ledger.Verify());
        await using var file = await StoreFaultTests.Connect(folder.Database);
        Assert.Equal("ok", await StoreFaultTests.Execute(file, "PRAGMA integrity_check"));
        var fires = await Ids(file, "SELECT id FROM events");
        var answers = await Ids(file, "SELECT id FROM prompts WHERE reaction IS NOT NULL");
        Assert.All(acknowledged, line => Assert.Equal(1, (line.StartsWith("fire", StringComparison.Ordinal) ? fires : answers)[Guid.Parse(line.Split(' ')[1])]));
        Assert.Equal(fires.Count, (await ledger.ReadNames(Acme, null, Noon)).Sum(n => n.AllTime.Fires));
        Assert.Equal(answers.Count, (await ledger.AllTime()).Reactions);
    }

    private static async Task ReadUntil(Process process, List<string> printed, int lines, Func<string, bool> counts)
    {
        while (lines > 0)
        {
            var line = await process.StandardOutput.ReadLineAsync();
            Assert.NotNull(line);
            printed.Add(line);
            lines -= counts(line) ? 1 : 0;
        }
    }

    /// <summary>Bounds the size of every file the process writes, in bytes.</summary>
    private static async Task Limit(Process process, string bytes)
    {
        using var limit = Process.Start(Prlimit, ["--pid", process.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:unlimited"]);
        await limit.WaitForExitAsync();
        Assert.Equal(0, limit.ExitCode);
    }

    private static async Task<List<string>> ReadUntilKilled(Process process, int lines)
    {
        List<string> printed = [];
        Assert.Equal("open", await process.StandardOutput.ReadLineAsync());
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            printed.Add(line);
            if (printed.Count == lines)
            {
                process.Kill();
            }
        }
        await process.WaitForExitAsync();
        // The last line may have been cut short.
        return [.. printed.Where(static line => line.Split(' ') is [_, { Length: 36 }])];
    }

    private static async Task<Dictionary<Guid, int>> Ids(Microsoft.Data.Sqlite.SqliteConnection file, string sql)
    {
        await using var command = file.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        Dictionary<Guid, int> ids = [];
        while (await rows.ReadAsync())
        {
            Guid id = new((byte[])rows[0], bigEndian: true);
            ids[id] = ids.GetValueOrDefault(id) + 1;
        }
        return ids;
    }
}
