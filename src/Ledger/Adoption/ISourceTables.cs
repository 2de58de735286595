namespace Conclude.Ledger.Adoption;

/// <summary>The ledger of an installation that nobody works on while this lives.</summary>
internal interface ISourceTables : IDisposable
{
    /// <summary>For people, and to know it again: the directory, or the database and where it is. Without passwords.</summary>
    string Name { get; }

    long Count(AdoptedTable table);

    /// <summary>One number; 0 for none.</summary>
    long Scalar(string sql);

    /// <param name="after">The key of the row before the first; null for the first of all.</param>
    /// <returns>The next rows in the order of their key, at most so many; each value in the type of its kind, or null.</returns>
    List<object?[]> Read(AdoptedTable table, object[]? after, int rows);
}
