using Conclude.Testing;

// The server, when one was needed, is stopped with the last test.
[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(ChromiumFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
