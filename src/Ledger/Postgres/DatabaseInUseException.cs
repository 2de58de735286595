namespace Conclude.Ledger.Postgres;

/// <summary>Another process (or another ledger of this one) works on the database.</summary>
public sealed class DatabaseInUseException(string database)
    : StoreInUseException($"The database {database} is in use by another Conclude process. Stop that process, or name another database in ConnectionStrings__Conclude.", inner: null);
