namespace Conclude.Ledger.Adoption;

/// <summary>A column that both stores have.</summary>
/// <param name="OnSqlite">The expression that yields it where SQLite has no such column.</param>
internal sealed record AdoptedColumn(string Name, ColumnKind Kind, string? OnSqlite = null);
