namespace Conclude.Bench.Service;

/// <summary>What a program is started with: <c>--store sqlite|postgres --shape bare|product --data PATH --database STRING</c>.</summary>
public interface IServiceSettings
{
    /// <summary>SQLite's file or Npgsql's string; whichever the store is.</summary>
    bool IsSqlite { get; }

    /// <summary>Npgsql's connection string.</summary>
    string Database { get; }

    /// <summary>SQLite's file.</summary>
    string Data { get; }

    Shape Shape { get; }

    /// <summary>Connections of the one that takes several.</summary>
    int Connections { get; }
}
