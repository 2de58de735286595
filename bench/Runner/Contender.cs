namespace Conclude.Bench.Runner;

/// <summary>A program that is measured.</summary>
/// <param name="Key">As <c>--servers</c> names it.</param>
/// <param name="Name">For people.</param>
/// <param name="Keeps">What it has on disk when it answers.</param>
/// <param name="Project">Under <c>bench</c>; empty for the product.</param>
/// <param name="Shape">The tables of the programs that are not the product.</param>
/// <param name="OnOrleans">The product as a silo of an Orleans cluster; otherwise on the engine of one process.</param>
internal sealed record Contender(string Key, string Name, string Keeps, string Project, string Shape, Store Store, bool OnOrleans = false)
{
    private const string BareTables = "events by id, an hourly counter";
    private const string ProductTables = "the product's rows of an observed event: events with both indexes, hour, name and month";

    public static Contender Floor { get; } = new("floor", "floor", "nothing", "Floor", "", Store.None);

    public static Contender Silo(string key) => new(key, key.Replace('-', ' '), "everything", "", "", Store.Postgres, OnOrleans: true);

    public static IReadOnlyList<Contender> All { get; } =
    [
        Floor,
        new("handwritten-postgres", "hand-written, PostgreSQL", BareTables, "Handwritten", "bare", Store.Postgres),
        new("bare-postgres", "bare group commit, PostgreSQL", BareTables, "GroupCommit", "bare", Store.Postgres),
        new("groupcommit-postgres", "group commit, same tables, PostgreSQL", ProductTables, "GroupCommit", "product", Store.Postgres),
        new("product-postgres", "Conclude, PostgreSQL", "everything", "", "", Store.Postgres),
        new("handwritten-sqlite", "hand-written, SQLite", BareTables, "Handwritten", "bare", Store.Sqlite),
        new("bare-sqlite", "bare group commit, SQLite", BareTables, "GroupCommit", "bare", Store.Sqlite),
        new("groupcommit-sqlite", "group commit, same tables, SQLite", ProductTables, "GroupCommit", "product", Store.Sqlite),
        new("product-sqlite", "Conclude, SQLite", "everything", "", "", Store.Sqlite),
    ];

    /// <summary>What a cluster is measured beside.</summary>
    public static Contender LocalEngine { get; } = All.First(static c => c.Key == "product-postgres");

    public bool IsProduct => Project.Length == 0;
}
