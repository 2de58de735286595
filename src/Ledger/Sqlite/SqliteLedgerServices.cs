namespace Conclude.Ledger.Sqlite;

public static class SqliteLedgerServices
{
    /// <summary>
    /// Registers <see cref="ILedger"/> on a SQLite file. It opens when the host starts; every registered <see cref="ICommitListener"/>
    /// hears its commits.
    /// </summary>
    public static IServiceCollection AddSqliteLedger(this IServiceCollection services, string dataDirectory, Action<SqliteLedgerOptions>? configure = null)
    {
        SqliteLedgerOptions options = new() { DataDirectory = dataDirectory };
        configure?.Invoke(options);
        return services.AddStoreLedger(s => new SqliteLedger(
            options, s.GetServices<ICommitListener>, s.GetRequiredService<TimeProvider>(), s.GetService<ILogger<SqliteLedger>>()));
    }
}
