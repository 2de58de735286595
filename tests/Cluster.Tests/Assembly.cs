using Conclude.Testing;

// Stopped with the last test.
[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(ChromiumFixture))]
