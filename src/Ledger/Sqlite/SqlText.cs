using System.Collections.Frozen;

namespace Conclude.Ledger.Sqlite;

/// <summary>The SQL files embedded beside this class.</summary>
internal static class SqlText
{
    private const string Folder = "Sqlite/";
    private const string NameMark = "-- :";

    /// <summary>Statements of a file by the name in the <c>-- :name</c> line above each.</summary>
    public static FrozenDictionary<string, string> Statements(string file)
    {
        Dictionary<string, string> statements = new(StringComparer.Ordinal);
        foreach (var part in Read($"{Folder}{file}.sql").Split(NameMark).Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            statements.Add(part[..end].Trim(), part[(end + 1)..].Trim());
        }
        return statements.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The migrations, oldest first; the number is the version that a store has after it.</summary>
    public static IReadOnlyList<(int Version, string Sql)> Migrations() =>
    [
        .. typeof(SqlText).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith($"{Folder}Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static name => (int.Parse(name[(Folder.Length + "Migrations/".Length)..].Split('_')[0], System.Globalization.CultureInfo.InvariantCulture), Read(name))),
    ];

    private static string Read(string resource)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
