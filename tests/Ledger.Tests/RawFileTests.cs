using System.Collections.Immutable;
using System.Text;
using Conclude.Testing;
using Microsoft.Data.Sqlite;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Erasure among many: rows of others have moved those of the erased about in the file, and no old copy of them is left in it.</summary>
public sealed class RawFileTests
{
    private const int People = 1_500;

    [Fact]
    public async Task Nothing_of_the_erased_is_left_in_any_byte_of_the_files()
    {
        await using var test = TestLedger.OnSqlite(static o => o.UpkeepPause = TimeSpan.Zero);
        Random random = new(7);
        string[] marks = [.. Enumerable.Range(0, People).Select(_ => random.NextInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture))];
        await Task.WhenAll(marks.Select(mark => Live(test.Ledger, mark)));
        string[] erased = [.. marks.Where(static (_, n) => n % 15 == 0)];

        await Task.WhenAll(erased.Select(mark => test.StoreLedger.Erase(Acme, "u:" + mark)));

        var left = Left(test, erased);
        Assert.True(left.Length == 0, $"{left.Length} left:\n" + string.Join('\n', left.Take(40)));
    }

    [Fact]
    public async Task Nothing_that_retention_let_go_of_is_left_either()
    {
        ManualTime time = new();
        await using var test = TestLedger.OnSqlite(null, time);
        await Task.WhenAll(Enumerable.Range(0, 600).Select(n => Live(test.Ledger, $"mark{n:0000}")));
        string[] comments = [.. Enumerable.Range(0, 600).SelectMany(static n => (string[])[$"slow mark{n:0000}", $"?q=mark{n:0000}", $"anonymous mark{n:0000}"])];
        Assert.NotEmpty(Left(test, comments));
        time.Advance(Noon.AddDays(40) - time.GetUtcNow());

        while (!(await test.StoreLedger.Trim(Acme, Noon.AddDays(2))).IsDone)
        {
        }

        var started = TimeProvider.System.GetTimestamp();
        while (Left(test, comments) is { Length: > 0 } left)
        {
            // The log is emptied beside everything else; when somebody is in the way, it is tried again.
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10), string.Join('\n', left.Take(40)));
            await Task.Delay(20);
            time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task What_somebody_who_reads_is_in_the_way_of_goes_with_the_next_opening_at_the_latest()
    {
        ManualTime time = new();
        await using var test = TestLedger.OnSqlite(null, time);
        string[] marks = [.. Enumerable.Range(0, People).Select(static n => $"mark{n * 7919 % People:00000}")];
        await Task.WhenAll(marks.Select(mark => Live(test.Ledger, mark)));
        string[] comments = [.. marks.SelectMany(static mark => (string[])["slow " + mark, "?q=" + mark, "anonymous " + mark])];
        await using (var reader = await Connect(test))
        {
            await Scalar(reader, "BEGIN");
            await Scalar(reader, "SELECT count(*) FROM prompts");
            time.Advance(Noon.AddDays(40) - time.GetUtcNow());
            while (!(await test.StoreLedger.Trim(Acme, Noon.AddDays(2))).IsDone)
            {
            }
            // Not while somebody reads; but the ledger closes all the same.
            await test.Close();
        }
        Assert.True(await IsOwed(test));

        await test.Reopen();

        var started = TimeProvider.System.GetTimestamp();
        while (await IsOwed(test))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
            await Task.Delay(20);
        }
        Assert.Empty(Left(test, comments));
        Assert.Empty(await test.Ledger.Verify());
    }

    private static async Task<bool> IsOwed(TestLedger test)
    {
        await using var connection = await Connect(test);
        return await Scalar(connection, "SELECT o.value > coalesce(d.value, 0) FROM meta o LEFT JOIN meta d ON d.key = 'scrubbed' WHERE o.key = 'scrub'") is 1L;
    }

    private static async Task<SqliteConnection> Connect(TestLedger test)
    {
        SqliteConnection connection = new($"Data Source={test.Database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<object?> Scalar(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private static string[] Left(TestLedger test, string[] marks) =>
    [
        .. Directory.GetFiles(test.Folder).Where(static f => !f.EndsWith(".lock", StringComparison.Ordinal)).SelectMany(file =>
        {
            var text = Read(file);
            return marks.SelectMany(mark => Places(text, mark).Select(at => $"{Path.GetFileName(file)} page {at / 4096} offset {at % 4096}: {mark}: {Around(text, at)}"));
        }),
    ];

    private static async Task Live(ILedger ledger, string mark)
    {
        var (person, browser) = ("u:" + mark, "a:b" + mark);
        Person facts = new(mark, mark + "@erased.example", "Name " + mark, [new Company("co" + mark, "Company " + mark, 5, null)], ImmutableSortedDictionary<string, string>.Empty.Add("plan", "trait " + mark), Verified: true);
        await ledger.Append([Fire(user: browser) with { UserLabel = "anonymous " + mark }]);
        await ledger.Join(new Link(Acme, browser, 0, person, 0, Verified: true, Noon));
        await ledger.Describe(Acme, person, facts);
        var granted = Granted(1, user: person);
        var prompt = (await ledger.Append(granted with
        {
            UserLabel = facts.Email,
            Grant = granted.Grant! with { Person = facts, Context = new PageContext($"https://app.example/{mark}?q={mark}", "en-GB", "desktop") },
        })).Prompt!;
        var reacted = React(prompt, 2, Noon.AddSeconds(5));
        await ledger.Change(reacted);
        await ledger.Change(Say(reacted.After, 3, Noon.AddSeconds(9), "It was slow " + mark));
        await ledger.Append([Fire("second", user: person, at: Noon.AddHours(1)) with { UserLabel = facts.Email }]);
    }

    private static string Read(string file)
    {
        using var stream = File.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static IEnumerable<int> Places(string text, string mark)
    {
        for (var at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
    }

    private static string Around(string text, int at) =>
        string.Concat(text[Math.Max(0, at - 40)..Math.Min(text.Length, at + 40)].Select(static c => char.IsAsciiLetterOrDigit(c) || char.IsPunctuation(c) ? c : '·'));
}
