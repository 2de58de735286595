namespace Conclude.Testing;

/// <summary>On which store the product is tested: SQLite, or PostgreSQL where <c>CONCLUDE_TEST_STORE</c> is <c>postgres</c>.</summary>
internal static class TestStore
{
    /// <summary>A connection string to a fresh database; null where tests run on SQLite.</summary>
    public static string? NewDatabase() => Environment.GetEnvironmentVariable("CONCLUDE_TEST_STORE") == "postgres" ? PostgresServer.Get().NewDatabase() : null;

    /// <summary>Settings of a host process on a fresh store.</summary>
    public static (string Name, string Value)[] Settings(params (string Name, string Value)[] others) =>
        NewDatabase() is { } database ? [("ConnectionStrings__Conclude", database), .. others] : others;
}
