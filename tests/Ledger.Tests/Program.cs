using Conclude.Ledger.Tests;
using Conclude.Testing;
using Xunit.Runner.InProc.SystemConsole;

[assembly: AssemblyFixture(typeof(PostgresServer))]

// The test runner, unless a test starts this program again to have a second process.
return args is [OtherProcess.Argument, ..] ? await OtherProcess.Run(args) : await ConsoleRunner.Run(args);
