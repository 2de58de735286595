using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Conclude.Ledger.Tests;

/// <summary>Proves that docs/privacy.md knows every column of both stores, once: a new one must be called personal, or not.</summary>
public sealed partial class PrivacyPageTests
{
    private static readonly string Page = File.ReadAllText(
        Path.Combine(typeof(PrivacyPageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(static a => a.Key == "Repository").Value!, "docs/privacy.md"));

    [Fact]
    public async Task Every_column_of_the_SQLite_file_is_on_the_page()
    {
        await using var test = TestLedger.On(Store.Sqlite);
        await using SqliteConnection connection = new($"Data Source={test.Database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        AssertKnown(await Columns(connection, "SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'"), "users.verified");
    }

    [Fact]
    public async Task Every_column_of_the_PostgreSQL_database_is_on_the_page()
    {
        await using var test = TestLedger.On(Store.Postgres);
        await using NpgsqlConnection connection = new(test.ConnectionString);
        await connection.OpenAsync();
        AssertKnown(await Columns(connection, "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'conclude_schema'"));
    }

    /// <param name="postgresAlone">Columns that this store does not have.</param>
    private static void AssertKnown(List<(string Table, string Column)> stored, params string[] postgresAlone)
    {
        Assert.True(stored.Count > 100, string.Create(CultureInfo.InvariantCulture, $"Only {stored.Count} columns were found."));
        string[] personal = [.. Personal().Matches(Page).SelectMany(static m => Names().Matches(m.Value.Split('|')[1]).Select(static n => n.Groups["name"].Value))];
        var rest = Rest().Matches(Page).Select(static m => m.Value.Split('|')).ToArray();
        HashSet<string> all = [.. rest.Where(static cells => cells[2].Trim() == "all").SelectMany(static cells => Names().Matches(cells[1])).Select(static n => n.Groups["name"].Value)];
        string[] others = [.. rest.Where(static cells => cells[2].Trim() != "all").SelectMany(static cells => Names().Matches(cells[2].Split(':')[0]).Select(n => cells[1].Trim(' ', '`') + "." + n.Groups["name"].Value))];

        string[] columns = [.. stored.Where(c => !all.Contains(c.Table)).Select(static c => $"{c.Table}.{c.Column}").Union(postgresAlone).Order(StringComparer.Ordinal)];
        Assert.Equal(columns, personal.Concat(others).Order(StringComparer.Ordinal));
        // SQLite's alone.
        Assert.Empty(all.Except(stored.Select(static c => c.Table)).Except(["probe"]));
    }

    private static async Task<List<(string Table, string Column)>> Columns(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        List<(string, string)> columns = [];
        while (await rows.ReadAsync())
        {
            columns.Add((rows.GetString(0), rows.GetString(1)));
        }
        return columns;
    }

    [GeneratedRegex(@"^\| `\w+\.\w+`.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Personal();

    [GeneratedRegex(@"^\| `\w+`(?:, `\w+`)* \|.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Rest();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Names();
}
