using Conclude.Testing;

// The server, when one was needed, is stopped with the last test.
[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(ChromiumFixture))]

// Pages wait for most of their time; those that promise times stand apart (Timed).
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
