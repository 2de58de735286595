namespace Conclude.Bench.Runner;

internal enum Store
{
    None,
    Sqlite,
    Postgres,
}
