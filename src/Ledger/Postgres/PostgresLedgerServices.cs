namespace Conclude.Ledger.Postgres;

public static class PostgresLedgerServices
{
    /// <summary>
    /// Registers <see cref="ILedger"/> on a PostgreSQL database. It opens when the host starts; every registered
    /// <see cref="ICommitListener"/> hears its commits.
    /// </summary>
    public static IServiceCollection AddPostgresLedger(this IServiceCollection services, string connectionString, Action<PostgresLedgerOptions>? configure = null)
    {
        PostgresLedgerOptions options = new() { ConnectionString = connectionString };
        configure?.Invoke(options);
        return services.AddStoreLedger(s => new PostgresLedger(
            options, s.GetServices<ICommitListener>, s.GetRequiredService<TimeProvider>(), s.GetService<ILogger<PostgresLedger>>()));
    }
}
