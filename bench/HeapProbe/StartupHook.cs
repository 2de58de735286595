using System.Globalization;
using System.Runtime.InteropServices;

#pragma warning disable MA0047 // The runtime looks for a type of this name outside any namespace.

/// <summary>
/// Loaded into the product by <c>DOTNET_STARTUP_HOOKS</c> where memory is measured: on SIGUSR1 it collects all that can be
/// collected and writes what is left, in bytes, to the file that <c>CONCLUDE_BENCH_HEAP</c> names.
/// </summary>
internal static class StartupHook
{
    private const PosixSignal User1 = (PosixSignal)10;
    private static PosixSignalRegistration? s_registration;

    public static void Initialize() => s_registration = PosixSignalRegistration.Create(User1, static signal =>
    {
        signal.Cancel = true;
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        var file = Environment.GetEnvironmentVariable("CONCLUDE_BENCH_HEAP")!;
        File.WriteAllText(file + ".new", GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
        File.Move(file + ".new", file, overwrite: true);
    });
}
