using Conclude.Testing;

// Stopped with the last test.
[assembly: AssemblyFixture(typeof(PostgresServer))]
// Each test reports times: another one's load beside it would be in them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
