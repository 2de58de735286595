using Conclude.Testing;

// Stopped with the last test.
[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(ChromiumFixture))]
// Each test reports times and starts several hosts: another one's load beside it would be in them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
