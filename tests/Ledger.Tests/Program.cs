using Conclude.Ledger.Tests;
using Xunit.Runner.InProc.SystemConsole;

// The test runner, unless a test starts this program again to have a second process.
return args is [OtherProcess.Argument, ..] ? await OtherProcess.Run(args) : await ConsoleRunner.Run(args);
