using System.Collections.Frozen;

namespace Conclude.Ledger.Writing;

/// <summary>The SQL files of one dialect.</summary>
/// <param name="folder">The dialect's folder.</param>
internal sealed class SqlText(string folder)
{
    private const string NameMark = "-- :";

    /// <summary>Statements of a file by the name in the <c>-- :name</c> line above each.</summary>
    public FrozenDictionary<string, string> Statements(string file)
    {
        Dictionary<string, string> statements = new(StringComparer.Ordinal);
        foreach (var part in Read($"{folder}/{file}.sql").Split(NameMark).Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            statements.Add(part[..end].Trim(), part[(end + 1)..].Trim());
        }
        return statements.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The migrations, oldest first; the number is the version that a store has after it.</summary>
    public IReadOnlyList<(int Version, string Sql)> Migrations() =>
    [
        .. typeof(SqlText).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{folder}/Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (int.Parse(name[(folder.Length + "/Migrations/".Length)..].Split('_')[0], System.Globalization.CultureInfo.InvariantCulture), Read(name))),
    ];

    private static string Read(string resource)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
